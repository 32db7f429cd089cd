import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networksOf } from '@/lib/catalog/architectures';
import { type ModelId, modelIds } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import type { SampleResult } from '@/lib/protocol/sampling';
import type { Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { Recorder, smallValues, specFor, workerFile } from '../support/worker';

/** Epochs enough to go on training until a test has seen what it wants. */
const small: Readonly<Record<ModelId, Record<string, unknown>>> = {
  ...smallValues,
  autoencoder: { ...smallValues.autoencoder, epochs: 1000 },
  vae: { ...smallValues.vae, epochs: 1000 },
  'char-rnn': { ...smallValues['char-rnn'], epochs: 100 },
};

let runs: Runs;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'colatent-layers-'));
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir });
});
afterAll(async () => {
  await runs.close();
  await rm(dataDir, { recursive: true });
});

type LayerResult = Extract<SampleResult, { kind: 'layer' }>;
const numbers = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const bytesOf = ({ pixels, example }: LayerResult) =>
  pixels.length + (example && example.kind !== 'text' ? example.pixels.length : 0);

describe.each(modelIds)('%s', (model) => {
  test('each layer of its diagram tells what it gives for an example, while it trains, paused and ended', async () => {
    const spec = specFor(model, model, small[model]);
    const run = new Recorder();
    runs.start(spec, run, { begin: 'train' });
    await run.until(() => run.step >= 1);
    const ask = async (weights: string, from: Parameters<Runs['sample']>[1] = null) => {
      const result = await runs.sample(spec, from, { kind: 'layer', weights, what: 'activations' });
      if (result.kind !== 'layer') throw new Error(`Pictures of a layer expected, got ${result.kind}`);
      return result;
    };
    const shown: Record<string, LayerResult> = {};
    for (const { id, blocks } of networksOf(spec.recipe))
      for (const { shape, weights } of blocks) {
        const [name = ''] = weights;
        const result = await ask(name);
        shown[name] = result;
        const { example, count, height, width, total, reach } = result;
        expect(bytesOf(result), name).toBeLessThanOrEqual(limits.frameBytes);
        expect(result.pixels).toHaveLength(count * height * width * result.channels);
        expect(reach, name).toBeGreaterThan(0);
        if (example?.kind === 'text') {
          expect([...example.text]).toHaveLength(limits.layerCharacters);
          expect([count, width, total]).toEqual([1, limits.layerCharacters, numbers(shape)]);
          continue;
        }
        expect(example?.kind).toBe(id === 'generator' || id === 'mapping' ? 'drawn' : 'read');
        expect(example?.pixels.some((level) => level > 0)).toBe(true);
        if (result.isImage) expect(height * width * result.channels).toBe(numbers(shape));
        else if (shape.length === 3) expect([height, width, total]).toEqual(shape);
        else expect([count, height, width]).toEqual([1, 1, numbers(shape)]);
      }
    await expect(ask('elsewhere/0')).rejects.toThrow('no layer of that name');
    runs.pause(spec.id);
    await run.reaches('paused');
    const [name = ''] = Object.keys(shown);
    const paused = await ask(name);
    expect(paused).toEqual(await ask(name));
    expect(paused.step).toBe(run.step);
    runs.stop(spec.id);
    await run.reaches('stopped');
    const checkpoint = run.checkpoints.at(-1);
    if (!checkpoint) throw new Error('No checkpoint came');
    expect(await ask(name, checkpoint)).toEqual({ ...paused, step: checkpoint.step });
    runs.discard(spec.id);
  });
});
