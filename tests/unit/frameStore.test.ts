import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrameStore, type FrameStore, type FrameTopic, readSnapshot } from '@/app/_room/frameStore';
import { defaultValues, recipeSchema } from '@/lib/catalog/models';
import { encodeFrame, encodeHistory, floatPayload } from '@/lib/protocol/frames';
import type { Assets, RunView } from '@/lib/protocol/messages';
import { packPoints, unpackPoints } from '@/lib/protocol/pointPacking';
import { appendTraining, emptyHistory, type History } from '@/lib/runs/history';

const recipe = recipeSchema.parse({
  model: 'autoencoder',
  dataset: 'glyphs',
  values: defaultValues('autoencoder'),
});
const picture = { height: 2, width: 2, channels: 1 };
const assetsOf = (hash: string): Assets => ({ hash, count: 3, ...picture, classes: ['Disc', 'Ring'] });
/** Three labels, then three pictures of four pixels. */
const blob = Uint8Array.from([0, 1, 0, ...Array.from({ length: 12 }, (_, i) => i)]).buffer;

function runView(id: string, assets: Assets | null = null): RunView {
  const status = { state: 'training', step: 0, executor: 'onnx-cpu' } as const;
  return { spec: { id, recipe }, status, assets, weights: null, isApart: false };
}

const pace = { stepsPerEpoch: 10, totalSteps: 200, stepsPerSecond: 50, executor: 'onnx-cpu' };

interface MetricsFrame {
  run?: string;
  firstStep: number;
  losses: readonly number[];
  validation?: { step: number; values: number[] };
}

function metricsFrame({ run = 'a', firstStep, losses, validation }: MetricsFrame): Uint8Array {
  const header = { kind: 'metrics', run, firstStep, count: losses.length, pace, validation } as const;
  return encodeFrame(
    header,
    floatPayload(
      losses,
      losses.map((loss) => 1 - loss),
    ),
  );
}

function imagesFrame(run: string, step: number, pixels: readonly number[]): Uint8Array {
  return encodeFrame({ kind: 'images', run, step, count: 1, ...picture }, Uint8Array.from(pixels));
}

function listening(store: FrameStore) {
  const heard: FrameTopic[] = [];
  const topics = ['metrics', 'images', 'points', 'assets'] as const;
  const ends = topics.map((topic) => store.subscribe(topic, () => heard.push(topic)));
  return { heard, end: () => ends.map((end) => end()) };
}

const lossesOf = (store: FrameStore) =>
  store.get('metrics')?.history.training.map((point) => Math.round((point.values[0] ?? 0) * 1000) / 1000);

let errors: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => errors.mockRestore());

test('metrics come in order, both curves and the pace', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5, 0.25] }));
  const before = store.get('metrics');
  store.accept(metricsFrame({ firstStep: 3, losses: [0.125], validation: { step: 3, values: [0.2, 0.8] } }));
  const after = store.get('metrics');
  expect(lossesOf(store)).toEqual([0.5, 0.25, 0.125]);
  expect(after?.history.training.at(-1)).toEqual({ step: 3, values: [0.125, 0.875] });
  expect(after?.history.validation).toEqual([{ step: 3, values: [0.2, 0.8] }]);
  expect(after?.pace).toMatchObject({ totalSteps: 200, stepsPerSecond: 50, executor: 'onnx-cpu' });
  expect(after).not.toBe(before);
});

test('a metrics frame that comes twice changes nothing', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  const first = metricsFrame({ firstStep: 1, losses: [0.5, 0.25] });
  const overlapping = metricsFrame({
    firstStep: 2,
    losses: [0.25, 0.1],
    validation: { step: 3, values: [0.2, 0.8] },
  });
  for (const frame of [first, first, overlapping, overlapping, first]) store.accept(frame);
  expect(lossesOf(store)).toEqual([0.5, 0.25, 0.1]);
  expect(store.get('metrics')?.history.validation).toHaveLength(1);
});

test('a gap leaves the curve as it is', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5] }));
  const before = store.get('metrics');
  store.accept(metricsFrame({ firstStep: 3, losses: [0.1] }));
  expect(store.get('metrics')).toBe(before);
  expect(lossesOf(store)).toEqual([0.5]);
  store.accept(metricsFrame({ firstStep: 2, losses: [0.4] }));
  expect(lossesOf(store)).toEqual([0.5, 0.4]);
});

test('a history replaces the curve, and metrics go on from it', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.9] }));
  const history = emptyHistory(2);
  appendTraining(history, 1, [Float32Array.of(0.5, 0.25), Float32Array.of(0.5, 0.75)]);
  store.accept(encodeHistory('a', history, { ...pace, totalSteps: 300 }));
  expect(lossesOf(store)).toEqual([0.5, 0.25]);
  expect(store.get('metrics')?.pace?.totalSteps).toBe(300);
  store.accept(metricsFrame({ firstStep: 2, losses: [0.7, 0.125] }));
  expect(lossesOf(store)).toEqual([0.5, 0.25, 0.125]);
});

test('however the steps are cut and repeated, the curve is the server’s', () => {
  const seed = 20261123;
  const losses = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3000 });
  const cuts = fc.array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 50 })), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(losses, cuts, (values, pieces) => {
      const store = createFrameStore();
      store.setRun(runView('a'));
      const expected: History = emptyHistory(2);
      let done = 0;
      for (const [length, repeated] of pieces) {
        const first = Math.max(0, done - repeated);
        const piece = values.slice(first, done + length);
        if (piece.length === 0) continue;
        store.accept(metricsFrame({ firstStep: first + 1, losses: piece }));
        appendTraining(expected, first + 1, [
          Float32Array.from(piece),
          Float32Array.from(piece, (loss) => 1 - loss),
        ]);
        done = Math.min(values.length, done + length);
      }
      expect(store.get('metrics')?.history ?? emptyHistory(2)).toEqual(expected);
    }),
    { seed, numRuns: 30 },
  );
});

test('frames of another run, and any without a run, are ignored', () => {
  const store = createFrameStore();
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5] }));
  store.setRun(runView('a'));
  const { heard, end } = listening(store);
  store.accept(metricsFrame({ run: 'b', firstStep: 1, losses: [0.5] }));
  store.accept(imagesFrame('b', 1, [1, 2, 3, 4]));
  end();
  expect(heard).toEqual([]);
  expect(store.get('metrics')).toBeNull();
  expect(store.get('images')).toBeNull();
});

test('the newest images and points win', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  const { heard, end } = listening(store);
  store.accept(imagesFrame('a', 1, [0, 0, 0, 0]));
  store.accept(imagesFrame('a', 5, [9, 8, 7, 6]));
  const { packing, payload } = packPoints(Float32Array.of(2, -2, 0, 1, 1, 0), {
    loss: Float32Array.of(1, 3),
  });
  const made = { projection: 'tsne', dimensions: '2', iteration: 7 } as const;
  store.accept(
    encodeFrame({ kind: 'points', run: 'a', step: 5, ...packing, ...made, explained: [] }, payload),
  );
  end();
  store.accept(imagesFrame('a', 6, [1, 1, 1, 1]));
  expect(heard).toEqual(['images', 'images', 'points']);
  expect([...(store.get('images')?.pixels ?? [])]).toEqual([1, 1, 1, 1]);
  const cloud = store.get('points');
  if (!cloud) throw new Error('Points expected');
  expect(cloud).toMatchObject({ step: 5, count: 2, ...made, explained: [] });
  const { positions, channels } = unpackPoints(cloud, cloud.payload);
  expect(channels).toEqual({ loss: { low: 1, high: 3, bytes: Uint8Array.of(0, 255) } });
  [2, -2, 0, 1, 1, 0].forEach((value, i) => {
    expect(positions[i]).toBeCloseTo(value, 3);
  });
});

test('the same run announced again keeps everything; another one, or none, clears it', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5] }));
  store.accept(imagesFrame('a', 1, [1, 2, 3, 4]));
  const metrics = store.get('metrics');
  store.setRun(runView('a'));
  expect(store.get('metrics')).toBe(metrics);
  store.setRun(runView('b'));
  expect([store.get('metrics'), store.get('images')]).toEqual([null, null]);
  store.accept(metricsFrame({ run: 'b', firstStep: 1, losses: [0.4] }));
  expect(lossesOf(store)).toEqual([0.4]);
  store.setRun(null);
  expect(store.get('metrics')).toBeNull();
});

test('assets may come late, and are fetched once for all runs that share them', async () => {
  const load = vi.fn(async () => blob);
  const store = createFrameStore(load);
  store.setRun(runView('a'));
  expect(load).not.toHaveBeenCalled();
  store.setRun(runView('a', assetsOf('one')));
  store.setRun(runView('a', assetsOf('one')));
  await vi.waitFor(() => expect(store.get('assets')).not.toBeNull());
  expect([...(store.get('assets')?.labels ?? [])]).toEqual([0, 1, 0]);
  expect([...(store.get('assets')?.pixels ?? [])]).toEqual(Array.from({ length: 12 }, (_, i) => i));
  store.setRun(runView('b'));
  expect(store.get('assets')).toBeNull();
  store.setRun(runView('b', assetsOf('one')));
  expect(store.get('assets')?.hash).toBe('one');
  expect(load).toHaveBeenCalledTimes(1);
});

test('assets that arrive after their run has gone are not shown', async () => {
  let answer: (blob: ArrayBuffer) => void = () => undefined;
  const slow = new Promise<ArrayBuffer>((resolve) => {
    answer = resolve;
  });
  const load = vi.fn((hash: string) => (hash === 'slow' ? slow : Promise.resolve(blob)));
  const store = createFrameStore(load);
  store.setRun(runView('a', assetsOf('slow')));
  store.setRun(runView('b', assetsOf('fast')));
  await vi.waitFor(() => expect(store.get('assets')?.hash).toBe('fast'));
  answer(blob);
  await slow.then(() => undefined);
  store.setRun(runView('b', assetsOf('fast')));
  expect(store.get('assets')?.hash).toBe('fast');
  expect(load).toHaveBeenCalledTimes(2);
});

test('a failed or malformed load says so and is tried again with the next announcement', async () => {
  const answers = [
    Promise.reject(new Error('offline')),
    Promise.resolve(new ArrayBuffer(5)),
    Promise.resolve(blob),
  ];
  const load = vi.fn(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
  const store = createFrameStore(load);
  for (const calls of [1, 2]) {
    store.setRun(runView('a', assetsOf('one')));
    await vi.waitFor(() => expect(errors).toHaveBeenCalledTimes(calls));
    expect(store.get('assets')).toBeNull();
    await vi.waitFor(() => {
      store.setRun(runView('a', assetsOf('one')));
      expect(load).toHaveBeenCalledTimes(calls + 1);
    });
  }
  await vi.waitFor(() => expect(store.get('assets')?.hash).toBe('one'));
});

test('an unreadable frame is reported and changes nothing', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5] }));
  const before = store.get('metrics');
  const short = metricsFrame({ firstStep: 2, losses: [0.4, 0.3] }).slice(0, -8);
  for (const frame of [new Uint8Array(), new Uint8Array([255, 255, 255, 255, 1]), short]) store.accept(frame);
  expect(errors).toHaveBeenCalledTimes(3);
  expect(store.get('metrics')).toBe(before);
  expect(lossesOf(store)).toEqual([0.5]);
});

test('while views show the past, the newest waits for them, and metrics go on', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(imagesFrame('a', 5, [1, 2, 3, 4]));
  store.accept(imagesFrame('a', 9, [5, 6, 7, 8]));
  store.showPast(readSnapshot(imagesFrame('a', 5, [1, 2, 3, 4])));
  expect(store.moment.get()).toBe(5);
  expect(store.get('images')?.step).toBe(5);
  const { heard, end } = listening(store);
  store.accept(imagesFrame('a', 12, [9, 9, 9, 9]));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5] }));
  expect(heard).toEqual(['metrics']);
  expect(store.get('images')?.step).toBe(5);
  expect(store.newest.images.get()?.step).toBe(12);
  store.showPast(null);
  expect(store.moment.get()).toBeNull();
  expect(store.get('images')?.step).toBe(12);
  end();
  store.setRun(runView('b'));
  expect(store.moment.get()).toBeNull();
  expect(store.get('images')).toBeNull();
});

test('whoever looks at the past of a run goes on doing so when it makes room, then sees all of the present one', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  store.accept(metricsFrame({ firstStep: 1, losses: [0.5] }));
  store.showPast(readSnapshot(imagesFrame('a', 5, [1, 2, 3, 4])));
  for (const run of [null, runView('b')]) store.setRun(run);
  store.accept(metricsFrame({ run: 'b', firstStep: 1, losses: [0.25, 0.125] }));
  store.accept(imagesFrame('b', 2, [9, 9, 9, 9]));
  expect(store.moment.get()).toBe(5);
  expect(store.get('images')?.step).toBe(5);
  store.showPast(null);
  expect(store.moment.get()).toBeNull();
  expect(store.get('images')?.step).toBe(2);
  expect(store.newest.images.get()?.step).toBe(2);
  expect(lossesOf(store)).toEqual([0.25, 0.125]);
  store.accept(metricsFrame({ run: 'b', firstStep: 3, losses: [0.5] }));
  expect(lossesOf(store)).toEqual([0.25, 0.125, 0.5]);
});

test('codings come with their pictures, of any number of bytes', () => {
  const header = { kind: 'images', run: 'a', step: 3, count: 1, height: 3, width: 1, channels: 1 } as const;
  const coded = Int16Array.of(32767, -16384);
  const payload = new Uint8Array([1, 2, 3, ...new Uint8Array(coded.buffer)]);
  const frame = encodeFrame({ ...header, codings: { size: 2, scale: 4 } }, payload);
  const { images } = readSnapshot(frame);
  expect([...(images?.pixels ?? [])]).toEqual([1, 2, 3]);
  expect(images?.codings).toMatchObject({ size: 2, scale: 4 });
  expect(images?.codings?.values[0]).toBe(4);
  expect(images?.codings?.values[1]).toBeCloseTo(-2, 3);
  expect(readSnapshot(encodeFrame(header, Uint8Array.of(1, 2, 3))).images).not.toHaveProperty('codings');
});

test('what points stand for comes on its own, and goes with its run; a moment of the past says what its points were made from', () => {
  const store = createFrameStore();
  store.setRun(runView('a'));
  const told = { kind: 'subjects', run: 'a', step: 3, count: 2 } as const;
  store.accept(encodeFrame(told, new TextEncoder().encode('é\n')));
  const subjects = store.get('subjects');
  expect(new TextDecoder().decode(subjects?.payload)).toBe('é\n');
  const { packing, payload } = packPoints(Float32Array.of(1, 2, 3), {});
  const header = { kind: 'points', run: 'a', step: 3, projection: 'pca', ...packing } as const;
  store.accept(encodeFrame({ ...header, explained: [], source: 'styles' }, payload));
  store.showPast(
    readSnapshot(encodeFrame({ ...header, explained: [], step: 1, source: 'features' }, payload)),
  );
  expect(store.get('points')?.source).toBe('features');
  store.showPast(null);
  expect(store.get('points')?.source).toBe('styles');
  store.setRun(runView('b'));
  expect(store.get('subjects')).toBeNull();
});
