import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRuns } from '@/server/runs/scheduler';
import { Recorder, specFor, specOf, workerFile } from '../support/worker';

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

test("the notebook's char-RNN reaches Keras's quality on Shakespeare in 300 steps, and goes on falling", async () => {
  const text = join(datasets, 'shakespeare', 'input.txt');
  if (!existsSync(text))
    throw new Error(`${text} is missing: COLATENT_DATASETS must name a folder with the real text`);
  const dataDir = await mkdtemp(join(tmpdir(), 'colatent-quality-'));
  const runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', datasets, dataDir });
  try {
    const run = new Recorder();
    const spec = specFor('char-rnn', 'text', { dropout: 0.2, recurrentDropout: 0 }, 'shakespeare');
    runs.start(spec, run, { begin: 'train' });
    const validation = () => run.batches.flatMap((batch) => batch.validation ?? []);
    const lossAt = (step: number) => validation().find((point) => point.step >= step)?.values[0];
    await run.until(() => lossAt(500) !== undefined);
    runs.stop('text');
    await run.reaches('stopped');
    // Keras: 2.21 after 300 steps (2 cores, TF 2.21, Keras 3.15).
    expect(lossAt(300)).toBeLessThanOrEqual(2.25);
    expect(lossAt(500)).toBeLessThan(lossAt(300) as number);
  } finally {
    await runs.close();
    await rm(dataDir, { recursive: true });
  }
});
