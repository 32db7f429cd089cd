import { setTimeout as sleep } from 'node:timers/promises';
import { modelOf } from '@/lib/catalog/models';
import type { Metric } from '@/lib/catalog/models/description';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { CurvePoint } from '@/lib/runs/history';
import type { Network } from '@/lib/runs/status';
import { listed, own, type Sentence, say } from '@/lib/text/sentence';
import type { StartMessage } from '@/server/wire/messages';
import { activationPictures, layerOf } from '../observers/layerActivations';
import { layerPictures } from '../observers/layerPictures';
import type { Prepared } from '../prepare/prepare';
import { packCheckpoint, type TrainingState } from './checkpoint';
import { exportFile } from './exports';
import { NotFiniteError } from './failure';
import type { Outbox } from './outbox';
import { Cadence, Pace } from './pace';
import {
  type Course,
  type FrameMaker,
  type LiveValues,
  numbersOf,
  type Observer,
  type ShownFrame,
} from './task';

/** At most this share of the time is spent on evaluations: some epochs go without, never the last. */
const evaluationCadence = [0, 0.08] as const;
/** Milliseconds between checkpoints, and their share. After a crash this much is lost. */
const checkpointCadence = [5_000, 0.03] as const;
/**
 * Frames that come more often than this, in milliseconds, are looked at rather than read: a second one follows
 * the first step.
 */
const glanceMs = 500;

/** Takes training steps and sends metrics, frames and checkpoints. Its calls must not overlap. */
export class Trainer {
  /** Completed steps. */
  step: number;
  /** The last state known to be finite. */
  private good: TrainingState;
  /** Steps of the last checkpoint sent; -1 before the first. */
  private kept = -1;
  private live: LiveValues;
  private readonly course: Course;
  private readonly observer: Observer;
  private readonly dues: readonly Cadence[];
  private readonly metrics: readonly Metric[];
  private readonly pace = new Pace();
  private readonly evaluationDue = new Cadence(...evaluationCadence);
  private readonly checkpointDue = new Cadence(...checkpointCadence);

  constructor(
    private readonly start: StartMessage,
    private readonly prepared: Prepared,
    private readonly outbox: Outbox,
  ) {
    const { recipe } = start.spec;
    const { task, program, state } = prepared;
    this.live = { ...numbersOf(recipe.values), ...start.live };
    this.good = state;
    this.step = state.step;
    this.metrics = modelOf(recipe.model).metrics;
    this.course = task.course;
    this.observer = task.observe(start.spec.id, program, start.projection ?? defaultProjection);
    // The first show is the one that people look at when a run begins.
    this.dues = this.observer.makers.map(
      ({ cadence }, i) => new Cadence(...this.pace.shown(cadence), i === 0),
    );
    this.checkpointDue.done(performance.now(), performance.now());
  }

  /** Tells of the fixed pictures behind the run; before anything else is shown. */
  introduce(): void {
    const assets = this.observer.assets();
    if (assets) this.outbox.send(assets);
  }

  setLive(values: LiveValues): void {
    this.live = { ...this.live, ...values };
  }

  /** Steps in the whole run, as the epochs stand now. */
  get totalSteps(): number {
    return this.course.stepsFor(this.live.epochs as number);
  }

  get isDone(): boolean {
    return this.step >= this.totalSteps;
  }

  /** The time until the next chunk is no training time. */
  interrupt(): void {
    this.pace.interrupt();
  }

  /**
   * About 40 ms of steps, at most `limit`, of one of two networks only if it is named; then whatever is due besides.
   * @throws NotFiniteError
   */
  async chunk(limit: number, network?: Network): Promise<void> {
    const wanted = this.step + Math.min(limit, this.pace.chunkSteps);
    // A step that somebody asks for is taken after the last epoch, too.
    const last = Math.max(this.totalSteps, this.step + 1);
    const end = Math.min(wanted, this.nextEvaluation(), last);
    const first = this.step + 1;
    const values = await this.trainTo(end, network);
    this.step = end;
    const evaluate = this.isDone || (this.evaluatesAfter(end) && this.evaluationDue.due(performance.now()));
    this.sendMetrics(first, values, evaluate ? await this.evaluate() : null);
    await this.show('due');
    if (this.checkpointDue.due(performance.now())) await this.checkpoint();
  }

  /** The first step after the present one that an evaluation may follow. */
  private nextEvaluation(): number {
    const every = this.prepared.task.evaluationSteps ?? Infinity;
    return Math.min(
      this.course.nextEpochEnd(this.step),
      (Math.floor(this.step / every) + 1) * every || Infinity,
    );
  }

  private evaluatesAfter(step: number): boolean {
    const every = this.prepared.task.evaluationSteps;
    return this.course.endsEpoch(step) || (every !== undefined && step % every === 0);
  }

  /** @returns for each metric its value at every step from `this.step + 1` to `end`. */
  private async trainTo(end: number, network?: Network): Promise<Float32Array[]> {
    const { task, program } = this.prepared;
    const steps = end - this.step;
    const start = performance.now();
    const feed = task.feed(this.step + 1, steps, this.live);
    const results = await program.train(network ?? 'train', steps, feed);
    const lag = this.pace.lag(performance.now() - start);
    if (lag > 0) await sleep(lag);
    this.pace.measured(steps, start, performance.now());
    const values = this.metrics.map(({ key }) => results[key] ?? new Float32Array(steps).fill(Number.NaN));
    const bad = Math.min(...values.map((each) => each.findIndex((value) => !Number.isFinite(value)) >>> 0));
    if (bad >= steps) return values;
    const metric = this.metrics.find((_, m) => !Number.isFinite(values[m]?.[bad]));
    const good = values.map((each) => each.slice(0, bad));
    if (bad > 0) this.sendMetrics(this.step + 1, good, null);
    throw new NotFiniteError(metric?.label ?? 'A metric', this.step + 1 + bad, this.rates());
  }

  /** The learning rates as a person says them. */
  private rates(): Sentence {
    const rates = Object.entries(this.live).filter(([key]) => /learningRate$/i.test(key));
    const [first = own('?'), ...others] = rates.map(([, rate]) => own(String(rate)));
    return others.length === 0
      ? say('a learning rate of {rate}', { rate: first })
      : say('learning rates of {rates}', { rates: listed([first, ...others], '{first} and {other}') });
  }

  private async evaluate(): Promise<CurvePoint | null> {
    const start = performance.now();
    const values = await this.observer.evaluate(() => this.outbox.turn(), this.step, this.live);
    this.evaluationDue.done(start, performance.now());
    return values && { step: this.step, values };
  }

  private sendMetrics(
    firstStep: number,
    values: readonly Float32Array[],
    validation: CurvePoint | null,
  ): void {
    const pace = {
      stepsPerEpoch: this.course.stepsPerEpoch,
      totalSteps: Math.max(this.totalSteps, this.step),
      stepsPerSecond: this.pace.stepsPerSecond,
      executor: this.prepared.program.executor,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    };
    this.outbox.measure({ firstStep, values, validation, pace });
  }

  /** Sends the first kind of frame alone: whoever pressed Train waits for it. */
  async begin(): Promise<void> {
    const [first] = this.observer.makers;
    const [due] = this.dues;
    if (!first || !due) return;
    await this.make(first, due);
    if (first.cadence[0] < glanceMs) due.reset();
  }

  /** Makes and sends the frames that are due, or all. */
  async show(which: 'due' | 'all'): Promise<void> {
    const { subjects, makers } = this.observer;
    for (const [i, maker] of makers.entries()) {
      const due = this.dues[i] as Cadence;
      if (which === 'all' || due.due(performance.now())) await this.make(maker, due);
      while (which === 'all' && maker === subjects && subjects.isBehind(this.step))
        await this.make(maker, due);
    }
  }

  private async make(maker: FrameMaker, due: Cadence): Promise<void> {
    const start = performance.now();
    this.sendFrame(await maker.make(this.step));
    due.change(this.pace.shown(maker.cadence));
    due.done(start, performance.now());
  }

  /** Changes the projection's settings. @param shown the frame that people see, if another process made it. */
  project(settings: ProjectionSettings, shown: Uint8Array | null): void {
    this.observer.cloud?.configure(settings, shown);
    const { cloud, subjects, makers } = this.observer;
    for (const [i, maker] of makers.entries())
      if (maker === cloud || maker === subjects) this.dues[i]?.reset();
  }

  /** Whether the projection has iterations left while nothing trains. */
  get isMoving(): boolean {
    const { cloud, subjects } = this.observer;
    return (cloud?.isMoving || subjects?.isBehind(this.step)) ?? false;
  }

  /** Iterates the projection for a few milliseconds. */
  async move(): Promise<void> {
    const { cloud, subjects } = this.observer;
    if (subjects?.isBehind(this.step)) this.sendFrame(await subjects.make(this.step));
    else if (cloud) this.sendFrame(await cloud.move(this.step));
  }

  private sendFrame(frame: ShownFrame | null): void {
    if (frame) this.outbox.send({ kind: 'frame', ...frame });
  }

  /** @throws SampleError if the request doesn't fit the model. */
  sample(request: SampleRequest): Promise<SampleResult> {
    if (request.kind !== 'layer') return this.observer.sample(request, this.step, this.live);
    return request.what === 'activations' ? this.activations(request.weights) : this.weights(request.weights);
  }

  private async activations(name: string): Promise<SampleResult> {
    const looked = layerOf(name, this.start.spec, this.prepared.task);
    return activationPictures(
      looked,
      await this.observer.outputs(looked.network, name, this.step),
      this.step,
    );
  }

  private async weights(name: string): Promise<SampleResult> {
    const { program, task } = this.prepared;
    const { state } = task.model.definition;
    return layerPictures(name, {
      step: this.step,
      specs: state,
      values: await program.getState(),
      image: task.image,
    });
  }

  /** The present weights as a file. @throws SampleError for a file that the model doesn't have. */
  async export(name: string): Promise<Uint8Array> {
    const { program, task } = this.prepared;
    const state = { step: this.step, values: await program.getState() };
    return exportFile(name, this.start.spec, task, state);
  }

  /** Sends the state unless its step has been sent already. @throws NotFiniteError if it isn't finite. */
  async checkpoint(): Promise<void> {
    if (this.kept === this.step) return;
    const start = performance.now();
    const values = await this.prepared.program.getState();
    if (!Object.values(values).every((data) => data.every(Number.isFinite)))
      throw new NotFiniteError('A weight', this.step, this.rates());
    this.good = { step: this.step, values };
    this.kept = this.step;
    this.outbox.send({ kind: 'checkpoint', step: this.step, bytes: packCheckpoint(this.good) });
    this.checkpointDue.done(start, performance.now());
  }

  /** Goes back to the last finite state, and sends its frames. */
  async restore(): Promise<void> {
    this.step = this.good.step;
    await this.prepared.program.setState(this.good.values);
    await this.show('all');
    await this.checkpoint();
  }
}
