import { availableParallelism } from 'node:os';
import type { Speed } from '@/lib/catalog/cost/speed';
import type { ModelId, Recipe } from '@/lib/catalog/models';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { isEnded, type Network, type RunSpec, type RunStatus } from '@/lib/runs/status';
import { type Sentence, say } from '@/lib/text/sentence';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { threadsFor } from '@/server/engine/threads';
import type { FromWorker, ToWorker } from '@/server/wire/messages';
import { type Entry, queued } from './entry';
import { Expectation } from './expectation';
import { Pool, probedBy, type WorkerProcess } from './pool';
import {
  type Checkpoint,
  ExecutorUnavailable,
  type Projecting,
  type RunListener,
  type Runs,
  SampleRefused,
  type StartOptions,
} from './runs';
import { Questions, Samplers, shownIn } from './samplers';

/** Milliseconds that a paused run keeps its process while nobody waits for one. */
const pausedKeepsMs = 10 * 60_000;

interface RunsOptions {
  /** Runs that may have a process at once. */
  readonly limit: number;
  /** The built worker, `dist/worker.js`. */
  readonly workerFile: string;
  /** `auto` finds out in the background which is the fastest here; until it knows, runs use `onnx-cpu`. */
  readonly executor: 'auto' | ExecutorId;
  /** A local folder or a mirror instead of the published data sets. */
  readonly datasets?: string;
  readonly dataDir: string;
  /** Threads of one run's engine; by default its share of the processor. */
  readonly threads?: number;
}

/** Gives runs to processes in the order in which they came. */
class Scheduler implements Runs {
  /** Insertion order is the order of the queue. */
  private readonly entries = new Map<string, Entry>();
  private readonly pool: Pool;
  /** All runs together keep the processor busy, and no more than that. */
  private readonly threads: number;
  private readonly samplers = new Samplers();
  speed: Speed | null = null;
  readonly ready: Promise<void>;
  private fastest: Partial<Record<ModelId, ExecutorId>> = {};
  private closing = false;
  private readonly expectation = new Expectation((recipe) => this.prepare(recipe));

  constructor(private readonly options: RunsOptions) {
    this.pool = new Pool(options.workerFile);
    this.threads = options.threads ?? Math.max(1, Math.floor(availableParallelism() / options.limit));
    const isForced = options.executor !== 'auto';
    const probed = this.probe(isForced ? [options.executor as ExecutorId] : executorIds);
    this.ready = isForced ? probed : Promise.resolve();
    // Whoever starts a server waits for `ready`; with `auto` there is always the CPU.
    probed.catch(() => undefined);
  }

  expect(recipe: Recipe): void {
    this.expectation.set(recipe);
  }

  start(spec: RunSpec, listener: RunListener, options: StartOptions): void {
    if (this.entries.has(spec.id)) throw new RangeError(`Run ${spec.id} has been started already`);
    this.samplers.release(spec.id);
    const entry = queued(spec, listener, options);
    this.entries.set(spec.id, entry);
    this.advance(entry);
  }

  has(run: string): boolean {
    return this.entries.has(run);
  }

  pause(run: string): void {
    this.tell(run, { kind: 'pause' });
  }

  resume(run: string): void {
    this.keep(run);
    this.tell(run, { kind: 'resume' });
  }

  step(run: string, network?: Network): void {
    this.keep(run);
    this.tell(run, { kind: 'step', network });
  }

  stop(run: string): void {
    const entry = this.entries.get(run);
    if (!entry) return;
    const { state } = entry.status;
    if (state === 'queued' || state === 'starting') {
      this.forget(entry);
      this.report(entry, { state: 'stopped', step: entry.keptStep });
      this.advance();
    } else this.tell(run, { kind: 'stop' });
  }

  discard(run: string): void {
    const entry = this.entries.get(run);
    if (entry) this.forget(entry);
    this.advance();
  }

  setLive(run: string, values: Readonly<Record<string, number>>): void {
    const entry = this.entries.get(run);
    if (!entry) return;
    entry.live = { ...entry.live, ...values };
    this.tell(run, { kind: 'live', values: { ...values } });
  }

  project(spec: RunSpec, from: Checkpoint | null, projecting: Projecting): void {
    const entry = this.entries.get(spec.id);
    if (entry) entry.projection = projecting.settings;
    else if (from) this.samplers.project(...this.served(spec, from), projecting);
    this.tell(spec.id, { kind: 'projection', settings: projecting.settings, shown: null });
  }

  async sample(spec: RunSpec, from: Checkpoint | null, request: SampleRequest): Promise<SampleResult> {
    return this.questions(spec, from).sample(request);
  }

  async export(spec: RunSpec, from: Checkpoint | null, name: string): Promise<Uint8Array> {
    return this.questions(spec, from).export(name);
  }

  /** The process to ask about a run's weights. @throws SampleRefused if there are none. */
  private questions(spec: RunSpec, from: Checkpoint | null): Questions {
    const entry = this.entries.get(spec.id);
    if (entry) {
      const { state } = entry.status;
      if (entry.questions && (state === 'training' || state === 'paused')) return entry.questions;
      throw new SampleRefused('The run has not begun yet: there is nothing to sample');
    }
    if (!from) throw new SampleRefused('This run kept no weights. Press Train to begin anew');
    return this.samplers.questions(...this.served(spec, from));
  }

  async close(): Promise<void> {
    this.closing = true;
    this.expectation.close();
    this.samplers.close();
    for (const entry of this.entries.values()) {
      if (entry.timer) clearTimeout(entry.timer);
      const { state } = entry.status;
      if (state === 'training' || state === 'paused') entry.worker?.send({ kind: 'park' });
      else this.forget(entry);
    }
    await this.pool.close();
    this.entries.clear();
  }

  /** Has the spare process compile a recipe; not while a run trains or queues, which needs the processor more. */
  private prepare(recipe: Recipe): void {
    const isIdle = [...this.entries.values()].every(({ status }) => status.state === 'paused');
    if (isIdle && !this.closing) this.pool.prepare({ kind: 'expect', recipe, ...this.placementFor(recipe) });
  }

  private tell(run: string, message: ToWorker): void {
    this.entries.get(run)?.worker?.send(message);
  }

  /** Ends the countdown of a paused run. */
  private keep(run: string): void {
    const entry = this.entries.get(run);
    if (entry?.timer) clearTimeout(entry.timer);
    if (entry) entry.timer = null;
  }

  /** Ends what a run holds; nothing more is heard of it. */
  private forget(entry: Entry): void {
    this.keep(entry.spec.id);
    this.entries.delete(entry.spec.id);
    entry.worker?.listen(null);
    entry.worker?.kill();
    entry.questions?.close('The run has ended. Try again');
    if (!this.closing) this.pool.warm();
  }

  /** Fills free places from the queue, and tells those who wait, and `news`, where they stand. */
  private advance(news?: Entry): void {
    if (this.closing) return;
    for (const entry of this.queue()) {
      if (!this.hasRoom() && !this.releasePaused()) break;
      this.launch(entry);
    }
    this.queue().forEach((entry, i) => {
      const { status } = entry;
      const place = i + 1;
      if (entry === news || status.state !== 'queued' || status.place !== place)
        this.report(entry, { state: 'queued', place });
    });
  }

  private queue(): Entry[] {
    return [...this.entries.values()].filter((entry) => !entry.worker);
  }

  private hasRoom(): boolean {
    return this.entries.size - this.queue().length < this.options.limit;
  }

  /** Takes the process of the run that has been paused for the longest. @returns false if none is paused. */
  private releasePaused(): boolean {
    const paused = [...this.entries.values()].find(({ worker, timer }) => worker !== null && timer !== null);
    if (paused) this.forget(paused);
    return paused !== undefined;
  }

  private launch(entry: Entry): void {
    const { spec, live, options, projection } = entry;
    const placement = this.placementFor(spec.recipe);
    const worker = this.pool.take(placement);
    entry.worker = worker;
    entry.questions = new Questions(worker);
    worker.listen({
      message: (message) => this.receive(entry, message),
      ended: (reason) => this.lost(entry, reason),
    });
    const from = options.from?.bytes ?? null;
    worker.send({
      kind: 'start',
      spec,
      ...placement,
      live: { ...live },
      projection,
      begin: options.begin,
      network: options.network,
      from,
    });
    this.report(entry, { state: 'starting', progress: { label: 'Starting' } });
  }

  private placementFor(recipe: Recipe) {
    const { datasets, dataDir } = this.options;
    const executor = this.executorFor(recipe.model);
    return { executor, threads: threadsFor(recipe, executor, this.threads), datasets, dataDir };
  }

  private executorFor(model: ModelId): ExecutorId {
    const { executor } = this.options;
    return executor === 'auto' ? (this.fastest[model] ?? 'onnx-cpu') : executor;
  }

  /** What serves a checkpoint: its key, and how it is launched. */
  private served(spec: RunSpec, from: Checkpoint): [key: string, launch: () => WorkerProcess] {
    const launch = () => {
      const worker = this.pool.launch();
      const placement = this.placementFor(spec.recipe);
      worker.send({ kind: 'start', spec, ...placement, live: {}, begin: 'serve', from: from.bytes });
      return worker;
    };
    return [`${spec.id} ${from.step}`, launch];
  }

  private receive(entry: Entry, message: FromWorker): void {
    const { listener } = entry;
    switch (message.kind) {
      case 'status':
        this.changed(entry, message.status);
        break;
      case 'assets':
        listener.assets(message.assets, message.blob);
        break;
      case 'metrics': {
        const { firstStep, values, validation, pace, frame } = message;
        // Not earlier: a launch would slow down what people wait for.
        if (!entry.hasStepped) this.pool.warm();
        entry.hasStepped = true;
        listener.metrics({ firstStep, values, validation, pace }, { kind: 'metrics', bytes: frame });
        break;
      }
      case 'frame':
        listener.frame(shownIn(message));
        break;
      case 'checkpoint':
        entry.keptStep = message.step;
        listener.checkpoint({ step: message.step, bytes: message.bytes });
        break;
      case 'sampled':
      case 'exported':
        entry.questions?.answered(message);
        break;
      case 'ready':
      case 'heartbeat':
      case 'probed':
        break;
    }
  }

  private report(entry: Entry, status: RunStatus): void {
    entry.status = status;
    entry.listener.status(status);
  }

  private changed(entry: Entry, status: RunStatus): void {
    if (isEnded(status.state)) this.forget(entry);
    else if (status.state === 'paused') this.countDown(entry);
    this.report(entry, status);
    if (status.state !== 'starting') this.advance();
  }

  private countDown(entry: Entry): void {
    this.keep(entry.spec.id);
    entry.timer = setTimeout(() => {
      this.forget(entry);
      this.advance();
    }, pausedKeepsMs);
    entry.timer.unref();
  }

  /** The process ended without having said that the run has. */
  private lost(entry: Entry, reason: Sentence): void {
    this.keep(entry.spec.id);
    entry.questions?.close(reason);
    this.entries.delete(entry.spec.id);
    if (this.closing) return;
    const other = 'Train again; if it happens again, try a smaller network or a smaller batch.';
    const first = say('The state after step {step} is kept.', { step: entry.keptStep });
    const hint = entry.keptStep > 0 ? say('{first} {other}', { first, other }) : other;
    const failure = { code: 'worker', message: reason, hint } as const;
    this.report(entry, { state: 'failed', step: entry.keptStep, failure });
    this.advance();
  }

  /** Measures in a process of its own: a driver that crashes takes no run with it. */
  private async probe(executors: readonly ExecutorId[]): Promise<void> {
    const worker = this.pool.launch('ignore');
    worker.send({ kind: 'probe', executors: [...executors], threads: this.threads });
    const { failures, fastest, speed } = await probedBy(worker);
    this.fastest = fastest;
    this.speed = speed;
    const [failed] = Object.entries(failures);
    if (executors.length === 1 && failed)
      throw new ExecutorUnavailable(`${failed[0]} can't run here: ${failed[1]}`);
  }
}

/** The `Runs` of this machine, in worker processes. */
export function createRuns(options: RunsOptions): Runs {
  return new Scheduler(options);
}
