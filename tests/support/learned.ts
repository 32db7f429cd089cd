import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunSpec } from '@/lib/runs/status';
import { createRuns } from '@/server/processes/runs/scheduler';
import { Recorder, specOf, workerFile } from './worker';

/** What a model scored on what was held back, after a step. */
interface Validated {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Trains on a folder's data sets to the end, or until `steps` and the validation after them are done. */
export async function learned(spec: RunSpec, datasets: string, steps = Infinity): Promise<Validated[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'colatent-learned-'));
  const runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', datasets, dataDir });
  const run = new Recorder();
  const validated = () =>
    run.batches
      .flatMap(({ validation }) => validation ?? [])
      .map(({ step, values: [loss = Infinity, accuracy = 0] }) => ({ step, loss, accuracy }));
  try {
    runs.start(spec, run, { begin: 'train' });
    await run.until(() => run.last?.state === 'finished' || validated().some(({ step }) => step >= steps));
    return validated();
  } finally {
    await runs.close();
    await rm(dataDir, { recursive: true });
  }
}

/** Trains the notebook's autoencoder to its end and holds it to what Keras reaches. @returns its last step. */
export async function expectKerasQuality(
  datasets: string,
  values: { seed: number } & Record<string, number>,
) {
  const { seed } = values;
  const last = (await learned(specOf(`seed-${seed}`, values, 'fashion-mnist'), datasets)).at(-1);
  expect(last?.loss, `validation loss with seed ${seed}`).toBeLessThanOrEqual(0.31);
  expect(last?.accuracy, `rounded accuracy with seed ${seed}`).toBeGreaterThanOrEqual(0.91);
  return last?.step;
}
