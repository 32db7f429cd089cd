import { modelOf } from '@/lib/catalog/models';
import { encodeFrame, floatPayload } from '@/lib/protocol/frames';
import type { CurvePoint } from '@/lib/runs/history';
import { Batches } from './batches';
import { packCheckpoint, type TrainingState } from './checkpoint';
import { NotFiniteError } from './failure';
import type { FromWorker, StartMessage } from './messages';
import { Observer } from './observer';
import { Cadence, Pace } from './pace';
import type { Prepared } from './prepare';

/** Milliseconds between reconstructions, and the share of the time that they may take. */
const imagesCadence = [250, 0.04] as const;
/** Milliseconds between clouds, and their share. */
const pointsCadence = [500, 0.06] as const;
/** An epoch may be shorter than its evaluation is worth: then some epochs go without, never the last. */
const evaluationCadence = [0, 0.08] as const;
/** Milliseconds between checkpoints, and their share. After a crash this much is lost. */
const checkpointCadence = [5_000, 0.03] as const;

/** How a training talks to the outside. */
export interface Port {
  send(message: FromWorker): void;
  /** Lets waiting messages in, and waits while too many of ours are unsent. */
  turn(): Promise<void>;
}

/** Takes training steps and reports what they gave. Its calls must not overlap. */
export class Trainer {
  /** Completed steps. */
  step: number;
  /** The last state known to be finite. */
  private good: TrainingState;
  /** Steps of the last checkpoint sent; -1 before the first. */
  private kept = -1;
  private live: Readonly<Record<string, number>>;
  private readonly batches: Batches;
  private readonly observer: Observer;
  private readonly metrics: readonly { readonly key: string; readonly label: string }[];
  private readonly pace = new Pace();
  private readonly imagesDue = new Cadence(...imagesCadence);
  private readonly pointsDue = new Cadence(...pointsCadence);
  private readonly evaluationDue = new Cadence(...evaluationCadence);
  private readonly checkpointDue = new Cadence(...checkpointCadence);

  constructor(
    private readonly start: StartMessage,
    private readonly prepared: Prepared,
    private readonly port: Port,
  ) {
    const { spec, live } = start;
    const { set, trainCount, state } = prepared;
    const { batchSize, seed } = spec.recipe.values;
    this.live = live;
    this.good = state;
    this.step = state.step;
    this.metrics = modelOf(spec.recipe.model).metrics;
    this.batches = new Batches(set.images, set.images.length / set.count, trainCount, batchSize, seed);
    this.observer = new Observer(spec, prepared);
    this.checkpointDue.done(performance.now(), performance.now());
    port.send(this.observer.assets());
  }

  setLive(values: Readonly<Record<string, number>>): void {
    this.live = { ...this.live, ...values };
  }

  /** Steps in the whole run, as the epochs stand now. */
  get totalSteps(): number {
    return this.batches.stepsFor(this.live.epochs ?? this.start.spec.recipe.values.epochs);
  }

  get isDone(): boolean {
    return this.step >= this.totalSteps;
  }

  /** The time until the next chunk is no training time. */
  interrupt(): void {
    this.pace.interrupt();
  }

  /** About 40 ms of steps, at most `limit`; then whatever is due besides. @throws NotFiniteError */
  async chunk(limit: number): Promise<void> {
    const wanted = this.step + Math.min(limit, this.pace.chunkSteps);
    const end = Math.min(wanted, this.batches.nextEpochEnd(this.step), this.totalSteps);
    const first = this.step + 1;
    const values = await this.trainTo(end);
    this.step = end;
    const evaluate =
      this.isDone || (this.batches.endsEpoch(end) && this.evaluationDue.due(performance.now()));
    this.sendMetrics(first, values, evaluate ? await this.evaluate() : null);
    await this.show('due');
    if (this.checkpointDue.due(performance.now())) await this.checkpoint();
  }

  /** @returns for each metric its value at every step from `this.step + 1` to `end`. */
  private async trainTo(end: number): Promise<Float32Array[]> {
    const steps = end - this.step;
    const learningRate = this.live.learningRate ?? this.start.spec.recipe.values.learningRate;
    const start = performance.now();
    const results = await this.prepared.program.train(steps, {
      images: this.batches.stack(this.step + 1, steps),
      learningRate: new Float32Array(steps).fill(learningRate),
    });
    this.pace.measured(steps, start, performance.now());
    const values = this.metrics.map(({ key }) => results[key] ?? new Float32Array(steps).fill(Number.NaN));
    const bad = Math.min(...values.map((each) => each.findIndex((value) => !Number.isFinite(value)) >>> 0));
    if (bad >= steps) return values;
    const metric = this.metrics.find((_, m) => !Number.isFinite(values[m]?.[bad]));
    const good = values.map((each) => each.slice(0, bad));
    if (bad > 0) this.sendMetrics(this.step + 1, good, null);
    throw new NotFiniteError(metric?.label ?? 'A metric', this.step + 1 + bad, learningRate);
  }

  private async evaluate(): Promise<CurvePoint> {
    const start = performance.now();
    const keys = this.metrics.map(({ key }) => key);
    const values = await this.observer.evaluate(keys, () => this.port.turn());
    this.evaluationDue.done(start, performance.now());
    return { step: this.step, values };
  }

  private sendMetrics(
    firstStep: number,
    values: readonly Float32Array[],
    validation: CurvePoint | null,
  ): void {
    const pace = {
      stepsPerEpoch: this.batches.stepsPerEpoch,
      totalSteps: this.totalSteps,
      stepsPerSecond: this.pace.stepsPerSecond,
      executor: this.prepared.program.executor,
    };
    const point = validation && { step: validation.step, values: [...validation.values] };
    const count = values[0]?.length ?? 0;
    const header = { kind: 'metrics', run: this.start.spec.id, firstStep, count, pace } as const;
    const frame = encodeFrame({ ...header, ...(point && { validation: point }) }, floatPayload(...values));
    this.port.send({ kind: 'metrics', firstStep, values: [...values], validation: point, pace, frame });
  }

  /** Sends pictures and points: those that are due, or all. */
  async show(which: 'due' | 'all'): Promise<void> {
    if (which === 'all' || this.imagesDue.due(performance.now())) {
      const start = performance.now();
      const bytes = await this.observer.images(this.step);
      this.port.send({ kind: 'frame', frame: 'images', bytes });
      this.imagesDue.done(start, performance.now());
    }
    if (which === 'all' || this.pointsDue.due(performance.now())) {
      const start = performance.now();
      const bytes = await this.observer.points(this.step);
      this.port.send({ kind: 'frame', frame: 'points', bytes });
      this.pointsDue.done(start, performance.now());
    }
  }

  /** Sends the state unless its step has been sent already. @throws NotFiniteError if it isn't finite. */
  async checkpoint(): Promise<void> {
    if (this.kept === this.step) return;
    const start = performance.now();
    const values = await this.prepared.program.getState();
    const { learningRate } = { ...this.start.spec.recipe.values, ...this.live };
    if (!Object.values(values).every((data) => data.every(Number.isFinite)))
      throw new NotFiniteError('A weight', this.step, learningRate);
    this.good = { step: this.step, values };
    this.kept = this.step;
    this.port.send({ kind: 'checkpoint', step: this.step, bytes: packCheckpoint(this.good) });
    this.checkpointDue.done(start, performance.now());
  }

  /** Goes back to the last good state and shows it. */
  async restore(): Promise<void> {
    this.step = this.good.step;
    await this.prepared.program.setState(this.good.values);
    await this.show('all');
    await this.checkpoint();
  }
}
