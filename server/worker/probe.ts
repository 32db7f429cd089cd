import { autoencoderValues } from '@/lib/catalog/autoencoder';
import type { Speed } from '@/lib/catalog/cost/speed';
import { defaultValues } from '@/lib/catalog/models';
import { generateGlyphs } from '@/server/datasets/glyphs/index';
import { compile } from '@/server/engine/compile';
import { probeExecutors } from '@/server/engine/executors';
import type { ExecutorId } from '@/server/engine/program';
import { speedOf } from '@/server/engine/speed';
import { autoencoder } from '@/server/models/autoencoder';

/** Steps of a measured call; the first call warms up. */
const measuredSteps = 32;

async function stepMsOf(executor: ExecutorId): Promise<number> {
  const values = autoencoderValues.parse(defaultValues('autoencoder'));
  const set = generateGlyphs(measuredSteps * values.batchSize);
  const model = autoencoder(values, set);
  const program = await compile(model.definition, executor);
  await program.setState(model.initialState());
  const train = async () => {
    const start = performance.now();
    await program.train('train', measuredSteps, {
      images: set.images,
      learningRate: new Float32Array(measuredSteps).fill(values.learningRate),
    });
    return (performance.now() - start) / measuredSteps;
  };
  await train();
  const stepMs = await train();
  await program.dispose();
  return stepMs;
}

/** By a short real training; with one that works there is nothing to compare. */
async function fastestOf(working: readonly ExecutorId[]) {
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

/** Which of the executors is the fastest here, and how fast. */
export async function probe(executors: readonly ExecutorId[]): Promise<{
  fastest: ExecutorId;
  stepMs: Record<string, number>;
  speed: Speed | null;
}> {
  const probes = await probeExecutors(executors);
  const found = await fastestOf(probes.filter(({ works }) => works).map(({ id }) => id));
  return { ...found, speed: await speedOf(found.fastest).catch(() => null) };
}
