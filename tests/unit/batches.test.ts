import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Batches } from '@/server/worker/training/batches';
import { CheckpointError, packCheckpoint, unpackCheckpoint } from '@/server/worker/training/checkpoint';
import { Cadence, machineIn, Pace } from '@/server/worker/training/pace';
import { trainingCount } from '@/server/worker/training/tasks/autoencoder';

/** One pixel an image, whose value is the image's number. */
const numbered = (count: number) => Uint8Array.from({ length: count }, (_, i) => i);

test('every epoch takes each training image once, in an order of its own', () => {
  const batches = new Batches(numbered(25), 1, 20, 5, 42);
  const epochs = [1, 5, 9].map((step) => [...batches.stack(step, 4)]);
  for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual([...numbered(20)]);
  expect(new Set(epochs.map(String)).size).toBe(3);
});

test('what a step sees depends on its number alone, however the steps are grouped', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 }),
      (count, batchSize, groups) => {
        const make = () => new Batches(numbered(count), 1, count, batchSize, 7);
        const total = groups.reduce((a, b) => a + b);
        const grouped = make();
        let step = 1;
        const parts = groups.flatMap((steps) => {
          const part = [...grouped.stack(step, steps)];
          step += steps;
          return part;
        });
        expect(parts).toEqual([...make().stack(1, total)]);
        expect([...make().stack(step - 1, 1)]).toEqual(parts.slice(-batchSize));
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

test('epochs end where their last image has been seen', () => {
  const batches = new Batches(numbered(10), 1, 10, 4, 1);
  const ends = [1, 2, 3, 4, 5, 6, 7, 8].filter((step) => batches.endsEpoch(step));
  expect(ends).toEqual([3, 5, 8]);
  expect([0, 3, 5].map((step) => batches.nextEpochEnd(step))).toEqual([3, 5, 8]);
  expect(batches.stepsFor(3)).toBe(8);
});

test('the split is in order, in whole images, and leaves one on each side', () => {
  expect(trainingCount(3615, 13.83)).toBe(3115);
  expect(trainingCount(60000, 8.3333)).toBe(55000);
  expect(trainingCount(2, 1)).toBe(1);
  expect(trainingCount(10, 1)).toBe(9);
});

/** Sizes of the first chunks where a step takes 0.8 ms. */
function chunkSizes(pace: Pace): number[] {
  const sizes: number[] = [];
  for (let now = 0, i = 0; i < 12; i++) {
    sizes.push(pace.chunkSteps);
    const end = now + pace.chunkSteps * 0.8;
    pace.measured(pace.chunkSteps, now, end);
    now = end;
  }
  return sizes;
}

test('chunks at most double and settle at 40 ms', () => {
  const pace = new Pace(machineIn({}));
  expect(chunkSizes(pace)).toEqual([1, 2, 4, 8, 16, 32, 50, 50, 50, 50, 50, 50]);
  expect(pace.stepsPerSecond).toBeCloseTo(1250, 0);
  expect(pace.lag(40)).toBe(0);
});

test('tests say what machine they would train on', () => {
  const machine = machineIn({ COLATENT_TEST_MACHINE: '{"chunkMs":80,"firstSteps":16,"slowdown":3}' });
  expect(chunkSizes(new Pace(machine)).slice(0, 5)).toEqual([16, 32, 64, 100, 100]);
  expect(new Pace(machine).lag(40)).toBe(80);
  expect(new Pace(machine).shown([100, 0.03])).toEqual([300, 0.01]);
  for (const wrong of ['{"slowdown":0.5}', '{"speed":2}', '7'])
    expect(() => machineIn({ COLATENT_TEST_MACHINE: wrong })).toThrow('COLATENT_TEST_MACHINE');
});

test('something periodic that takes long comes less often', () => {
  const cadence = new Cadence(100, 0.1);
  expect(cadence.due(0)).toBe(true);
  cadence.done(0, 5);
  expect([99, 100].map((now) => cadence.due(now))).toEqual([false, true]);
  cadence.done(100, 150);
  expect([599, 600].map((now) => cadence.due(now))).toEqual([false, true]);
  cadence.done(600, 1_000);
  expect([4_599, 4_600].map((now) => cadence.due(now))).toEqual([false, true]);
});

test('what the first one costs, which warms things up, keeps the second one waiting for two seconds at most', () => {
  const cadence = new Cadence(100, 0.1);
  cadence.done(0, 400);
  expect([1_999, 2_000].map((now) => cadence.due(now))).toEqual([false, true]);
});

test('something eager may come more often in its first five seconds', () => {
  const cadence = new Cadence(100, 0.1, true);
  cadence.done(0, 15);
  expect([99, 100].map((now) => cadence.due(now))).toEqual([false, true]);
  cadence.done(100, 190);
  expect([399, 400].map((now) => cadence.due(now))).toEqual([false, true]);
  cadence.done(5_000, 5_090);
  expect([5_899, 5_900].map((now) => cadence.due(now))).toEqual([false, true]);
});

test('a checkpoint comes back bit for bit', () => {
  const values = {
    weights: Float32Array.of(1, -0, 1e-40),
    bias: new Float32Array(0),
    more: Float32Array.of(7),
  };
  const packed = packCheckpoint({ step: 12, values });
  const shifted = new Uint8Array(packed.length + 1);
  shifted.set(packed, 1);
  expect(unpackCheckpoint(shifted.subarray(1))).toEqual({ step: 12, values });
});

test.each([0, 3, 40, -1])('a checkpoint cut to %i bytes is refused', (length) => {
  const packed = packCheckpoint({ step: 1, values: { weights: new Float32Array(4) } });
  expect(() => unpackCheckpoint(packed.slice(0, length))).toThrow(CheckpointError);
});
