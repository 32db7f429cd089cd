import { defaultDataset } from '@/lib/catalog/datasets';
import { defaultModel, defaultValues, recipeSchema } from '@/lib/catalog/models';
import { generateGlyphs } from '@/server/datasets/glyphs/index';
import { compile } from '@/server/engine/compile';
import { probeExecutors } from '@/server/engine/executors';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { programOf } from '@/server/models/index';
import { Batches } from './batches';

/** Steps of a measured call; the first call warms up. */
const measuredSteps = 32;

async function stepMsOf(executor: ExecutorId): Promise<number> {
  const recipe = recipeSchema.parse({
    model: defaultModel,
    dataset: defaultDataset,
    values: defaultValues(defaultModel),
  });
  const { batchSize, learningRate, seed } = recipe.values;
  const set = generateGlyphs(batchSize);
  const model = programOf(recipe, set);
  const program = await compile(model.definition, executor);
  await program.setState(model.initialState());
  const batches = new Batches(set.images, set.images.length / set.count, set.count, batchSize, seed);
  const train = async () => {
    const start = performance.now();
    await program.train(measuredSteps, {
      images: batches.stack(1, measuredSteps),
      learningRate: new Float32Array(measuredSteps).fill(learningRate),
    });
    return (performance.now() - start) / measuredSteps;
  };
  await train();
  const stepMs = await train();
  await program.dispose();
  return stepMs;
}

/**
 * The fastest executor that works here, by a short real training. With one that works there is nothing
 * to measure.
 */
export async function fastestExecutor(): Promise<{ fastest: ExecutorId; stepMs: Record<string, number> }> {
  const probes = await probeExecutors(executorIds);
  const working = probes.filter(({ works }) => works).map(({ id }) => id);
  const stepMs: Record<string, number> = {};
  let fastest: ExecutorId = working[0] ?? 'onnx-cpu';
  if (working.length < 2) return { fastest, stepMs };
  for (const id of working) {
    const measured = await stepMsOf(id).catch(() => Infinity);
    if (Number.isFinite(measured)) stepMs[id] = measured;
    if (measured < (stepMs[fastest] ?? Infinity)) fastest = id;
  }
  return { fastest, stepMs };
}
