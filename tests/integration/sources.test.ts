import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kindOfCharacter } from '@/lib/catalog/characters';
import type { ModelId } from '@/lib/catalog/models';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import type { SourceId } from '@/lib/catalog/sources';
import { decodeFrame } from '@/lib/protocol/frames';
import { unpackPoints } from '@/lib/protocol/pointPacking';
import type { Checkpoint, OutFrame, Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { dataFolder } from '../support/data';
import { Recorder, specFor, workerFile } from '../support/worker';

let runs: Runs;
beforeEach(() => {
  runs = createRuns({
    limit: 1,
    workerFile: workerFile(),
    executor: 'onnx-cpu',
    dataDir: '/nowhere',
    datasets: dataFolder,
  });
});
afterEach(() => runs.close());

const small: Readonly<Record<Exclude<ModelId, 'autoencoder' | 'vae'>, Record<string, unknown>>> = {
  gan: { generatorUnits: [16], discriminatorUnits: [16], batchSize: 8, codingSize: 5 },
  dcgan: { generatorFilters: [8, 4], discriminatorFilters: [4, 8], batchSize: 4, codingSize: 5 },
  stylegan: {
    ...{ synthesisFilters: [8, 4], discriminatorFilters: [4], batchSize: 4 },
    ...{ codingSize: 5, styleSize: 6, mappingDepth: 2 },
  },
  'char-rnn': { hiddenUnits: [16, 8], windowLength: 20, batchSize: 8 },
};

function cloudOf(frame: OutFrame | undefined) {
  const { header, payload } = decodeFrame(frame?.bytes ?? new Uint8Array());
  if (header.kind !== 'points') throw new Error(`A points frame expected, got ${header.kind}`);
  return { header, ...unpackPoints(header, payload) };
}

function subjectsOf(frame: OutFrame | undefined) {
  const { header, payload } = decodeFrame(frame?.bytes ?? new Uint8Array());
  if (header.kind !== 'subjects') throw new Error(`A subjects frame expected, got ${header.kind}`);
  return { header, text: new TextDecoder().decode(payload), blob: frame?.blob };
}

const of = (run: Recorder, kind: OutFrame['kind']): OutFrame[] =>
  run.frames.filter((each) => each.kind === kind);
const last = (run: Recorder) => cloudOf(of(run, 'points').at(-1));
const from = (source: SourceId, more: Partial<ProjectionSettings> = {}): ProjectionSettings => ({
  ...defaultProjection,
  source,
  ...more,
});

async function paused(model: keyof typeof small, projection: ProjectionSettings, dataset?: 'fashion-mnist') {
  const spec = specFor(model, 'run', { ...small[model], epochs: 1000 }, dataset);
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train', projection });
  // What is shown first, and something later, however many steps lie between.
  await run.until(() => run.step > 5 && of(run, 'points').length >= 2);
  runs.pause('run');
  await run.reaches('paused');
  return { run, spec };
}

const change = (spec: Parameters<Runs['project']>[0], settings: ProjectionSettings) =>
  runs.project(spec, null, { settings, shown: null, frame: () => undefined });

test.each([
  ['gan', undefined, 1000],
  ['dcgan', undefined, 512],
  ['stylegan', 'fashion-mnist', 320],
] as const)(
  'T14 latents of a %s have pictures, classes and scores of the present weights',
  async (model, dataset, count) => {
    const { run } = await paused(model, from('latents'), dataset);
    const { header, channels } = last(run);
    expect(header).toMatchObject({ source: 'latents', count });
    expect(new Set(channels.class?.bytes).size).toBeGreaterThanOrEqual(1);
    expect(channels.score?.low).toBeGreaterThanOrEqual(0);
    expect(channels.score?.high).toBeLessThanOrEqual(1);
    const pictured = subjectsOf(of(run, 'subjects').at(-1));
    expect(pictured.header).toMatchObject({
      step: header.step,
      count,
      pictures: { height: 28, width: 28, channels: 1 },
    });
    expect(pictured.blob).toHaveLength(count * 784);
    const hash = createHash('sha256')
      .update(pictured.blob ?? '')
      .digest('hex');
    expect(pictured.header.pictures?.hash).toBe(hash);
    expect(subjectsOf(of(run, 'subjects')[0]).header.pictures?.hash).not.toBe(hash);
  },
);

test('T14 the pictures of latents are what the generator draws of them', async () => {
  const { run, spec } = await paused('gan', from('latents'));
  const again = new Recorder();
  const kept = run.checkpoints.at(-1) as Checkpoint;
  runs.discard('run');
  const projecting = { settings: from('latents'), shown: null, frame: (each: OutFrame) => again.frame(each) };
  runs.project(spec, kept, projecting);
  await again.until(() => of(again, 'points').length > 0 && of(again, 'subjects').length > 0);
  expect(subjectsOf(of(again, 'subjects')[0]).blob).toEqual(subjectsOf(of(run, 'subjects').at(-1)).blob);
  expect(last(again).positions).toEqual(last(run).positions);
});

test('T14 styles move while latents stay, and one begins where the other was', async () => {
  const { run, spec } = await paused('stylegan', from('latents'));
  const positions = of(run, 'points').map((each) => cloudOf(each).positions);
  for (const each of positions) expect(each).toEqual(positions[0]);
  change(spec, from('styles'));
  await run.until(() => last(run).header.source === 'styles');
  const before = last(run).positions;
  expect(before).toHaveLength(positions[0]?.length ?? 0);
  for (let step = run.step; run.step < step + 3; ) {
    const next = run.step + 1;
    runs.step('run');
    await run.until(
      () => run.step === next && run.last?.state === 'paused' && last(run).header.step === next,
    );
  }
  expect(last(run).positions).not.toEqual(before);
});

test('T14 another source begins anew, whichever method there is, and no pictures are drawn that nobody sees', async () => {
  const { run, spec } = await paused('gan', from('features', { method: 'tsne' }));
  expect(of(run, 'subjects')).toEqual([]);
  await run.until(() => (last(run).header.iteration ?? 0) > 50);
  change(spec, from('latents', { method: 'tsne' }));
  await run.until(() => last(run).header.source === 'latents');
  const first = of(run, 'points')
    .map(cloudOf)
    .find(({ header }) => header.source === 'latents');
  expect(first?.header.iteration).toBeLessThan(50);
  expect(subjectsOf(of(run, 'subjects')[0]).header.step).toBe(run.step);
  // A model without styles shows its first source.
  change(spec, from('styles', { method: 'pca' }));
  await run.until(() => last(run).header.source === 'features');
});

test('T14 a text model shows the state of a layer after each character, its kind and how well the next one is predicted', async () => {
  const { run, spec } = await paused('char-rnn', defaultProjection);
  const { header, channels } = last(run);
  expect(header).toMatchObject({ source: 'hidden', layer: 1, count: 2000 });
  const [told, ...others] = of(run, 'subjects').map(subjectsOf);
  expect(others).toEqual([]);
  // More are told of than are points, until people choose more.
  expect(told?.header.count).toBe(10_000);
  const { classes = [] } = header;
  expect(Array.from(channels.class?.bytes ?? [], (code) => classes[code])).toEqual(
    [...(told?.text ?? '')].slice(0, 2000).map(kindOfCharacter),
  );
  expect(channels.loss?.low).toBeGreaterThan(0);
  expect(channels.time).toMatchObject({ low: 0, high: 1999 });
  // The mean loss is about what the validation says: guessing among some 30 characters.
  const { low = 0, high = 0, bytes = new Uint8Array() } = channels.loss ?? {};
  const mean = bytes.reduce((sum, byte) => sum + low + ((high - low) * byte) / 255, 0) / bytes.length;
  expect(mean).toBeGreaterThan(2);
  expect(mean).toBeLessThan(5);
  change(spec, from('hidden', { layer: '1' }));
  await run.until(() => last(run).header.layer === 0);
  change(spec, from('hidden', { layer: '3', count: '5000' }));
  await run.until(() => last(run).header.layer === 1);
  expect(last(run).header.count).toBe(5000);
  expect(last(run).channels.time).toMatchObject({ low: 0, high: 4999 });
});
