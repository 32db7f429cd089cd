import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelId } from '@/lib/catalog/models';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { type DiversityPoint, watchOf } from '@/lib/runs/diversity';
import type { Network, RunSpec } from '@/lib/runs/status';
import type { Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { unpackCheckpoint } from '@/server/worker/training/checkpoint';
import { machineIn } from '@/server/worker/training/pace';
import { Recorder, smallValues, specFor, workerFile } from '../support/worker';

const { gan: small, dcgan, stylegan } = smallValues;

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

async function paused(model: ModelId, values: Record<string, unknown>): Promise<[RunSpec, Recorder]> {
  const spec = specFor(model, 'run', values);
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train' });
  await run.until(() => run.step >= 3);
  runs.pause('run');
  await run.reaches('paused');
  return [spec, run];
}

/** Takes one step and waits until the run holds again. */
async function stepped(run: Recorder, network?: Network): Promise<Record<string, Float32Array>> {
  const before = run.step;
  runs.step('run', network);
  await run.until(() => run.step === before + 1 && run.checkpoints.at(-1)?.step === before + 1);
  return weightsOf(run);
}

function weightsOf(run: Recorder): Record<string, Float32Array> {
  return unpackCheckpoint(run.checkpoints.at(-1)?.bytes ?? new Uint8Array()).values;
}

/** Names whose numbers are not bit for bit the same. */
const changed = (a: Record<string, Float32Array>, b: Record<string, Float32Array>): string[] =>
  Object.keys(a).filter((name) =>
    Buffer.compare(Buffer.from(bytesOf(a[name])), Buffer.from(bytesOf(b[name]))),
  );

const bytesOf = (values: Float32Array = new Float32Array()): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const models = { gan: small, dcgan, stylegan };

describe.each(Object.entries(models))('%s', (model, values) => {
  test('T12 a step of one network leaves the other one as it is, bit for bit, and the curve goes on', async () => {
    const [, run] = await paused(model as ModelId, values);
    const start = weightsOf(run);
    const afterGenerator = await stepped(run, 'generator');
    const moved = changed(start, afterGenerator);
    expect(moved.length).toBeGreaterThan(1);
    expect(moved.every((name) => name.startsWith('generator/'))).toBe(true);
    const afterDiscriminator = await stepped(run, 'discriminator');
    const judged = changed(afterGenerator, afterDiscriminator);
    expect(judged.length).toBeGreaterThan(1);
    expect(judged.every((name) => name.startsWith('discriminator/'))).toBe(true);
    const both = changed(afterDiscriminator, await stepped(run)).map((name) => name.split('/')[0]);
    expect([...new Set(both)].sort()).toEqual(['discriminator', 'generator']);
    for (const [i, batch] of run.batches.entries()) {
      const before = run.batches[i - 1];
      const end = before ? before.firstStep + (before.values[0]?.length ?? 0) : 1;
      expect(batch.firstStep).toBe(end);
      expect(batch.values).toHaveLength(4);
    }
  });

  test('T13 the stages of the next step are what the step then does', async () => {
    const steps = { discriminatorSteps: 2, generatorSteps: 2 };
    const [spec, run] = await paused(model as ModelId, { ...values, ...steps });
    const stages = await runs.sample(spec, null, { kind: 'stages' });
    if (stages.kind !== 'stages') throw new Error(`Stages expected, got ${stages.kind}`);
    expect(stages.step).toBe(run.step);
    expect(stages).toEqual(await runs.sample(spec, null, { kind: 'stages' }));
    const { count, scores, losses } = stages;
    expect(stages.reals).toHaveLength(count * 784);
    expect(stages.fakes).not.toEqual(stages.freshFakes);
    expect(stages.freshFakes).not.toEqual(stages.freshFakesAfter);
    await stepped(run);
    const real = run.batches.at(-1)?.values.map((each) => each[0] as number) ?? [];
    const told = [losses.discriminator, losses.generator, scores.real.before.mean, scores.fake.before.mean];
    told.forEach((value, i) => {
      expect(value).toBeCloseTo(real[i] as number, 4);
    });
    if (model !== 'gan') return;
    // The dense generator has no other state: what it now makes of that noise was predicted.
    const now = await runs.sample(spec, null, { kind: 'images', latents: stages.freshNoise });
    expect(now.kind === 'images' && now.pixels).toEqual(stages.freshFakesAfter);
  });
});

test('T13 a model of one network has no stages', async () => {
  const [spec] = await paused('autoencoder', {});
  await expect(runs.sample(spec, null, { kind: 'stages' })).rejects.toThrow('An autoencoder');
});

const diversityOf = (run: Recorder): DiversityPoint[] =>
  framesOf(run, 'diversity').map(({ header }) => header);

test('T11 the fixed grid is of the same noise throughout, the other of fresh noise each time', async () => {
  // A generator that hardly learns shows the same images of the same noise.
  const spec = specFor('gan', 'run', { ...small, generatorLearningRate: 0.00001 });
  const run = new Recorder();
  runs.start(spec, run, { begin: 'step' });
  await run.reaches('paused');
  await stepped(run);
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

test('T11 diversity is measured from the first step on, and a run that is set to collapse is seen to', async () => {
  const spec = specFor('gan', 'run', { generatorLearningRate: 0.03, epochs: 1000 });
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train' });
  await run.until(() => watchOf(diversityOf(run)).verdict === 'collapsed');
  const points = diversityOf(run);
  expect(points[0]).toMatchObject({ step: machineIn(process.env).firstSteps });
  expect(points.every(({ spread, coverage }) => spread >= 0 && (coverage ?? 0) >= 0.1)).toBe(true);
  expect(watchOf(points).since).toBeGreaterThan(300);
  expect(points.some(({ step }, i) => step < (points[i - 1]?.step ?? 0))).toBe(false);
});
