import { io, type Socket } from 'socket.io-client';
import * as Y from 'yjs';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import type {
  Answer,
  ClientEvents,
  Joined,
  LogEntry,
  PeerPresence,
  Place,
  RunView,
  ServerEvents,
} from '@/lib/protocol/messages';
import { type PicturedPart, picturedParts, watchedTopics } from '@/lib/protocol/topics';
import { PROTOCOL_VERSION } from '@/lib/protocol/version';
import type { Command, RunState } from '@/lib/runs/status';
import { inEnglish } from '@/lib/text/sentence';
import { until } from './until';

export interface Frame {
  readonly header: FrameHeader;
  readonly payload: ArrayBuffer;
}

/** One person in a playground without a browser: joins, edits, presses buttons and takes every frame. */
export class RoomClient {
  readonly doc = new Y.Doc();
  readonly log: LogEntry[] = [];
  run: RunView | null = null;
  private readonly listeners = new Set<(frame: Frame) => void>();
  private readonly watchers = new Set<(peers: PeerPresence[]) => void>();

  private constructor(
    private readonly socket: Socket<ServerEvents, ClientEvents>,
    /** What the server answered to `join`. */
    readonly joined: Joined,
  ) {
    this.doc.clientID = joined.you.client;
    Y.applyUpdate(this.doc, new Uint8Array(joined.update));
    this.run = joined.run;
    this.log.push(...joined.log);
  }

  /** Connects and joins. @throws Error with the refusal's message. */
  static async join(url: string, playground: string, name: string): Promise<RoomClient> {
    const socket: Socket<ServerEvents, ClientEvents> = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: url },
    });
    const early: (() => void)[] = [];
    let client: RoomClient | null = null;
    /** Frames may overtake the answer to `join`; they wait for the client to exist. */
    const later = (action: (client: RoomClient) => void) => {
      if (client) return action(client);
      early.push(() => client && action(client));
    };
    socket.on('update', (update) => later((c) => Y.applyUpdate(c.doc, new Uint8Array(update))));
    socket.on('presence', (peers) =>
      later((c) => {
        for (const watch of c.watchers) watch(peers);
      }),
    );
    socket.on('run', (run) => later((c) => c.setRun(run)));
    socket.on('log', (entry) => later((c) => c.addLog(entry)));
    socket.on('frame', (bytes, taken) => {
      later((c) => c.accept(new Uint8Array(bytes)));
      taken();
    });
    const join = {
      version: PROTOCOL_VERSION,
      playground,
      name,
      session: null,
      stateVector: new Uint8Array([0]),
      watch: watchedTopics,
    };
    const answer = await new Promise<Answer<{ joined: Joined }>>((resolve, reject) => {
      socket.once('connect_error', reject);
      socket.once('connect', () => socket.emit('join', join, resolve));
    });
    if (!answer.ok) {
      socket.disconnect();
      throw new Error(`${answer.code}: ${inEnglish(answer.sentence)}`);
    }
    client = new RoomClient(socket, answer.joined);
    for (const action of early) action();
    return client;
  }

  get state(): RunState | null {
    return this.run?.status.state ?? null;
  }

  onFrame(listener: (frame: Frame) => void): void {
    this.listeners.add(listener);
  }

  /** The first frame from now on for which `test` holds. */
  async frame(what: string, test: (frame: Frame) => boolean): Promise<Frame> {
    let found: Frame | null = null;
    const listener = (frame: Frame) => {
      if (!found && test(frame)) found = frame;
    };
    this.listeners.add(listener);
    await until(what, () => found !== null);
    this.listeners.delete(listener);
    if (!found) throw new Error(`No frame: ${what}`);
    return found;
  }

  /** Changes the document and waits until the server has stored the change. @throws Error if refused. */
  async edit(change: (doc: Y.Doc) => void): Promise<void> {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array) => updates.push(update);
    this.doc.on('update', collect);
    change(this.doc);
    this.doc.off('update', collect);
    if (updates.length > 0)
      await this.ask((answer) => this.socket.emit('update', Y.mergeUpdates(updates), answer));
  }

  onPresence(watch: (peers: PeerPresence[]) => void): void {
    this.watchers.add(watch);
  }

  /** Drops messages of one event before they are read. */
  ignore(event: keyof ServerEvents): void {
    const decoder: { add(packet: unknown): void } = Reflect.get(this.socket.io, 'decoder');
    const add = decoder.add.bind(decoder);
    decoder.add = (packet) => {
      if (typeof packet !== 'string' || !packet.startsWith(`2["${event}"`)) add(packet);
    };
  }

  place(place: Place | null): void {
    this.socket.emit('place', place);
  }

  /** Takes a control, or keeps it, and moves it. @throws Error if refused. */
  async hold(control: string, value?: number): Promise<void> {
    await this.ask((answer) => this.socket.emit('hold', { control, value }, answer));
  }

  async release(): Promise<void> {
    await this.ask((answer) => this.socket.emit('release', null, answer));
  }

  /** What its page would show of what the room explores. */
  look(sampler: 'run' | 'generator' | null, parts: readonly PicturedPart[] = picturedParts): void {
    this.socket.emit('look', sampler && { sampler, parts: [...parts] });
  }

  /** Presses a button. @throws Error if refused. */
  async command(command: Command): Promise<void> {
    await this.ask((answer) => this.socket.emit('command', { command }, answer));
  }

  async untilState(...states: RunState[]): Promise<void> {
    await until(`run ${states.join(' or ')} (it is ${JSON.stringify(this.run?.status)})`, () =>
      states.some((state) => state === this.state),
    );
  }

  close(): void {
    this.socket.disconnect();
    this.doc.destroy();
  }

  private async ask(emit: (answer: (answer: Answer) => void) => void): Promise<void> {
    const answer = await new Promise<Answer>(emit);
    if (!answer.ok) throw new Error(`${answer.code}: ${inEnglish(answer.sentence)}`);
  }

  private setRun(run: RunView | null): void {
    this.run = run;
  }

  private addLog(entry: LogEntry): void {
    const known = this.log.findIndex(({ id }) => id === entry.id);
    if (known < 0) this.log.push(entry);
    else this.log[known] = entry;
  }

  private accept(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    for (const listener of this.listeners) listener(frame);
  }
}
