import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { defaultValues, recipeSchema } from '@/lib/catalog/models';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import type { ExecutorId } from '@/server/engine/program';
import { programOf } from '@/server/models';
import { rounds } from '../support/rounds';
import { provideSoftwareGpu } from '../support/softwareGpu';

const MEGABYTE = 2 ** 20;
const values = { ...defaultValues('autoencoder'), hiddenUnits: [64], codingSize: 8, batchSize: 16 };
const recipe = recipeSchema.parse({ model: 'autoencoder', dataset: 'glyphs', values });

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Resident bytes now, without what the collector would take. */
function resident(): number {
  collect();
  return process.memoryUsage.rss();
}

/**
 * Trains `chunks` chunks of one step with a sample after every tenth, as a run does, and reads the state now
 * and then. @returns megabytes by which the process has grown since a tenth of the chunks.
 */
async function growth(id: ExecutorId, chunks: number): Promise<number> {
  if (recipe.model !== 'autoencoder') throw new RangeError('An autoencoder was asked for');
  const { definition, initialState } = programOf(recipe, { height: 28, width: 28, channels: 1 });
  const random = new RandomStream(1, 'memory');
  const images = Uint8Array.from({ length: 16 * 784 }, () => random.below(256));
  const program = await compile(definition, id);
  await program.setState(initialState());
  let before = 0;
  for (let chunk = 1; chunk <= chunks; chunk++) {
    await program.train('train', 1, { images, learningRate: Float32Array.of(0.1) });
    if (chunk % 10 === 0) await program.call('reconstruct', 16, { images });
    if (chunk % 100 === 0) await program.getState();
    if (chunk === Math.ceil(chunks / 10)) before = resident();
  }
  const grown = (resident() - before) / MEGABYTE;
  await program.dispose();
  return grown;
}

/** A leak of one tensor of the state (200 KB) a chunk would be 2 GB; 24 MB is what a heap breathes. */
const many = rounds(10_000);
test(`memory stays flat over ${many} chunks on onnx-cpu`, async () => {
  expect(await growth('onnx-cpu', many)).toBeLessThan(24);
});

test('memory stays flat over 200 chunks on onnx-webgpu', async () => {
  await provideSoftwareGpu();
  expect(await growth('onnx-webgpu', 200)).toBeLessThan(48);
});
