import { setTimeout as sleep } from 'node:timers/promises';
import type { Recipe } from '@/lib/catalog/models';
import { decodeFrame, encodeHistory, type Pace } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { Assets, LogEntry, RunView } from '@/lib/protocol/messages';
import { type ReelTopic, reelTopics, storedTopics } from '@/lib/protocol/topics';
import { appendDiversity, type DiversityWatch, watchDiversity, watchOf } from '@/lib/runs/diversity';
import { appendTraining, appendValidation, cutHistory, type History } from '@/lib/runs/history';
import { isActive, isEnded, type RunState, type RunStatus, stepsOf } from '@/lib/runs/status';
import { say } from '@/lib/text/sentence';
import type {
  Checkpoint,
  MetricsBatch,
  OutFrame,
  RunFrame,
  RunListener,
  Runs,
  StartOptions,
} from '@/server/processes/runs/runs';
import { type Blob, blobOf, type StoredRun } from '@/server/storage/storage';
import { LiveParameters } from './liveParameters';
import { restoreHistory } from './storedRun';

/** What a run needs of its room. */
export interface RunHost {
  save(run: StoredRun, blobs: readonly Blob[]): Promise<void>;
  /** The run's view has changed. */
  changed(): void;
  frame(frame: OutFrame): void;
  /** A frame that stays to scrub through. */
  keep(topic: ReelTopic, step: number, frame: Uint8Array): void;
  /** The run reached its end by itself. */
  ended(what: Extract<LogEntry['what'], { kind: 'ended' }>): void;
  /** Its generator's samples lost their diversity, or have it again: since that step. */
  collapse(what: Extract<LogEntry['what'], { kind: 'collapse' }>, at: LogEntry['at']): void;
  /** Something went wrong that nobody waits for. */
  report(error: unknown): void;
}

/**
 * A playground's run: what its processes report, as all see it and as it is kept. Only a checkpoint or the
 * run's end moves the stored history, so that history and checkpoint are always of the same step.
 */
export class RoomRun implements RunListener {
  private stored: StoredRun;
  private readonly live: History;
  private pace: Pace | null;
  private watch: DiversityWatch;
  /** Collapses and recoveries that the log has. */
  private collapsesTold = 0;
  readonly parameters: LiveParameters;
  /** What a person may fetch: assets that are on disk. */
  private knownAssets: Assets | null;
  /** Blobs that `stored` names and that no save has taken yet. */
  private blobs: { readonly assets?: Blob; readonly checkpoint?: Blob; readonly subjects?: Blob } = {};
  private saving: Promise<void> = Promise.resolve();
  /** The save that will begin when the one under way ends; it takes everything that changes until then. */
  private nextSave: Promise<void> | null = null;
  private isDiscarded = false;
  /** Hears when no process works on the run any more. */
  private ended: () => void = () => {};

  constructor(
    stored: StoredRun,
    private readonly runs: Runs,
    private readonly host: RunHost,
  ) {
    this.stored = stored;
    const { history, pace } = restoreHistory(stored);
    this.live = history;
    this.pace = pace;
    this.watch = watchOf(history.diversity);
    this.parameters = new LiveParameters(stored.spec.recipe, stored.live);
    this.knownAssets = stored.assets;
  }

  get id(): string {
    return this.stored.spec.id;
  }

  get state(): RunState {
    return this.stored.status.state;
  }

  view(): RunView {
    const { spec, status, checkpoint } = this.stored;
    return {
      spec,
      status: status.state === 'training' ? { ...status, step: this.live.step } : status,
      assets: this.knownAssets,
      weights: checkpoint?.step ?? null,
      isApart: this.parameters.isApart,
    };
  }

  /** Completed steps that the run has reported. */
  get step(): number {
    return this.live.step;
  }

  /** The mark that something done now leaves on the curve: none before the first and after the last step. */
  mark(isOfEnded: boolean): LogEntry['at'] {
    const isRunning = this.state === 'training' || this.state === 'paused';
    return isRunning || (isOfEnded && this.stored.checkpoint && isEnded(this.state))
      ? { run: this.id, step: this.live.step }
      : null;
  }

  history(): OutFrame {
    return { kind: 'history', bytes: encodeHistory(this.id, this.live, this.pace) };
  }

  /** The newest of each topic that is kept with the run. */
  newest(): OutFrame[] {
    return storedTopics.flatMap((kind): OutFrame[] => {
      const bytes = kind === 'subjects' ? this.stored.subjects?.frame : this.stored[kind];
      return bytes ? [{ kind, bytes }] : [];
    });
  }

  /** The frame of points that people see. */
  get points(): Uint8Array | null {
    return this.stored.points;
  }

  /** Where the run can go on from without a process that holds it. */
  get resumable(): StoredRun['checkpoint'] {
    return this.stored.checkpoint;
  }

  /** Whether nothing would be lost if the process that holds the run went away. */
  isKept(): boolean {
    const { status, checkpoint } = this.stored;
    return isEnded(status.state) || (status.state === 'paused' && checkpoint?.step === status.step);
  }

  /** Whether a process holds the run. */
  isHeld(): boolean {
    return this.runs.has(this.id);
  }

  /** Steps in the whole run with so many epochs; `null` before it has taken one. */
  stepsIn(epochs: number): number | null {
    return this.pace && stepsOf(epochs, this.pace.stepsPerEpoch);
  }

  /** Whole epochs that are behind it. */
  get epochsDone(): number {
    return this.pace ? Math.floor(this.live.step / this.pace.stepsPerEpoch) : 0;
  }

  /** Hands the run to a process, with the live parameters as they are now. */
  start(recipes: readonly Recipe[], options: StartOptions): void {
    const { spec } = this.stored;
    const recipe = this.parameters.recipeIn(recipes);
    const from = options.from?.step ?? 0;
    if (from < this.live.step) {
      cutHistory(this.live, from);
      this.watch = watchOf(this.live.diversity);
      this.host.frame(this.history());
    }
    this.runs.start({ ...spec, recipe }, this, options);
  }

  /** Tells the running training which live parameters have changed; `isChosen` as `LiveParameters.follow` says. */
  follow(recipes: readonly Recipe[], isChosen: boolean): void {
    const { isApart } = this.parameters;
    const changed = this.parameters.follow(recipes, isChosen);
    if (isApart !== this.parameters.isApart) {
      this.saveSoon();
      this.host.changed();
    }
    if (this.isHeld() && Object.keys(changed).length > 0) this.runs.setLive(this.id, changed);
  }

  /** No process holds the run, and none will: its stored state is all there is. */
  settle(status: RunStatus): void {
    this.stored = { ...this.stored, status };
  }

  /**
   * Ends the processes' work, after a last checkpoint if one comes within `ms`, and settles the run where it can go on.
   * @returns the step at which it stands, on disk.
   */
  async halt(ms: number): Promise<number> {
    if (this.state === 'training' && this.isHeld()) {
      const ended = new Promise<void>((resolve) => {
        this.ended = resolve;
      });
      this.runs.stop(this.id);
      const patience = new AbortController();
      await Promise.race([ended, sleep(ms, undefined, { signal: patience.signal }).catch(() => undefined)]);
      patience.abort();
    }
    if (this.isHeld()) this.runs.discard(this.id);
    const { checkpoint } = this.stored;
    if (isActive(this.state)) {
      // Without weights the curve is all that stays.
      if (!checkpoint) this.stored = { ...this.stored, history: this.history().bytes };
      this.settle({ state: 'stopped', step: checkpoint?.step ?? this.live.step });
    }
    await this.save();
    this.isDiscarded = true;
    const { status } = this.stored;
    return 'step' in status ? status.step : 0;
  }

  /** Ends the processes' work; nothing is heard or stored of the run any more. */
  discard(): void {
    this.isDiscarded = true;
    if (this.isHeld()) this.runs.discard(this.id);
  }

  status(status: RunStatus): void {
    if (this.isDiscarded) return;
    const isNews = status.state !== this.state;
    this.stored = { ...this.stored, status };
    if (isEnded(status.state)) this.stored = { ...this.stored, history: this.history().bytes };
    if (isActive(status.state)) this.host.changed();
    // What people take for kept is kept: a run that holds or has ended is announced from the disk.
    else
      this.save()
        .catch(this.host.report)
        .then(() => this.announce());
    // A queue place or a progress bar is worth no write.
    if (isNews && isActive(status.state)) this.saveSoon();
    if (isNews) this.tellEnd(status);
    if (isEnded(status.state)) this.ended();
  }

  private announce(): void {
    if (!this.isDiscarded) this.host.changed();
  }

  private tellEnd(status: RunStatus): void {
    if (status.state === 'finished') {
      const message = say('Finished after {steps} {steps|step|steps}', { steps: status.step });
      this.host.ended({ kind: 'ended', state: 'finished', message });
    }
    if (status.state === 'failed')
      this.host.ended({ kind: 'ended', state: 'failed', message: status.failure.message });
  }

  assets(assets: Omit<Assets, 'hash'>, bytes: Uint8Array): void {
    if (this.isDiscarded) return;
    const blob = blobOf(bytes);
    const named = { ...assets, hash: blob.hash };
    this.blobs = { ...this.blobs, assets: blob };
    this.stored = { ...this.stored, assets: named };
    this.save().then(() => {
      this.knownAssets = named;
      this.announce();
    }, this.host.report);
  }

  metrics(batch: MetricsBatch, frame: OutFrame): void {
    if (this.isDiscarded) return;
    this.pace = batch.pace;
    try {
      appendTraining(this.live, batch.firstStep, batch.values);
      if (batch.validation) appendValidation(this.live, batch.validation);
      this.host.frame(frame);
    } catch (error) {
      this.host.report(error);
    }
  }

  frame(frame: RunFrame): void {
    if (this.isDiscarded) return;
    if (frame.kind === 'subjects') {
      this.subjects(frame);
      return;
    }
    if (frame.kind === 'diversity') this.diversity(frame);
    const topic = reelTopics.find((each) => each === frame.kind);
    if (topic) {
      this.stored = { ...this.stored, [topic]: frame.bytes };
      this.host.keep(topic, frame.step, frame.bytes);
    }
    this.host.frame(frame);
  }

  /** People get the frame once what it names can be fetched. */
  private subjects({ kind, bytes: frame, blob: bytes }: OutFrame): void {
    const blob = bytes && blobOf(bytes);
    const subjects = { frame, hash: blob?.hash ?? null };
    this.blobs = { ...this.blobs, ...(blob && { subjects: blob }) };
    this.stored = { ...this.stored, subjects };
    this.save().then(() => {
      // Of two in a row only the newer one is stored.
      if (!this.isDiscarded && this.stored.subjects === subjects) this.host.frame({ kind, bytes: frame });
    }, this.host.report);
  }

  private diversity({ bytes }: OutFrame): void {
    const { header } = decodeFrame(bytes);
    if (header.kind !== 'diversity') return;
    const { step, spread, coverage } = header;
    if (!appendDiversity(this.live.diversity, { step, spread, coverage })) return;
    const { verdict } = this.watch;
    this.watch = watchDiversity(this.watch, { step, spread, coverage });
    if (this.watch.verdict === verdict || (verdict === 'young' && this.watch.verdict === 'varied')) return;
    if (this.collapsesTold === limits.collapseEntries) return;
    this.collapsesTold += 1;
    const state = verdict === 'collapsed' ? 'ended' : 'began';
    this.host.collapse({ kind: 'collapse', state }, { run: this.id, step: this.watch.since });
  }

  checkpoint({ step, bytes }: Checkpoint): void {
    if (this.isDiscarded) return;
    const blob = blobOf(bytes);
    this.blobs = { ...this.blobs, checkpoint: blob };
    const history = this.history().bytes;
    this.stored = { ...this.stored, checkpoint: { step, hash: blob.hash }, history };
    this.saveSoon();
  }

  /** Fulfils when the run as it is now, or newer, is on disk. */
  save(): Promise<void> {
    this.nextSave ??= this.saving.then(() => this.write());
    this.saving = this.nextSave.catch(() => undefined);
    return this.nextSave;
  }

  private async write(): Promise<void> {
    this.nextSave = null;
    if (this.isDiscarded) return;
    const { blobs } = this;
    this.blobs = {};
    try {
      const live = this.parameters.stored;
      await this.host.save({ ...this.stored, live }, Object.values(blobs));
    } catch (error) {
      this.blobs = { ...blobs, ...this.blobs };
      throw error;
    }
  }

  /** When no save is under way or waiting. */
  async saved(): Promise<void> {
    await this.saving;
  }

  private saveSoon(): void {
    this.save().catch(this.host.report);
  }
}
