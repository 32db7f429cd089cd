import type { Progress } from '@/lib/runs/status';
import type { ImageSet } from '@/server/datasets/dataset';
import { loadDataset } from '@/server/datasets/index';
import { compile } from '@/server/engine/compile';
import type { Program } from '@/server/engine/program';
import { programOf } from '@/server/models/index';
import type { Model } from '@/server/models/model';
import { type TrainingState, unpackCheckpoint } from './checkpoint';
import type { StartMessage } from './messages';

/** Milliseconds between two reports of the same preparation. */
const progressMs = 100;

export interface Prepared {
  readonly set: ImageSet;
  /** The first `trainCount` images train, the others validate. */
  readonly trainCount: number;
  readonly model: Model;
  readonly program: Program;
  /** What the program starts from. */
  readonly state: TrainingState;
}

/** Passes on the first report of each label, and then one every `progressMs`. */
function throttled(report: (progress: Progress) => void): (progress: Progress) => void {
  let label = '';
  let next = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.label === label && now < next) return;
    label = progress.label;
    next = now + progressMs;
    report(progress);
  };
}

/** Images that train: all but the last `share` percent, at least one on each side. */
export function trainingCount(count: number, share: number): number {
  return Math.min(count - 1, Math.max(1, count - Math.round((count * share) / 100)));
}

/** Loads the data, compiles the model and gives it its first state. */
export async function prepare(start: StartMessage, report: (progress: Progress) => void): Promise<Prepared> {
  const { recipe } = start.spec;
  const progress = throttled(report);
  const { dataDir, datasets: source, executor, threads } = start;
  const set = await loadDataset(recipe.dataset, { dataDir, source, progress });
  progress({ label: 'Compiling the model' });
  const model = programOf(recipe, set);
  const program = await compile(model.definition, executor, { threads });
  const state = start.from ? unpackCheckpoint(start.from) : { step: 0, values: model.initialState() };
  await program.setState(state.values);
  return { set, trainCount: trainingCount(set.count, recipe.values.validationShare), model, program, state };
}
