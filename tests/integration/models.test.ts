import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelId } from '@/lib/catalog/models';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest } from '@/lib/protocol/sampling';
import type { RunSpec } from '@/lib/runs/status';
import type { Checkpoint, Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { unpackCheckpoint } from '@/server/worker/training/checkpoint';
import { Recorder, smallValues, specFor, workerFile } from '../support/worker';

const { autoencoder: _, ...others } = smallValues;
const small: Readonly<Record<Exclude<ModelId, 'autoencoder'>, Record<string, unknown>>> = {
  ...others,
  'char-rnn': { ...others['char-rnn'], recurrentDropout: 0.2 },
};
const models = Object.keys(small) as (keyof typeof small)[];
const isText = (model: ModelId) => model === 'char-rnn';

let runs: Runs;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'colatent-models-'));
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir });
});
afterEach(async () => {
  await runs.close();
  await rm(dataDir, { recursive: true });
});

function started(spec: RunSpec, from?: Checkpoint): Recorder {
  const run = new Recorder();
  runs.start(spec, run, { begin: 'train', from });
  return run;
}

async function pausedAfter(spec: RunSpec, steps: number): Promise<Recorder> {
  const run = started(spec);
  await run.until(() => run.step >= steps);
  runs.pause(spec.id);
  await run.reaches('paused');
  return run;
}

const last = (run: Recorder): Checkpoint => {
  const checkpoint = run.checkpoints.at(-1);
  if (!checkpoint) throw new Error('No checkpoint came');
  return checkpoint;
};

function headersOf(run: Recorder): FrameHeader[] {
  return run.frames.map((frame) => decodeFrame(frame.bytes).header);
}

/** A request that the model can answer, and one that it can't. */
function requestsOf(model: ModelId): readonly [fitting: SampleRequest, other: SampleRequest] {
  const text = { kind: 'text', prompt: 'Act ', length: 30, temperature: 0.5, seed: 1 } as const;
  const latents = Float32Array.from({ length: 3 * 5 }, (_, i) => i / 15);
  const images = { kind: 'images', latents: new Uint8Array(latents.buffer) } as const;
  return isText(model) ? [text, images] : [images, text];
}

describe.each(models)('%s', (model) => {
  test('T1 reports states, every step and what there is to see, within the limit of a frame', async () => {
    const spec = specFor(model, 'run', small[model]);
    const run = await pausedAfter(spec, 3);
    expect([...new Set(run.statuses.map(({ state }) => state))]).toEqual(['starting', 'training', 'paused']);
    expect(run.batches[0]?.values).toHaveLength(isText(model) ? 2 : 4);
    for (const batch of run.batches)
      for (const values of batch.values) expect([...values].every(Number.isFinite)).toBe(true);
    expect(run.batches.at(-1)?.pace.peakBytes).toBeGreaterThan(1e7);
    const kinds = new Set(headersOf(run).map(({ kind }) => kind));
    expect(kinds).toContain(isText(model) ? 'text' : 'images');
    expect(run.shown).toHaveLength(isText(model) ? 0 : 1);
    for (const frame of run.frames) expect(frame.bytes.length).toBeLessThanOrEqual(limits.frameBytes);
  });

  test('T5 a run that goes on from a checkpoint equals one that was never interrupted, bit for bit', async () => {
    const first = await pausedAfter(specFor(model, 'first', small[model]), 4);
    const from = last(first);
    runs.discard('first');
    const second = started(specFor(model, 'second', small[model]), from);
    await second.until(() => second.step >= from.step + 4);
    runs.pause('second');
    await second.reaches('paused');
    runs.discard('second');
    const whole = started(specFor(model, 'whole', small[model]));
    await whole.until(() => whole.step >= second.step);
    runs.discard('whole');
    const known = [...first.losses.slice(0, from.step), ...second.losses];
    expect(known).toEqual(whole.losses.slice(0, known.length));
    const { values } = unpackCheckpoint(from.bytes);
    expect(Object.values(values).every((each) => each.every(Number.isFinite))).toBe(true);
  });

  test('T8 samples come while it trains, while it is paused, and after it has ended', async () => {
    const spec = specFor(model, 'run', small[model]);
    const [request, other] = requestsOf(model);
    const run = started(spec);
    await expect(runs.sample(spec, null, request)).rejects.toThrow('not begun');
    await run.until(() => run.step > 0);
    const { step } = run;
    const during = await runs.sample(spec, null, request);
    expect(during.kind).toBe(request.kind);
    expect(during.step).toBeGreaterThanOrEqual(step);
    await expect(runs.sample(spec, null, other)).rejects.toThrow(/model|generator|autoencoder/);
    runs.pause('run');
    await run.reaches('paused');
    const paused = await runs.sample(spec, null, request);
    expect(paused).toEqual(await runs.sample(spec, null, request));
    runs.stop('run');
    await run.reaches('stopped');
    const after = await runs.sample(spec, last(run), request);
    expect(after).toEqual({ ...paused, step: last(run).step });
  });
});

test('T8 a request that is too large or malformed says what was expected', async () => {
  const spec = specFor('gan', 'run', small.gan);
  const run = await pausedAfter(spec, 1);
  expect(run.step).toBeGreaterThan(0);
  const ask = (latents: Uint8Array<ArrayBuffer>) => runs.sample(spec, null, { kind: 'images', latents });
  // Bytes from a socket lie somewhere in a larger buffer.
  const shared = Buffer.alloc(99).subarray(3, 23);
  expect(await ask(shared)).toMatchObject({ kind: 'images', count: 1 });
  await expect(ask(new Uint8Array(7))).rejects.toThrow('1 to 64 rows of 5 float32 numbers');
  await expect(ask(new Uint8Array(65 * 5 * 4))).rejects.toThrow('1 to 64 rows');
  await expect(ask(new Uint8Array(Float32Array.of(1, 2, Number.NaN, 4, 5).buffer))).rejects.toThrow('finite');
});
