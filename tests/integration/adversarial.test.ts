import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { type VarietyPoint, watchOf } from '@/lib/runs/variety';
import type { Runs } from '@/server/runs/runs';
import { createRuns } from '@/server/runs/scheduler';
import { Recorder, specFor, workerFile } from '../support/worker';

const small = { generatorUnits: [16], discriminatorUnits: [16], batchSize: 8, codingSize: 5 };

let runs: Runs;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'colatent-adversarial-'));
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir });
});
afterEach(async () => {
  await runs.close();
  await rm(dataDir, { recursive: true });
});

type Header<Kind extends FrameHeader['kind']> = Extract<FrameHeader, { kind: Kind }>;

/** Frames of a kind, in order. */
function framesOf<Kind extends FrameHeader['kind']>(run: Recorder, kind: Kind) {
  return run.frames
    .filter((frame) => frame.kind === kind)
    .map(({ bytes }) => decodeFrame(bytes) as { header: Header<Kind>; payload: ArrayBuffer });
}

const varietyOf = (run: Recorder): VarietyPoint[] => framesOf(run, 'variety').map(({ header }) => header);

test('T9 the fixed grid is of the same noise throughout, the other of fresh noise each time', async () => {
  // A generator that hardly learns shows the same images of the same noise.
  const spec = specFor('gan', 'run', { ...small, generatorLearningRate: 0.00001 });
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train' });
  await run.until(() => framesOf(run, 'images').length >= 3 && run.step >= 3);
  runs.pause('run');
  await run.reaches('paused');
  const [first, ...later] = framesOf(run, 'images').filter(
    ({ header }, i, all) => header.step !== all[i - 1]?.header.step,
  );
  if (!first) throw new Error('No images came');
  const { count, fresh = 0, scores = [] } = first.header;
  expect([count, fresh, scores.length]).toEqual([48, 24, 48]);
  expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  const parts = ({ payload }: { payload: ArrayBuffer }) => {
    const bytes = new Uint8Array(payload, 0, count * 784);
    return { fixed: bytes.slice(0, 24 * 784), fresh: bytes.slice(24 * 784) };
  };
  const distance = (a: Uint8Array, b: Uint8Array) =>
    a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
  expect(later.length).toBeGreaterThan(0);
  for (const frame of later) {
    const moved = distance(parts(first).fixed, parts(frame).fixed);
    expect(distance(parts(first).fresh, parts(frame).fresh)).toBeGreaterThan(3 * moved);
  }
});

test('T9 variety is measured from the start on, and a run that is set to collapse is seen to', async () => {
  const spec = specFor('gan', 'run', { generatorLearningRate: 0.03, epochs: 1000 });
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train' });
  await run.until(() => watchOf(varietyOf(run)).verdict === 'collapsed');
  const points = varietyOf(run);
  expect(points[0]).toMatchObject({ step: 0 });
  expect(points.every(({ spread, coverage }) => spread >= 0 && (coverage ?? 0) >= 0.1)).toBe(true);
  expect(watchOf(points).since).toBeGreaterThan(300);
  expect(points.some(({ step }, i) => step < (points[i - 1]?.step ?? 0))).toBe(false);
});
