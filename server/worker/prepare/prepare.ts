import { isOf, type ModelOf, type RecipeOf } from '@/lib/catalog/models';
import type { Family } from '@/lib/catalog/models/description';
import { isOwn } from '@/lib/catalog/ownData';
import type { Progress } from '@/lib/runs/status';
import type { ImageSet, LoadOptions, TextSet } from '@/server/datasets/dataset';
import { loadDataset } from '@/server/datasets/index';
import { loadOwnImages, loadOwnText } from '@/server/datasets/own/index';
import { compile } from '@/server/engine/compile';
import type { Program } from '@/server/engine/program';
import { threadsFor } from '@/server/engine/threads';
import type { Basis, StartMessage } from '@/server/wire/messages';
import { type TrainingState, unpackCheckpoint } from '../training/checkpoint';
import type { Task } from '../training/task';
import { adversarialTask } from '../training/tasks/adversarial';
import { autoencoderTask } from '../training/tasks/autoencoder';
import { textTask } from '../training/tasks/text';
import { loweredCache } from './loweredCache';

/** Milliseconds between two reports of the same preparation. */
const progressMs = 100;

export type Report = (progress: Progress) => void;

export interface Prepared {
  readonly task: Task;
  readonly program: Program;
  /** The state that the program has been given. */
  readonly state: TrainingState;
}

/** Passes on the first report of each label, and then one every `progressMs`. */
function throttled(report: Report): Report {
  let label = '';
  let next = 0;
  return (progress) => {
    const now = performance.now();
    const about = JSON.stringify(progress.label);
    if (about === label && now < next) return;
    label = about;
    next = now + progressMs;
    report(progress);
  };
}

type DatasetOf<F extends Family> = RecipeOf<ModelOf<F>>['dataset'];

/** Images of the catalog, or of people's own. */
const imagesOf = (id: DatasetOf<'autoencoder'>, options: LoadOptions): Promise<ImageSet> =>
  isOwn(id) ? loadOwnImages(id, options) : loadDataset(id, options);
const textOf = (id: DatasetOf<'text'>, options: LoadOptions): Promise<TextSet> =>
  isOwn(id) ? loadOwnText(id, options) : loadDataset(id, options);

/** A recipe's model on its loaded data. */
export async function loadTask(
  { recipe, dataDir, datasets: source }: Pick<Basis, 'recipe' | 'dataDir' | 'datasets'>,
  progress: Report,
): Promise<Task> {
  const options = { dataDir, source, progress };
  if (isOf('text', recipe)) return textTask(recipe, await textOf(recipe.dataset, options));
  const images = await imagesOf(recipe.dataset, options);
  return isOf('adversarial', recipe) ? adversarialTask(recipe, images) : autoencoderTask(recipe, images);
}

/**
 * Loads the data, compiles the model and gives it its first state.
 * @param from the bytes of a checkpoint, or `null` for fresh weights.
 */
export async function prepare(basis: Basis, from: StartMessage['from'], report: Report): Promise<Prepared> {
  const progress = throttled(report);
  const { recipe, executor, dataDir } = basis;
  const threads = threadsFor(recipe, executor, basis.threads);
  const task = await loadTask(basis, progress);
  progress({ label: 'Compiling the model' });
  const cache = loweredCache(dataDir, recipe, task.model.definition);
  const program = await compile(task.model.definition, executor, { threads, cache });
  const state = from ? unpackCheckpoint(from) : { step: 0, values: task.model.initialState() };
  await program.setState(state.values);
  return { task, program, state };
}
