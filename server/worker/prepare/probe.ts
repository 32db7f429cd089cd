import type { Speed } from '@/lib/catalog/cost/speed';
import {
  defaultDatasetFor,
  defaultValues,
  isOf,
  type ModelId,
  modelIds,
  type Recipe,
  recipeSchema,
} from '@/lib/catalog/models';
import { compile } from '@/server/engine/compile';
import { probeExecutors } from '@/server/engine/executors';
import type { ExecutorId, TensorData, TensorSpec } from '@/server/engine/program';
import { speedOf } from '@/server/engine/speed';
import { threadsFor } from '@/server/engine/threads';
import { charRnn } from '@/server/models/charRnn';
import { programOf } from '@/server/models/index';
import type { Model } from '@/server/models/model';
import type { ToWorker } from '@/server/wire/messages';

type ProbeMessage = Extract<ToWorker, { kind: 'probe' }>;

/** Milliseconds of a measurement at least, after its warm-up. */
const measuredMs = 250;
/** An executor that is so many times slower than the best with one model is not tried with the others. */
const hopeless = 10;

/** A model at its default settings, on images or a text of usual size. */
const recipeOf = (model: ModelId): Recipe =>
  recipeSchema.parse({ model, dataset: defaultDatasetFor(model), values: defaultValues(model) });

function modelOf(recipe: Recipe): Model {
  if (isOf('text', recipe)) return charRnn(recipe.values, 40);
  return programOf(recipe, { height: 28, width: 28, channels: 1 });
}

/** Zeros: a step's duration doesn't depend on its inputs. */
function blank({ shape, dtype, encoding }: TensorSpec): TensorData {
  const length = shape.reduce((size, n) => size * n, 1);
  if (encoding) return new Uint8Array(length);
  return dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
}

/** Milliseconds of a training step; infinite if the executor fails. */
async function stepMsOf(executor: ExecutorId, id: ModelId, most: number | undefined): Promise<number> {
  const recipe = recipeOf(id);
  const model = modelOf(recipe);
  const { train } = model.definition.steps;
  const inputs = Object.fromEntries(Object.entries(train.inputs).map(([name, spec]) => [name, blank(spec)]));
  const threads = threadsFor(recipe, executor, most);
  const program = await compile(model.definition, executor, { threads });
  try {
    await program.setState(model.initialState());
    await program.train('train', 1, inputs);
    const start = performance.now();
    let steps = 0;
    for (; performance.now() - start < measuredMs; steps++) await program.train('train', 1, inputs);
    return (performance.now() - start) / steps;
  } finally {
    await program.dispose();
  }
}

/** The fastest executor for each model, by short real trainings; with one that works there is nothing to compare. */
async function fastestOf(
  working: readonly ExecutorId[],
  threads: number | undefined,
): Promise<Partial<Record<ModelId, ExecutorId>>> {
  let candidates = working;
  const fastest: Partial<Record<ModelId, ExecutorId>> = {};
  for (const model of modelIds) {
    if (candidates.length < 2) break;
    const times = new Map<ExecutorId, number>();
    for (const id of candidates) times.set(id, await stepMsOf(id, model, threads).catch(() => Infinity));
    const best = Math.min(...times.values());
    fastest[model] = candidates.find((id) => times.get(id) === best);
    candidates = candidates.filter((id) => (times.get(id) as number) < hopeless * best);
  }
  const [rest] = candidates;
  if (rest) for (const model of modelIds) fastest[model] ??= rest;
  return fastest;
}

export interface Probed {
  /** Executors that don't work here, with the reason and what would help. */
  readonly failures: Partial<Record<ExecutorId, string>>;
  /** The executor to train each model with. */
  readonly fastest: Partial<Record<ModelId, ExecutorId>>;
  readonly speed: Speed | null;
}

/** Which of the executors work here, which is the fastest for which model, and how fast this machine is. */
export async function probe({ executors, threads }: ProbeMessage): Promise<Probed> {
  const probes = await probeExecutors(executors, { threads });
  const failures = Object.fromEntries(
    probes.filter(({ works }) => !works).map(({ id, detail, hint }) => [id, `${detail}. ${hint}`]),
  );
  const working = probes.filter(({ works }) => works).map(({ id }) => id);
  const [first] = working;
  const speed = first ? await speedOf(first).catch(() => null) : null;
  return { failures, fastest: await fastestOf(working, threads), speed };
}
