import { randomBytes } from 'node:crypto';
import { type CostLimits, excessOf } from '@/lib/catalog/cost/limits';
import { hasVariety, modelOf, type Recipe } from '@/lib/catalog/models';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import { misfitOfRecipe, sentenceOf } from '@/lib/catalog/textFit';
import { decodeHeader } from '@/lib/protocol/frames';
import type { RunView } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { allowedCommands, type Command, type Network, type RunSpec } from '@/lib/runs/status';
import {
  type Checkpoint,
  type OutFrame,
  type Runs,
  SampleRefused,
  type StartOptions,
} from '@/server/runs/runs';
import type { Storage, StoredRun } from '@/server/storage/storage';
import { Refused } from './refused';
import { freshRun, isActive, RoomRun, type RunHost } from './roomRun';

interface ControlOptions {
  readonly playground: string;
  /** How codings become points at first. */
  readonly projection: ProjectionSettings;
  readonly storage: Storage;
  readonly runs: Runs;
  readonly costLimits: CostLimits;
  readonly host: Omit<RunHost, 'save' | 'keep'>;
}

/** How a run begins or goes on. */
type How = Pick<StartOptions, 'begin' | 'network'>;

/** The buttons of a playground: which run it has, and what a command does to it. Calls must not overlap. */
export class RunControl {
  private run: RoomRun | null;
  private projection: ProjectionSettings;
  /** The ended run, with its step, whose points have been told to go on moving. */
  private movedOn = '';

  constructor(
    stored: StoredRun | null,
    private readonly options: ControlOptions,
  ) {
    this.projection = options.projection;
    this.run = stored && this.roomRun(stored);
  }

  view(): RunView | null {
    return this.run?.view() ?? null;
  }

  frames(): OutFrame[] {
    return this.run?.frames() ?? [];
  }

  history(): OutFrame | null {
    return this.run?.history() ?? null;
  }

  /** @returns the id of the present run. */
  get runId(): string | null {
    return this.run?.id ?? null;
  }

  mark() {
    return this.run?.mark() ?? null;
  }

  /** Whether the room must stay for the run's sake. */
  isBusy(): boolean {
    const { run } = this;
    return run !== null && (isActive(run.state) || (run.isHeld() && !run.isKept()));
  }

  /** Somebody is here who may press Train. */
  expect(recipe: Recipe): void {
    const { runs, costLimits } = this.options;
    const canTrain = allowedCommands(this.run?.state ?? null).includes('train');
    if (canTrain && !excessOf(recipe, costLimits) && !misfitOfRecipe(recipe)) runs.expect(recipe);
  }

  /** Tells the run what has changed in the document. */
  follow({ recipe, projection }: { recipe: Recipe; projection: ProjectionSettings }): void {
    this.run?.follow(recipe);
    this.expect(recipe);
    if (JSON.stringify(projection) === JSON.stringify(this.projection)) return;
    this.projection = projection;
    this.tellProjection().catch(this.options.host.report);
  }

  /** Tells whoever holds the run's weights, if it has points at all. */
  private async tellProjection(): Promise<void> {
    const { run, projection: settings } = this;
    const { runs, storage } = this.options;
    const shown = run?.points ?? null;
    if (!run || !(shown || run.isHeld())) return;
    const kept = run.isHeld() ? null : run.resumable;
    if (kept) await run.saved();
    const bytes = kept && (await storage.blob(kept.hash));
    const from = kept && bytes && { step: kept.step, bytes };
    runs.project(run.view().spec, from, { settings, shown, frame: (frame) => run.frame(frame) });
  }

  /** Points that were still moving when their run ended go on. */
  private moveOn(): void {
    const { run, projection } = this;
    if (!run || run.isHeld() || projection.method === 'pca' || projection.motion === 'paused') return;
    const which = `${run.id} ${run.step}`;
    if (this.movedOn === which || !(run.state === 'finished' || run.state === 'stopped')) return;
    this.movedOn = which;
    this.tellProjection().catch(this.options.host.report);
  }

  /**
   * After the start of a server, no process holds the run that the last server was training.
   * @returns whether the restart has paused it.
   */
  async recover(): Promise<boolean> {
    const { run } = this;
    if (!run || run.isHeld() || !(isActive(run.state) || run.state === 'paused')) return false;
    const checkpoint = run.resumable;
    const { status } = run.view();
    const by = status.state === 'paused' ? status.by : 'restart';
    run.settle(
      checkpoint ? { state: 'paused', step: checkpoint.step, by } : { state: 'stopped', step: run.step },
    );
    if (checkpoint) this.options.storage.reels.of(run.id).cut(checkpoint.step);
    await run.save();
    return checkpoint !== null && status.state !== 'paused';
  }

  /**
   * @param network takes a step alone.
   * @throws Refused if the run's state or model doesn't allow it, or if its recipe would cost more than this server allows.
   */
  async execute(command: Command, recipe: Recipe, network?: Network): Promise<void> {
    const state = this.run?.state ?? null;
    if (!allowedCommands(state).includes(command)) {
      if (state === null)
        throw new Refused('not-allowed', `"${command}" is not possible before the first run`);
      throw new Refused('not-allowed', `"${command}" is not possible while the run is ${state}`);
    }
    const { run } = this;
    const isFresh = !run || (command === 'step' && state !== 'paused');
    const { model } = run && !isFresh ? run.view().spec.recipe : recipe;
    if (network && (command !== 'step' || !hasVariety(model)))
      throw new Refused('not-allowed', `${modelOf(model).label} can't ${command} its ${network} alone`);
    const how: How = { begin: command === 'step' ? 'step' : 'train', network };
    if (isFresh) await this.begin(recipe, how);
    else await this.apply(run, command, recipe, how);
  }

  /** @throws Refused */
  sample(request: SampleRequest): Promise<SampleResult> {
    return this.ask((spec, from) => this.options.runs.sample(spec, from, request));
  }

  /** The run's weights as a file. @throws Refused */
  async export(name: string): Promise<Uint8Array> {
    return this.ask((spec, from) => this.options.runs.export(spec, from, name));
  }

  private async ask<T>(question: (spec: RunSpec, from: Checkpoint | null) => Promise<T>): Promise<T> {
    const { run } = this;
    if (!run) throw new Refused('not-allowed', 'There is nothing to sample yet. Press Train first');
    const kept = run.isHeld() ? null : run.resumable;
    // The run may just have ended, its last checkpoint on the way to the disk.
    if (kept) await run.saved();
    const bytes = kept && (await this.options.storage.blob(kept.hash));
    try {
      return await question(run.view().spec, kept && bytes && { step: kept.step, bytes });
    } catch (error) {
      if (error instanceof SampleRefused) throw new Refused('not-allowed', error.message);
      throw error;
    }
  }

  /** When nothing of the run waits to be stored. */
  async saved(): Promise<void> {
    await this.run?.saved();
  }

  /** Lets go of the run: its process ends, what is stored stays. */
  release(): void {
    this.run?.discard();
  }

  private async apply(run: RoomRun, command: Command, recipe: Recipe, how: How): Promise<void> {
    const { runs } = this.options;
    switch (command) {
      case 'train':
        return this.begin(recipe, how);
      case 'resume':
      case 'step':
        return this.goOn(run, recipe, how);
      case 'pause':
        return runs.pause(run.id);
      case 'stop':
        return this.stop(run);
      case 'reset':
        run.discard();
        await this.options.storage.saveRun(this.options.playground, null);
        this.run = null;
        this.options.host.changed();
    }
  }

  private async begin(recipe: Recipe, how: How): Promise<void> {
    const excess = excessOf(recipe, this.options.costLimits);
    if (excess) throw new Refused('too-large', excess);
    const misfit = misfitOfRecipe(recipe);
    if (misfit) throw new Refused('not-allowed', sentenceOf(misfit));
    await this.run?.saved();
    const run = this.roomRun(freshRun({ id: randomBytes(16).toString('base64url'), recipe }));
    await run.save();
    this.run?.discard();
    this.run = run;
    run.start(recipe, { ...how, projection: this.projection });
    this.options.host.changed();
  }

  private async goOn(run: RoomRun, recipe: Recipe, how: How): Promise<void> {
    const { runs, storage } = this.options;
    if (run.isHeld()) {
      if (how.begin === 'step') runs.step(run.id, how.network);
      else runs.resume(run.id);
      return;
    }
    const bytes = run.resumable && (await storage.blob(run.resumable.hash));
    if (!run.resumable || !bytes)
      throw new Refused('not-allowed', "This run's weights are gone. Press Train to begin anew");
    const { projection } = this;
    run.start(recipe, { ...how, projection, from: { step: run.resumable.step, bytes } });
  }

  private async stop(run: RoomRun): Promise<void> {
    if (run.isHeld()) {
      this.options.runs.stop(run.id);
      return;
    }
    run.settle({ state: 'stopped', step: run.step });
    await run.save();
    this.options.host.changed();
  }

  private roomRun(stored: StoredRun): RoomRun {
    const { host, playground, runs, storage } = this.options;
    const { id } = stored.spec;
    let isUnwritten = false;
    const keep: RunHost['keep'] = (topic, frame) => {
      const { header } = decodeHeader(frame);
      isUnwritten = true;
      if ('step' in header) storage.reels.of(id).add(topic, header.step, frame);
    };
    const save: RunHost['save'] = async (run, blobs) => {
      // What people take for kept is kept, the moment that they see last too.
      if (isUnwritten && !isActive(run.status.state)) {
        isUnwritten = false;
        await storage.reels.of(id).flush().catch(host.report);
      }
      await storage.saveRun(playground, run, blobs);
    };
    const changed = () => {
      host.changed();
      this.moveOn();
    };
    return new RoomRun(stored, runs, { ...host, changed, keep, save });
  }
}
