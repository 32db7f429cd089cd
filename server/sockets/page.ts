import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import * as z from 'zod/mini';
import { $ZodError } from 'zod/v4/core';
import { limits } from '@/lib/protocol/limits';
import {
  type Answer,
  type ClientEvents,
  commandSchema,
  holdSchema,
  type Joined,
  joinSchema,
  lookSchema,
  personSchema,
  placeSchema,
  type Refusal,
  sampleSchema,
  watchSchema,
} from '@/lib/protocol/messages';
import { complaint, complaintIn } from '@/lib/text/sentenceSchema';
import type { Ingress } from '@/server/http/ingress';
import type { Connection } from '@/server/rooms/connection';
import { Refused } from '@/server/rooms/refused';
import { checkVersion, type Rooms } from '@/server/rooms/rooms';
import type { Deed, Seat } from '@/server/rooms/seat';
import { FrameStream } from './stream';

/** Bytes of one message from a client; the connection of a longer one is closed. */
const messageBytes = 256 * 1024;
/** Milliseconds for the answer to a ping; then the connection counts as lost. */
const pongMs = 10_000;

type Log = (line: string) => void;
type PageSocket = Socket<ClientEvents, DefaultEventsMap>;

const updateSchema = z.custom<Uint8Array>(
  (update) => update instanceof Uint8Array,
  complaint('An update is binary'),
);
const versionSchema = z.pick(joinSchema, { version: true });
const nameSchema = personSchema.shape.name;

function refusalOf(error: unknown, log: Log): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof $ZodError)
    return { code: 'malformed', sentence: complaintIn(error) ?? 'Malformed message' };
  log(`A message failed: ${error instanceof Error ? error.stack : String(error)}`);
  return { code: 'internal', sentence: 'The server could not do this. Try again' };
}

type Asked = Exclude<keyof ClientEvents, 'join'> & Deed;

interface PageEvent {
  readonly schema: z.ZodMiniType;
  act(seat: Seat, value: unknown): unknown;
  /** What the answer carries besides `ok`. */
  tell(result: unknown): object;
}

/** An event with its schema and its deed. */
const event = <T, R>(
  schema: z.ZodMiniType<T>,
  act: (seat: Seat, value: T) => R,
  tell: (result: Awaited<R>) => object = () => ({}),
) => ({ schema, act, tell }) as PageEvent;

/** What a page may send once it has joined, each answered by the deed of its name. */
export const pageEvents: Readonly<Record<Asked, PageEvent>> = {
  update: event(updateSchema, (seat, update) => seat.update(update)),
  rename: event(nameSchema, (seat, name) => seat.rename(name)),
  command: event(commandSchema, (seat, { command, ...about }) => seat.command(command, about)),
  sample: event(
    sampleSchema,
    (seat, { request, sampler }) => seat.sample(request, sampler),
    (sampled) => ({ sampled }),
  ),
  place: event(z.nullable(placeSchema), (seat, place) => seat.place(place)),
  hold: event(holdSchema, (seat, hold) => seat.hold(hold)),
  release: event(z.null(), (seat) => seat.release()),
  look: event(lookSchema, (seat, at) => seat.look(at)),
  clock: event(
    z.null(),
    (seat) => seat.clock(),
    (now) => ({ now }),
  ),
  watch: event(watchSchema, (seat, topics) => seat.watch(topics)),
};

/** One page's connection: parses, calls the room, answers. */
class Page {
  private seat: Seat | null = null;
  private isJoining = false;

  constructor(
    private readonly socket: PageSocket,
    private readonly rooms: Rooms,
    private readonly log: Log,
    /** Socket ids of all connections. */
    private readonly ids: WeakMap<Connection, string>,
  ) {
    socket.on('join', (join: unknown, answer: unknown) => void this.join(join, answer));
    for (const [name, { schema, act, tell }] of Object.entries(pageEvents))
      socket.on(name as Asked, (payload: unknown, answer: unknown) =>
        this.perform(answer, async (seat) => tell(await act(seat, schema.parse(payload)))),
      );
    socket.on('disconnect', () => this.leave());
    // A client may send an event of this name, too, with anything in it.
    socket.on('error', () => undefined);
  }

  /** Answers an event that needs a seat. Never throws. */
  private perform(answer: unknown, act: (seat: Seat) => Promise<object>): void {
    const perform = async () => {
      if (!this.seat) throw new Refused('not-joined', 'Join a playground first');
      return act(this.seat);
    };
    perform().then(
      (told) => this.answer(answer, { ok: true, ...told }),
      (error) => this.answer(answer, { ok: false, ...refusalOf(error, this.log) }),
    );
  }

  private answer(answer: unknown, message: Answer | Answer<{ joined: Joined }>): void {
    if (typeof answer === 'function') answer(message);
  }

  private async join(payload: unknown, answer: unknown): Promise<void> {
    try {
      if (this.isJoining || this.seat) throw new Refused('malformed', 'A connection joins once');
      checkVersion(versionSchema.parse(payload).version);
      const request = joinSchema.parse(payload);
      this.isJoining = true;
      await this.rooms.join(request, this.connection(answer));
    } catch (error) {
      this.answer(answer, { ok: false, ...refusalOf(error, this.log) });
    } finally {
      this.isJoining = false;
    }
  }

  private connection(answer: unknown): Connection {
    const { socket } = this;
    const stream = new FrameStream({
      send: (bytes, taken) => socket.emit('frame', bytes, taken),
      evict: (sentence) => this.end({ code: 'too-slow', sentence }),
      history: () => this.seat?.history() ?? null,
    });
    const connection: Connection = {
      welcome: (joined, seat) => {
        // The page may have gone while its playground was loaded.
        if (!socket.connected) return seat.leave();
        this.seat = seat;
        socket.once('disconnect', () => stream.close());
        this.answer(answer, { ok: true, joined });
      },
      send: ({ event, data }, others = []) => {
        const to = others.flatMap((other) => this.ids.get(other) ?? []);
        socket.nsp.to([socket.id, ...to]).emit(event, data);
      },
      frame: (frame) => stream.push(frame),
      close: (refusal) => this.end(refusal),
    };
    this.ids.set(connection, socket.id);
    return connection;
  }

  private end(refusal: Refusal | null): void {
    if (refusal) this.socket.emit('closed', refusal);
    this.socket.disconnect(true);
  }

  private leave(): void {
    this.seat?.leave();
    this.seat = null;
  }
}

/** Serves rooms to pages over WebSockets of `server`. */
export function attachSockets(
  server: HttpServer,
  rooms: Rooms,
  ingress: Ingress,
  log: Log,
): { close(): Promise<void> } {
  /** Next's, in development: nobody else ends them. */
  const others = new Set<Duplex>();
  server.prependListener('upgrade', (request, socket) => {
    request.url = ingress.inside(request.url ?? '/');
    if (request.url.startsWith('/socket.io/')) return;
    others.add(socket);
    socket.once('close', () => others.delete(socket));
  });
  const io = new Server<ClientEvents, DefaultEventsMap>(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: messageBytes,
    pingInterval: limits.pingMs,
    pingTimeout: pongMs,
    allowRequest: (request, decide) => decide(null, ingress.isOwnOrigin(request)),
  });
  const ids = new WeakMap<Connection, string>();
  io.on('connection', (socket) => new Page(socket, rooms, log, ids));
  const close = async () => {
    const closed = io.close();
    // A slow download must not hold up the rest of a shutdown.
    server.closeAllConnections();
    for (const socket of others) socket.destroy();
    await closed;
  };
  return { close };
}
