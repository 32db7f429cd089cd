import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import type { Recipe } from '@/lib/catalog/models';
import { type OwnTextId, ownIdOf } from '@/lib/catalog/ownData';
import { encodeFrame, floatPayload } from '@/lib/protocol/frames';
import type { GeneratorInfo } from '@/lib/protocol/generator';
import type { Join, Joined, PeerPresence, Refusal } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { picturedParts, watchedTopics } from '@/lib/protocol/topics';
import { PROTOCOL_VERSION } from '@/lib/protocol/version';
import type { Network, RunSpec, RunStatus } from '@/lib/runs/status';
import { own } from '@/lib/text/sentence';
import {
  type Checkpoint,
  type GeneratorFile,
  type Generators,
  type OutFrame,
  type Projecting,
  type ReadUpload,
  type Received,
  type RunListener,
  type Runs,
  SampleRefused,
  type StartOptions,
  type UploadReaders,
  UploadRefused,
} from '@/server/processes/runs/runs';
import type { Broadcast, Connection } from '@/server/rooms/connection';
import { Rooms, type RoomsOptions } from '@/server/rooms/rooms';
import type { Seat } from '@/server/rooms/seat';
import { openSqlite } from '@/server/storage/sqlite';
import { blobOf, type Storage } from '@/server/storage/storage';

/** A `Runs` whose processes are the test itself: it sees every call and says what the listener hears. */
export class FakeRuns implements Runs {
  readonly ready = Promise.resolve();
  readonly calls: string[] = [];
  readonly speed = { flopsPerSecond: 1e11, bytesPerSecond: 1e10 };
  readonly expected: Recipe[] = [];
  readonly started: { spec: RunSpec; listener: RunListener; options: StartOptions }[] = [];
  private readonly held = new Set<string>();

  start(spec: RunSpec, listener: RunListener, options: StartOptions): void {
    this.calls.push(`start ${options.begin}`);
    this.started.push({ spec, listener, options });
    this.held.add(spec.id);
    listener.status({ state: 'starting', progress: { label: 'Starting' } });
  }
  expect(recipe: Recipe): void {
    this.expected.push(recipe);
  }
  has = (run: string): boolean => this.held.has(run);
  pause = (): void => void this.calls.push('pause');
  resume = (): void => void this.calls.push('resume');
  step = (_: string, network?: Network): void => void this.calls.push(network ? `step ${network}` : 'step');
  /** What the process does when it is told to stop. */
  onStop: () => void = () => {};
  stop(): void {
    this.calls.push('stop');
    this.onStop();
  }
  discard(run: string): void {
    this.calls.push('discard');
    this.held.delete(run);
  }
  setLive(_: string, values: Readonly<Record<string, number>>): void {
    this.calls.push(`live ${JSON.stringify(values)}`);
  }
  project(_: RunSpec, from: Checkpoint | null, { settings }: Projecting): void {
    this.calls.push(`project ${settings.method} of ${from ? `step ${from.step}` : 'the process'}`);
  }
  /** Answers to samples in place of the fake's own. */
  answer: ((request: SampleRequest) => Promise<SampleResult>) | null = null;
  /** Answers with the prompt itself, or refuses whatever isn't text. */
  async sample(_: RunSpec, from: Checkpoint | null, request: SampleRequest): Promise<SampleResult> {
    this.calls.push(`sample ${request.kind} of ${from ? `step ${from.step}` : 'the process'}`);
    if (this.answer) return this.answer(request);
    if (request.kind !== 'text') throw new SampleRefused(own('It writes text only'));
    const nothing = new Uint8Array();
    const passage = { text: request.prompt, probabilities: nothing, best: '', bestProbabilities: nothing };
    return { kind: 'text', step: from?.step ?? 0, ...passage, unknown: '', ended: 'length' };
  }
  /** A file that says what was asked for. */
  async export(_: RunSpec, from: Checkpoint | null, name: string): Promise<Uint8Array> {
    this.calls.push(`export ${name} of ${from ? `step ${from.step}` : 'the process'}`);
    if (!name.includes('.')) throw new SampleRefused(own(`There is no ${name}`));
    return new TextEncoder().encode(`file ${name}`);
  }
  async close(): Promise<void> {
    this.held.clear();
  }

  /** The run that was started last. */
  get latest() {
    const latest = this.started.at(-1);
    if (!latest) throw new Error('No run has been started');
    return latest;
  }

  status(status: RunStatus): void {
    if (!['queued', 'starting', 'training', 'paused'].includes(status.state))
      this.held.delete(this.latest.spec.id);
    this.latest.listener.status(status);
  }

  /** Reports steps whose loss is the step and whose accuracy is 0.5. */
  train(firstStep: number, count: number): OutFrame {
    const loss = Float32Array.from({ length: count }, (_, i) => firstStep + i);
    const values = [loss, new Float32Array(count).fill(0.5)];
    const pace = { stepsPerEpoch: 10, totalSteps: 200, stepsPerSecond: 1, executor: 'fake' };
    const header = { kind: 'metrics', run: this.latest.spec.id, firstStep, count, pace } as const;
    const frame: OutFrame = { kind: 'metrics', bytes: encodeFrame(header, floatPayload(...values)) };
    this.latest.listener.metrics({ firstStep, values, validation: null, pace }, frame);
    return frame;
  }

  /** Reports a measurement of the samples' diversity. */
  diversity(step: number, spread: number): void {
    const header = { kind: 'diversity', run: this.latest.spec.id, step, spread, coverage: null } as const;
    this.latest.listener.frame({ kind: 'diversity', step, bytes: encodeFrame(header, new Uint8Array()) });
  }

  checkpoint(step: number, bytes: Uint8Array = Uint8Array.of(step)): void {
    this.latest.listener.checkpoint({ step, bytes });
  }
}

/** What the fake takes for a generator. */
export const generatorFile = (name: string) => new TextEncoder().encode(`generator ${name}`);

/** `Generators` that takes what `generatorFile` makes, and draws one black image of whatever it is asked for. */
export class FakeGenerators implements Generators {
  readonly calls: string[] = [];
  /** What the next file that is tried asks for besides latents. */
  fields: GeneratorInfo['fields'] = [];
  /** The values of the fields of each question. */
  readonly told: (readonly number[])[] = [];

  async check({ reading }: GeneratorFile, model: Uint8Array): Promise<GeneratorInfo> {
    const text = new TextDecoder().decode(model);
    this.calls.push(`check ${text}`);
    if (!text.startsWith('generator')) throw new SampleRefused(own('This is no generator'));
    const { latentSize = 4, form = 0 } = reading;
    const isKnown = form === 0 && latentSize <= 8;
    if (!isKnown) throw new SampleRefused(own('It can not be read like that'));
    const pixels = { height: 8, width: 8, channels: 1, low: 0, high: 1 };
    return { latentSize, isOpen: true, ...pixels, forms: [], form, fields: this.fields, layers: 0 };
  }
  async sample(
    _: GeneratorFile,
    load: () => Promise<Uint8Array>,
    request: SampleRequest,
  ): Promise<SampleResult> {
    if (request.kind !== 'images') throw new SampleRefused(own('It draws images only'));
    this.calls.push(`sample of ${new TextDecoder().decode(await load())}`);
    this.told.push(request.fields ?? []);
    const size = { count: 1, height: 8, width: 8, channels: 1 };
    return { kind: 'images', step: 0, ...size, pixels: new Uint8Array(64) };
  }
  async close(): Promise<void> {}
}

/** What the fake reads of an upload: a text whose characters are those of its body. */
const readable = (name: string, body: string): ReadUpload => {
  const content = new TextEncoder().encode(body);
  const { hash } = blobOf(content);
  const distinct = new Set(body).size;
  const id = ownIdOf({ kind: 'text', vocabulary: { lower: distinct, 'as-is': distinct } }, hash) as OwnTextId;
  const counts = { size: content.length, characters: body.length, lines: 1 };
  const data = { kind: 'text', id, name, preview: hash, ...counts } as const;
  return { data, content, preview: content, choices: null };
};

/** `UploadReaders` that takes every body but one that says "bad". */
export class FakeReaders implements UploadReaders {
  async receive({ name, body }: Parameters<UploadReaders['receive']>[0]): Promise<Received> {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    const text = Buffer.concat(parts).toString();
    let kept = readable(name, text);
    return {
      read: async (_form, signal, progress) => {
        if (text === 'bad') throw new UploadRefused('malformed', own(`${name} is bad`));
        signal.throwIfAborted();
        progress(1, 1);
        return readable(name, text);
      },
      keep: async (read) => {
        kept = read;
      },
      kept: async () => kept,
      discard: async () => {},
    };
  }
  async close(): Promise<void> {}
}

type Data<E extends Broadcast['event']> = Extract<Broadcast, { event: E }>['data'];

/** One page in a room, without a socket between them. */
export class TestPage implements Connection {
  readonly doc = new Y.Doc();
  readonly messages: Broadcast[] = [];
  readonly frames: OutFrame[] = [];
  closed: Refusal | null | undefined;
  private state: { joined: Joined; seat: Seat } | null = null;

  /** @throws Refused */
  static async join(rooms: Rooms, playground: string, request: Partial<Join> = {}): Promise<TestPage> {
    const page = new TestPage();
    const stateVector = new Uint8Array([0]);
    const about = { version: PROTOCOL_VERSION, playground, name: 'Ada', session: null };
    const join = { ...about, stateVector, watch: watchedTopics };
    await rooms.join({ ...join, ...request }, page);
    return page;
  }

  welcome(joined: Joined, seat: Seat): void {
    this.state = { joined, seat };
    this.doc.clientID = joined.you.client;
    Y.applyUpdate(this.doc, joined.update);
    this.doc.clientID = joined.you.client;
  }
  send(message: Broadcast, others: readonly Connection[] = []): void {
    this.messages.push(message);
    if (message.event === 'update') Y.applyUpdate(this.doc, message.data);
    for (const other of others) other.send(message);
  }
  frame(frame: OutFrame): void {
    this.frames.push(frame);
  }
  close(refusal: Refusal | null): void {
    this.closed = refusal;
  }

  get joined(): Joined {
    if (!this.state) throw new Error('This page was not welcomed');
    return this.state.joined;
  }
  get seat(): Seat {
    if (!this.state) throw new Error('This page was not welcomed');
    return this.state.seat;
  }

  /** Looks at all that is explored of a sampler, or at nothing. */
  look(sampler: 'run' | 'generator' | null): void {
    this.seat.look(sampler && { sampler, parts: [...picturedParts] });
  }

  /** What was sent with `event`, oldest first. */
  got<E extends Broadcast['event']>(event: E): Data<E>[] {
    return this.messages.filter((each) => each.event === event).map((each) => each.data as Data<E>);
  }

  /** Where somebody is and what they hold, as this page has heard. */
  presenceOf(page: TestPage): Required<Omit<PeerPresence, 'client'>> {
    const { client } = page.joined.you;
    const news = [...this.joined.presence, ...this.got('presence').flat()];
    const theirs = news.filter((each) => each.client === client);
    return Object.assign({ place: null, hold: null }, ...theirs);
  }

  /** Changes the document and hands the change to the room. @throws Refused */
  async edit(change: (doc: Y.Doc) => void): Promise<Uint8Array> {
    const before = Y.encodeStateVector(this.doc);
    this.doc.transact(() => change(this.doc));
    const update = Y.encodeStateAsUpdate(this.doc, before);
    await this.seat.update(update);
    return update;
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.edit((doc) => (doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).set(key, value));
  }

  read(key: string): unknown {
    return (this.doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>).get(key);
  }
}

export interface TestRooms {
  readonly folder: string;
  readonly runs: FakeRuns;
  readonly generators: FakeGenerators;
  readonly storage: Storage;
  readonly rooms: Rooms;
  /** What the operator was told. */
  readonly said: string[];
  /** Everything again from the same folder, as after a crash or a restart. */
  restart(): Promise<TestRooms>;
  close(): Promise<void>;
}

interface TestRoomsOptions
  extends Partial<Pick<RoomsOptions, 'idleMs' | 'now' | 'costLimits' | 'lastCheckpointMs'>> {
  readonly folder?: string;
  /** Puts something between rooms and storage. */
  readonly wrap?: (storage: Storage) => Storage;
}

const unlimited = { memoryBytes: Infinity, flopsPerStep: Infinity };

/** Rooms over a real SQLite folder and fake runs. */
export async function openRooms(options: TestRoomsOptions = {}): Promise<TestRooms> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'colatent-rooms-')));
  const storage = await openSqlite(folder);
  const runs = new FakeRuns();
  const said: string[] = [];
  const { idleMs, now, lastCheckpointMs, costLimits = unlimited, wrap = (inner: Storage) => inner } = options;
  const log = (line: string): void => void said.push(line);
  const generators = new FakeGenerators();
  const services = { storage: wrap(storage), runs, generators, readers: new FakeReaders(), costLimits };
  const rooms = await Rooms.open({ ...services, log, idleMs, now, lastCheckpointMs });
  const end = async () => {
    await runs.close();
    await rooms.close();
    await storage.close();
  };
  const restart = async () => {
    await end();
    return openRooms({ ...options, folder });
  };
  const close = async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, runs, generators, storage, rooms, said, restart, close };
}
