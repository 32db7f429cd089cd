import { randomBytes } from 'node:crypto';
import { type CostLimits, excessOf } from '@/lib/catalog/cost/limits';
import { familyOf, frozenKey, type Recipe } from '@/lib/catalog/models';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import { misfitOfRecipe, reasonOf } from '@/lib/catalog/textFit';
import type { Concerning, RunView } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { Content } from '@/lib/room/roots';
import { allowedCommands, type Command, isActive, isEnded, type RunSpec } from '@/lib/runs/status';
import {
  type Checkpoint,
  type OutFrame,
  type Runs,
  SampleRefused,
  type StartOptions,
} from '@/server/processes/runs/runs';
import type { Storage, StoredRun } from '@/server/storage/storage';
import { Refused } from '../refused';
import { allDone, notAlone, notNow } from './refusals';
import { RoomRun, type RunHost } from './roomRun';
import { freshRun } from './storedRun';

interface ControlOptions {
  readonly playground: string;
  /** How codings become points at first. */
  readonly projection: ProjectionSettings;
  readonly storage: Storage;
  readonly runs: Runs;
  readonly costLimits: CostLimits;
  /** Milliseconds that a training which is set aside gets for a last checkpoint. */
  readonly lastCheckpointMs: number;
  readonly host: Omit<RunHost, 'save' | 'keep'>;
}

/** What people have set for the models. */
type Recipes = Pick<Content, 'recipe' | 'recipes'>;

/** How a run begins or goes on. */
type How = Pick<StartOptions, 'begin' | 'network'>;

/** The buttons of a playground: which run it has, and what a command does to it. Calls must not overlap. */
export class RunControl {
  private run: RoomRun | null;
  private projection: ProjectionSettings;
  /** The ended run, with its step, whose projection has been started again. */
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

  /** What somebody who comes now needs to draw everything. */
  frames(): OutFrame[] {
    return this.run ? [this.run.history(), ...this.run.newest()] : [];
  }

  newest(): OutFrame[] {
    return this.run?.newest() ?? [];
  }

  history(): OutFrame | null {
    return this.run?.history() ?? null;
  }

  /** @returns the id of the present run. */
  get runId(): string | null {
    return this.run?.id ?? null;
  }

  /**
   * Where on a curve something done now leaves its mark; of a command also where it ends, or goes on with, an
   * ended run.
   */
  mark(command?: Command) {
    const isOfEnded = command === 'resume' || command === 'step' || command === 'reset';
    return this.run?.mark(isOfEnded) ?? null;
  }

  /** Whether the room must stay for the run's sake. */
  isBusy(): boolean {
    const { run } = this;
    return run !== null && (isActive(run.state) || (run.isHeld() && !run.isKept()));
  }

  /** Somebody is here who may press Train. */
  expect(recipe: Recipe): void {
    const { runs, costLimits } = this.options;
    const canTrain = this.allowed().includes('train');
    if (canTrain && !excessOf(recipe, costLimits) && !misfitOfRecipe(recipe)) runs.expect(recipe);
  }

  private allowed(): readonly Command[] {
    return allowedCommands(this.run?.state ?? null, this.run?.resumable != null);
  }

  /** Tells the run what people have changed. @param isChosen its recipe is another one as a whole. */
  follow(content: Pick<Content, 'recipes' | 'projection'>, isChosen: boolean): void {
    const { recipes, projection } = content;
    this.run?.follow(recipes, isChosen);
    if (JSON.stringify(projection) === JSON.stringify(this.projection)) return;
    this.projection = projection;
    this.tellProjection().catch(this.options.host.report);
  }

  /** Passes the projection's settings to the process that has the run's weights, if the run has points. */
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
   * @returns the run that became an earlier one by it, if one did.
   * @throws Refused if the run's state or model doesn't allow it, or if its recipe would cost more than this server allows.
   */
  async execute(command: Command, recipes: Recipes, about: Concerning = {}): Promise<string | undefined> {
    const { run } = this;
    const { network, run: named } = about;
    const state = run?.state ?? null;
    const isMeant = command === 'train' && run !== null && named === run.id;
    if (!isMeant && !this.allowed().includes(command)) throw notNow(command, state);
    const isFresh = command === 'train' || (command === 'step' && !run?.resumable && state !== 'paused');
    const { model } = run && !isFresh ? run.view().spec.recipe : recipes.recipe;
    if (network && (command !== 'step' || familyOf(model) !== 'adversarial'))
      throw notAlone(model, command, network);
    const how: How = { begin: command === 'step' ? 'step' : 'train', network };
    if (isFresh) return this.begin(recipes.recipe, how);
    if (command === 'restore') return this.restore(named ?? '', recipes);
    if (run) return this.apply(run, command, recipes, how);
  }

  /** Whether an edit does nothing but raise the epochs of the finished run, so that it has steps to take again. */
  isExtendedBy(before: Recipe, { recipe }: Recipes): boolean {
    const { run } = this;
    if (run?.state !== 'finished' || !run.resumable || run.parameters.isApart) return false;
    const same = [before, recipe, run.view().spec.recipe].map(frozenKey);
    const [was, is] = [before, recipe].map(({ values }) => values.epochs as number);
    const steps = run.stepsIn(is as number) ?? 0;
    return new Set(same).size === 1 && (is as number) > (was as number) && steps > run.step;
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
      if (error instanceof SampleRefused) throw new Refused('not-allowed', error.sentence);
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

  private async apply(run: RoomRun, command: Command, { recipes }: Recipes, how: How) {
    const { runs } = this.options;
    switch (command) {
      case 'resume':
      case 'step':
        await this.goOn(run, recipes, how);
        return;
      case 'pause':
        runs.pause(run.id);
        return;
      case 'stop':
        await this.stop(run);
        return;
      case 'reset':
        return this.reset();
    }
  }

  private async begin(recipe: Recipe, how: How): Promise<string | undefined> {
    const excess = excessOf(recipe, this.options.costLimits);
    if (excess) throw new Refused('too-large', excess);
    const misfit = misfitOfRecipe(recipe);
    if (misfit) throw new Refused('not-allowed', reasonOf(misfit));
    const aside = await this.setAside();
    const run = this.roomRun(freshRun({ id: randomBytes(16).toString('base64url'), recipe }));
    await run.save();
    this.run = run;
    run.start([recipe], { ...how, projection: this.projection });
    this.options.host.changed();
    return aside;
  }

  private async reset(): Promise<string | undefined> {
    const { storage, playground, host } = this.options;
    const aside = await this.setAside();
    await storage.saveRun(playground, null);
    this.run = null;
    host.changed();
    return aside;
  }

  /** Makes an earlier run the present one again, which becomes an earlier one in turn. */
  private async restore(id: string, { recipes }: Recipes): Promise<string | undefined> {
    const { storage, playground, host } = this.options;
    const unknown = new Refused('not-found', 'This playground no longer keeps that run');
    if (id === this.run?.id || !(await storage.pastRun(playground, id))) throw unknown;
    const aside = await this.setAside();
    const stored = await storage.restoreRun(playground, id);
    if (!stored) throw unknown;
    this.run = this.roomRun(stored);
    this.run.parameters.comeBackTo(recipes);
    await this.run.save();
    host.changed();
    for (const frame of this.frames()) host.frame(frame);
    return aside;
  }

  /**
   * Ends the work on the present run, which is about to make room, so that it can go on from where it stands.
   * @returns its id if it has trained, and is kept.
   */
  private async setAside(): Promise<string | undefined> {
    const { run } = this;
    if (!run) return;
    const step = await run.halt(this.options.lastCheckpointMs);
    const reel = this.options.storage.reels.of(run.id);
    reel.cut(step);
    await reel.flush().catch(this.options.host.report);
    return step > 0 ? run.id : undefined;
  }

  private async goOn(run: RoomRun, recipes: readonly Recipe[], how: How): Promise<void> {
    const { runs, storage } = this.options;
    if (run.isHeld()) {
      if (how.begin === 'step') runs.step(run.id, how.network);
      else runs.resume(run.id);
      return;
    }
    // It may just have ended, its last checkpoint on the way to the disk.
    await run.saved();
    const from = run.resumable;
    const bytes = from && (await storage.blob(from.hash));
    if (!from || !bytes)
      throw new Refused('not-allowed', "This run's weights are gone. Press Train to begin anew");
    const { epochs = 0 } = run.parameters.in(recipes);
    const isDone = isEnded(run.state) && (run.stepsIn(epochs) ?? Infinity) <= from.step;
    if (isDone && run.parameters.isApart) run.parameters.extend(run.epochsDone);
    else if (isDone && how.begin === 'train') throw allDone(epochs);
    storage.reels.of(run.id).cut(from.step);
    run.start(recipes, { ...how, projection: this.projection, from: { step: from.step, bytes } });
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
    const keep: RunHost['keep'] = (topic, step, frame) => {
      isUnwritten = true;
      storage.reels.of(id).add(topic, step, frame);
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
