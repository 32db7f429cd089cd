import { io, type Socket } from 'socket.io-client';
import { addressOf } from '@/lib/address';
import { limits } from '@/lib/protocol/limits';
import type {
  Answer,
  ClientEvents,
  Concerning,
  Hold,
  Join,
  Joined,
  Look,
  Place,
  Refusal,
  RefusalCode,
  ServerEvents,
} from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult, Sampler } from '@/lib/protocol/sampling';
import type { WatchedTopic } from '@/lib/protocol/topics';
import { PROTOCOL_VERSION } from '@/lib/protocol/version';
import type { Command } from '@/lib/runs/status';
import { Hearing } from './hearing';
import { Line } from './line';
import { createStore } from './store';

/** Milliseconds until a message without an answer counts as lost. */
const ANSWER_MS = 10_000;
/** The same for a sample: longer than the server waits for a process that has to start first. */
const SAMPLE_MS = 40_000;
/** Milliseconds between attempts when the server itself ended the connection. */
const RETRY_MS = 1000;
/** Failed first attempts after which a page asks over HTTP for the reason. */
const PATIENCE = 3;
/** Refusals that another attempt can't heal: the person has to act. */
const FINAL: readonly RefusalCode[] = ['version', 'not-found', 'room-full'];

export type ConnectionState =
  /** The first attempt of this page. */
  | { kind: 'connecting' }
  /** Joined: everything arrives. */
  | { kind: 'live' }
  /** Joined, but nothing has been heard for `limits.silentMs`, since `heardAt` (milliseconds since 1970). */
  | { kind: 'silent'; heardAt: number }
  /** Was live and will be again; edits are kept meanwhile. */
  | { kind: 'reconnecting'; heardAt: number }
  /**
   * Never was live, and why: the server takes it for another site's page, or lines that stay open don't come
   * through.
   */
  | { kind: 'unreachable'; reason: 'origin' | 'websocket' }
  /** Given up, until the person acts. */
  | { kind: 'refused'; refusal: Refusal };

type RoomSocket = Socket<ServerEvents, ClientEvents>;

/** Handlers of a connection's owner, called in the order of the messages. */
export interface ConnectionEvents {
  /** What to join with, at the moment of joining. */
  introduction(): Pick<Join, 'playground' | 'name' | 'visitor' | 'stateVector' | 'watch'>;
  /** @param sent when this page asked to join, as `performance.now()`. */
  joined(joined: Joined, sent: number): void;
  lost(): void;
  update(update: Uint8Array): void;
  people: ServerEvents['people'];
  presence: ServerEvents['presence'];
  log: ServerEvents['log'];
  run: ServerEvents['run'];
  generator: ServerEvents['generator'];
  ownData: ServerEvents['ownData'];
  frame(frame: Uint8Array): void;
}

/** One page's connection to the server: connects, joins, and does so again after every loss. */
export class Connection {
  readonly state = createStore<ConnectionState>({ kind: 'connecting' });
  private socket: RoomSocket | null = null;
  /** The signed session by which the server knows this page again; `null` until joined. */
  session: string | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly hearing = new Hearing(limits.silentMs);

  constructor(private readonly events: ConnectionEvents) {
    this.hearing.isSilent.subscribe(() => this.heed());
  }

  open(): void {
    const socket: RoomSocket = io({
      path: addressOf('/socket.io'),
      transports: [Line],
      forceNew: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 3000,
    });
    this.socket = socket;
    let failures = 0;
    socket.on('connect', () => {
      // Pings among them: the server is never quiet for long.
      socket.io.engine.on('packet', () => this.hearing.heard());
      this.hearing.start();
      this.join(socket);
    });
    socket.on('connect_error', () => {
      failures += 1;
      // What was live once can be reached; then the server is away.
      if (this.session === null && failures % PATIENCE === 0) void this.diagnose(socket);
    });
    socket.on('disconnect', (reason) => this.lose(socket, reason === 'io server disconnect'));
    socket.on('closed', (refusal) => this.refuse(socket, refusal));
    socket.on('update', (update) => this.events.update(new Uint8Array(update)));
    socket.on('people', (people) => this.events.people(people));
    socket.on('presence', (peers) => this.events.presence(peers));
    socket.on('log', (entry) => this.events.log(entry));
    socket.on('run', (run) => this.events.run(run));
    socket.on('generator', (generator) => this.events.generator(generator));
    socket.on('ownData', (data) => this.events.ownData(data));
    socket.on('frame', (frame, taken) => {
      this.events.frame(new Uint8Array(frame));
      taken();
    });
    addEventListener('offline', this.goOffline);
    addEventListener('online', this.retryNow);
    document.addEventListener('visibilitychange', this.retryNow);
  }

  close(): void {
    clearTimeout(this.retryTimer);
    this.hearing.stop();
    removeEventListener('offline', this.goOffline);
    removeEventListener('online', this.retryNow);
    document.removeEventListener('visibilitychange', this.retryNow);
    const { socket } = this;
    this.socket = null;
    socket?.removeAllListeners();
    socket?.disconnect();
  }

  /** Drops the connection and joins anew, as the same Yjs client. */
  restart(): void {
    const { socket } = this;
    if (!socket) return;
    this.state.set({ kind: 'reconnecting', heardAt: this.hearing.heardAt });
    socket.disconnect();
    socket.connect();
  }

  /** The browser says that there is no network: what is connected isn't any more, unless an attempt shows otherwise. */
  private readonly goOffline = (): void => {
    this.socket?.io.engine?.close();
  };

  /** Tries at once, without waiting for the next attempt: the network may be back. */
  private readonly retryNow = (): void => {
    if (this.state.get().kind === 'reconnecting' && document.visibilityState === 'visible') this.restart();
  };

  private heed(): void {
    const { kind } = this.state.get();
    const { heardAt, isSilent } = this.hearing;
    if (kind === 'live' && isSilent.get()) this.state.set({ kind: 'silent', heardAt });
    if (kind === 'silent' && !isSilent.get()) this.state.set({ kind: 'live' });
  }

  /** @returns `null` if the connection was lost before an answer came. */
  sendUpdate(update: Uint8Array): Promise<Answer | null> {
    return this.ask((socket) => socket.timeout(ANSWER_MS).emitWithAck('update', update));
  }

  sendCommand(command: Command, about: Concerning): Promise<Answer | null> {
    return this.ask((socket) => socket.timeout(ANSWER_MS).emitWithAck('command', { command, ...about }));
  }

  rename(name: string): Promise<Answer | null> {
    return this.ask((socket) => socket.timeout(ANSWER_MS).emitWithAck('rename', name));
  }

  /** A missing answer doesn't count as a lost connection, since samples may take long. */
  async sample(sampler: Sampler, request: SampleRequest): Promise<Answer<{ sampled: SampleResult }> | null> {
    const { socket } = this;
    if (!socket || !this.isLive()) return null;
    return socket
      .timeout(SAMPLE_MS)
      .emitWithAck('sample', { sampler, request })
      .catch(() => null);
  }

  sendPlace(place: Place | null): void {
    if (this.isLive()) this.socket?.emit('place', place);
  }

  hold(hold: Hold): Promise<Answer | null> {
    return this.ask((socket) => socket.timeout(ANSWER_MS).emitWithAck('hold', hold));
  }

  release(): Promise<Answer | null> {
    return this.ask((socket) => socket.timeout(ANSWER_MS).emitWithAck('release', null));
  }

  watch(topics: readonly WatchedTopic[]): void {
    if (this.isLive()) this.socket?.emit('watch', [...topics]);
  }

  look(at: Look | null): void {
    if (this.isLive()) this.socket?.emit('look', at);
  }

  /** What the server's clock says now; `null` without an answer. */
  async askClock(): Promise<number | null> {
    const { socket } = this;
    if (!socket || !this.isLive()) return null;
    const answer = await socket
      .timeout(ANSWER_MS)
      .emitWithAck('clock', null)
      .catch(() => null);
    return answer?.ok ? answer.now : null;
  }

  /** Asks over plain HTTP why the line can't be opened. No answer says no more than a server that is away. */
  private async diagnose(socket: RoomSocket): Promise<void> {
    const question = addressOf(`/api/origin?of=${encodeURIComponent(location.origin)}`);
    const answer = await fetch(question, { cache: 'no-store' }).catch(() => null);
    const { accepted }: { accepted?: boolean } = (await answer?.json().catch(() => null)) ?? {};
    if (accepted === undefined || this.socket !== socket || this.session !== null || socket.connected) return;
    this.state.set({ kind: 'unreachable', reason: accepted ? 'websocket' : 'origin' });
  }

  /** Whether messages may arrive: the server may only be slow. */
  private isLive(): boolean {
    const { kind } = this.state.get();
    return kind === 'live' || kind === 'silent';
  }

  private async ask(send: (socket: RoomSocket) => Promise<Answer>): Promise<Answer | null> {
    const { socket } = this;
    if (!socket || !this.isLive()) return null;
    try {
      return await send(socket);
    } catch {
      // A live connection that doesn't answer is a dead one: joining again settles what arrived.
      if (this.socket === socket && socket.connected) this.restart();
      return null;
    }
  }

  private join(socket: RoomSocket): void {
    const sent = performance.now();
    const join = { version: PROTOCOL_VERSION, session: this.session, ...this.events.introduction() };
    socket.timeout(ANSWER_MS).emit('join', join, (error, answer) => {
      if (this.socket !== socket || !socket.connected) return;
      if (error) this.restart();
      else if (answer.ok) this.enter(answer.joined, sent);
      else this.refuse(socket, answer);
    });
  }

  private enter(joined: Joined, sent: number): void {
    this.session = joined.session;
    this.state.set({ kind: 'live' });
    const { update, stateVector } = joined;
    const bytes = { update: new Uint8Array(update), stateVector: new Uint8Array(stateVector) };
    this.events.joined({ ...joined, ...bytes }, sent);
  }

  private lose(socket: RoomSocket, byServer: boolean): void {
    if (this.state.get().kind === 'refused') return;
    const { heardAt } = this.hearing;
    this.hearing.stop();
    this.state.set({ kind: 'reconnecting', heardAt });
    this.events.lost();
    if (byServer) this.retryTimer = setTimeout(() => socket.connect(), RETRY_MS);
  }

  private refuse(socket: RoomSocket, refusal: Refusal): void {
    if (FINAL.includes(refusal.code)) this.state.set({ kind: 'refused', refusal });
    socket.disconnect();
    if (!FINAL.includes(refusal.code)) this.retryTimer = setTimeout(() => socket.connect(), RETRY_MS);
  }
}
