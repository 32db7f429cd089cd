import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRuns } from '@/server/runs/scheduler';
import { Recorder, specOf, workerFile } from '../support/worker';

/** The first 3,615 training images of Fashion-MNIST; 13.83 % of them are 500. */
const datasets =
  process.env.COLATENT_DATASETS ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

test("the notebook's autoencoder reaches Keras's quality on real images with seeds 42, 43 and 44", async () => {
  const images = join(datasets, 'fashion-mnist', 'train-images-idx3-ubyte.gz');
  if (!existsSync(images))
    throw new Error(`${images} is missing: COLATENT_DATASETS must name a folder with the real images`);
  const dataDir = await mkdtemp(join(tmpdir(), 'colatent-quality-'));
  const runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', datasets, dataDir });
  try {
    for (const seed of [42, 43, 44]) {
      const run = new Recorder();
      const spec = specOf(`seed-${seed}`, { seed, validationShare: 13.83 }, 'fashion-mnist');
      runs.start(spec, run, { begin: 'train' });
      await run.reaches('finished');
      const total = Math.ceil((20 * 3115) / 32);
      expect(run.last).toEqual({ state: 'finished', step: total });
      const last = run.batches.flatMap((batch) => batch.validation ?? []).at(-1);
      expect(last?.step).toBe(total);
      const [loss = Infinity, accuracy = 0] = last?.values ?? [];
      expect(loss, `validation loss with seed ${seed}`).toBeLessThanOrEqual(0.31);
      expect(accuracy, `rounded accuracy with seed ${seed}`).toBeGreaterThanOrEqual(0.91);
      runs.discard(spec.id);
    }
  } finally {
    await runs.close();
    await rm(dataDir, { recursive: true });
  }
});
