import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultValues, type ModelId, type Recipe, recipeSchema } from '@/lib/catalog/models';
import { ownHashOf } from '@/lib/catalog/ownData';
import { decodeFrame } from '@/lib/protocol/frames';
import { type ImageForm, plainForm } from '@/lib/protocol/ownData';
import { readUpload } from '@/server/datasets/own/read';
import type { Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { folders, zipped } from '../support/pictures';
import { Recorder, workerFile } from '../support/worker';

/** Small networks: what is tested is that they take the data's size, not what they learn. */
const small: Readonly<Record<ModelId, Record<string, unknown>>> = {
  autoencoder: { hiddenUnits: [16], codingSize: 5, batchSize: 8 },
  vae: { hiddenUnits: [16], codingSize: 5, batchSize: 8 },
  'char-rnn': { hiddenUnits: [12], windowLength: 20, batchSize: 8 },
  gan: { generatorUnits: [16], discriminatorUnits: [16], batchSize: 8, codingSize: 5 },
  dcgan: { generatorFilters: [8, 4], discriminatorFilters: [4, 8], batchSize: 4, codingSize: 5 },
  stylegan: {
    synthesisFilters: [8, 4, 4],
    discriminatorFilters: [4],
    batchSize: 4,
    codingSize: 5,
    styleSize: 6,
    mappingDepth: 2,
  },
};

let dataDir: string;
let runs: Runs;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'colatent-own-'));
  await mkdir(join(dataDir, 'blobs'));
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir });
});
afterAll(async () => {
  await runs.close();
  await rm(dataDir, { recursive: true });
});

/** Reads a file as an upload is read, and puts it where the server keeps it. */
async function kept(name: string, body: Uint8Array, form: ImageForm): Promise<string> {
  const file = join(dataDir, name);
  await writeFile(file, body);
  const { data, content } = await readUpload(file, name, form, () => {});
  await writeFile(join(dataDir, 'blobs', ownHashOf(data.id)), content);
  return data.id;
}

async function trained(model: ModelId, dataset: string) {
  const recipe: Recipe = recipeSchema.parse({
    model,
    dataset,
    values: { ...defaultValues(model), ...small[model] },
  });
  const spec = { id: `${model} ${dataset}`, recipe };
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train' });
  const isShown = () => run.frames.some(({ kind }) => kind === 'images' || kind === 'text');
  await run.until(() => run.step > 2 && isShown());
  const latents = new Uint8Array(new Float32Array(2 * 5).buffer);
  const sample = await runs.sample(
    spec,
    null,
    model === 'char-rnn'
      ? { kind: 'text', prompt: '', length: 20, temperature: 1, seed: 1 }
      : { kind: 'images', latents },
  );
  runs.discard(spec.id);
  return { run, sample };
}

const forms = [
  { side: 28, colour: 'grey', channels: 1 },
  { side: 28, colour: 'colour', channels: 3 },
  { side: 32, colour: 'colour', channels: 3 },
] as const;

describe.each(['autoencoder', 'vae', 'gan', 'dcgan', 'stylegan'] as const)('%s', (model) => {
  test.each(forms)('T10 learns from own images of $side pixels, $colour', async ({ channels, ...form }) => {
    const id = await kept('own.zip', zipped(await folders(['cat', 'dog', 'bird'], 20)), {
      ...plainForm,
      ...form,
    });
    const { run, sample } = await trained(model, id);
    const size = { height: form.side, width: form.side, channels };
    expect(run.shown[0]?.assets).toMatchObject({ ...size, classes: ['bird', 'cat', 'dog'] });
    const images = run.frames
      .map(({ bytes }) => decodeFrame(bytes).header)
      .filter(({ kind }) => kind === 'images');
    expect(images[0]).toMatchObject(size);
    expect(sample).toMatchObject({ kind: 'images', count: 2, ...size });
    for (const losses of run.batches.flatMap(({ values }) => values))
      expect([...losses].every(Number.isFinite)).toBe(true);
  });
});

test('T10 a character RNN learns from an own text in Korean and writes its characters', async () => {
  const text = '나 보기가 역겨워\n가실 때에는\n말없이 고이 보내 드리우리다\n'.repeat(200);
  const id = await kept('진달래꽃.txt', new TextEncoder().encode(text), plainForm);
  const { run, sample } = await trained('char-rnn', id);
  expect(run.frames.map(({ bytes }) => decodeFrame(bytes).header.kind)).toContain('text');
  if (sample.kind !== 'text') throw new Error('A text expected');
  expect([...sample.text].every((character) => text.includes(character))).toBe(true);
});

test('T7 T10 a data set that is gone fails the run with what to do', async () => {
  const dataset = `own:images-28x28x1-${'0'.repeat(64)}`;
  const recipe = recipeSchema.parse({ model: 'gan', dataset, values: defaultValues('gan') });
  const run = new Recorder();
  runs.start({ id: 'gone', recipe }, run, { begin: 'train' });
  await run.reaches('failed');
  expect(run.last).toMatchObject({
    failure: { code: 'dataset', message: expect.stringContaining('Bring it again') },
  });
});
