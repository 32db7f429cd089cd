import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import { decodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { unpackPoints } from '@/lib/protocol/pointPacking';
import type { Checkpoint, OutFrame, Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { Recorder, specFor, specOf, workerFile } from '../support/worker';

let runs: Runs;
beforeEach(() => {
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir: '/nowhere' });
});
afterEach(() => runs.close());

const spec = specOf('run', { hiddenUnits: [20], codingSize: 4, validationShare: 2, epochs: 1000 });
const tsne: ProjectionSettings = { ...defaultProjection, method: 'tsne', perplexity: 10 };

/** Points of a frame, and how they were made. */
function cloudOf(frame: OutFrame | undefined) {
  const { header, payload } = decodeFrame(frame?.bytes ?? new Uint8Array());
  if (header.kind !== 'points') throw new Error(`A points frame expected, got ${header.kind}`);
  const { positions, channels } = unpackPoints(header, payload);
  return { header, points: positions, channels };
}

const clouds = (run: Recorder) => run.frames.filter(({ kind }) => kind === 'points');
const last = (run: Recorder) => cloudOf(clouds(run).at(-1)).header;

async function paused(projection: ProjectionSettings): Promise<Recorder> {
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train', projection });
  await run.until(() => run.step > 50);
  runs.pause('run');
  await run.reaches('paused');
  return run;
}

/** How alike two clouds lie, whatever their size: 1 for the same, 0 for a turn by a quarter. */
function likeness(before: Float32Array, after: Float32Array): number {
  const product = after.reduce((sum, value, i) => sum + value * (before[i] as number), 0);
  return product / (Math.hypot(...before) * Math.hypot(...after));
}

test('T9 t-SNE moves on while the run trains and while it is paused, each frame near the one before', async () => {
  const run = await paused(tsne);
  const first = cloudOf(clouds(run)[0]);
  expect(first.header).toMatchObject({ projection: 'tsne', dimensions: '3', explained: [], count: 120 });
  await run.until(() => (last(run).iteration ?? 0) >= 1000);
  const held = clouds(run).slice(-12).map(cloudOf);
  expect(new Set(held.map(({ header }) => header.step)).size).toBe(1);
  for (const [i, { points }] of held.entries())
    if (i > 0) expect(likeness((held[i - 1] as (typeof held)[0]).points, points)).toBeGreaterThan(0.9);
});

test('T9 each point comes with its loss, between the least and the worst', async () => {
  const { channels } = cloudOf(clouds(await paused(defaultProjection)).at(-1));
  const { low = 0, high = 0, bytes = [] } = channels.loss ?? {};
  expect(bytes).toHaveLength(120);
  expect(Math.max(...bytes)).toBe(255);
  expect(Math.min(...bytes)).toBe(0);
  expect(high).toBeGreaterThan(low);
  expect(low).toBeGreaterThan(0);
});

test('T9 another method, fewer dimensions and a pause of the points take effect in a paused run', async () => {
  const run = await paused(defaultProjection);
  const [{ spec: kept }, from] = [{ spec }, null];
  const project = (settings: ProjectionSettings) =>
    runs.project(kept, from, { settings, shown: null, frame: () => undefined });
  project({ ...defaultProjection, method: 'umap', dimensions: '2' });
  await run.until(() => last(run).projection === 'umap' && (last(run).iteration ?? 0) > 20);
  const flat = cloudOf(clouds(run).at(-1));
  expect(flat.header.dimensions).toBe('2');
  expect(flat.points.every((value, i) => i % 3 < 2 || value === 0)).toBe(true);
  project({ ...tsne, motion: 'paused' });
  await run.until(() => last(run).projection === 'tsne');
  expect(last(run).iteration).toBe(0);
  project(tsne);
  await run.until(() => (last(run).iteration ?? 0) > 100);
});

test('T9 there are as many points as chosen, each with its class, and at most as many as images', async () => {
  const run = new Recorder();
  const gan = specFor('gan', 'run', { epochs: 1000 });
  runs.start(gan, run, { begin: 'train' });
  await run.until(() => run.step > 10 && clouds(run).length > 0);
  runs.pause('run');
  await run.reaches('paused');
  const { assets, blob } = run.shown[0] ?? {};
  const labelled = assets?.labelled ?? 0;
  expect(labelled).toBeGreaterThan(2000);
  expect(assets?.count).toBe(2000);
  expect(blob?.length).toBe(labelled + 2000 * 28 * 28);
  for (const [count, expected] of [
    ['5000', 5000],
    ['500', 500],
    ['10000', labelled],
  ] as const) {
    const settings = { ...defaultProjection, count };
    runs.project(gan, null, { settings, shown: null, frame: () => undefined });
    await run.until(() => last(run).count === expected);
    const { points } = cloudOf(clouds(run).at(-1));
    expect(points).toHaveLength(3 * expected);
    expect(points.every(Number.isFinite)).toBe(true);
    expect(clouds(run).at(-1)?.bytes.length).toBeLessThanOrEqual(limits.frameBytes);
  }
});

test('T9 a run that no process holds is projected from its checkpoint, on from the points that people see', async () => {
  const run = await paused(tsne);
  await run.until(() => (last(run).iteration ?? 0) > 300);
  const shown = clouds(run).at(-1) as OutFrame;
  const checkpoint = run.checkpoints.at(-1) as Checkpoint;
  runs.discard('run');
  const served = new Recorder();
  const frame = (each: OutFrame) => served.frame(each);
  runs.project(spec, checkpoint, { settings: tsne, shown: shown.bytes, frame });
  await served.until(() => served.frames.length > 0 && (last(served).iteration ?? 0) >= 1000);
  const first = cloudOf(served.frames[0]);
  expect(first.header.step).toBe(checkpoint.step);
  expect(first.header.iteration).toBeGreaterThan(300);
  expect(likeness(cloudOf(shown).points, first.points)).toBeGreaterThan(0.9);
  expect(served.frames.every(({ kind }) => kind === 'points')).toBe(true);
});

test.each([
  ['gan', 2000],
  ['dcgan', 500],
] as const)('T9 what the discriminator of a %s sees of %i real images is projected', async (model, count) => {
  const run = new Recorder();
  runs.start(specFor(model, 'run', { batchSize: 4, epochs: 1000 }), run, { begin: 'train' });
  await run.until(() => clouds(run).length >= 2);
  const { header, points } = cloudOf(clouds(run).at(-1));
  expect(header).toMatchObject({ projection: 'pca', count });
  expect(header.channels).toEqual([]);
  expect(new Set(points).size).toBeGreaterThan(count);
});
