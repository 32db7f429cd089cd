import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curveColumns, formatMetric, readOutOf, smooth, trainingCurve } from '@/app/_views/curves';
import { appendTraining, appendValidation, emptyHistory } from '@/lib/runs/history';

test('without weight, smoothing changes nothing', () => {
  expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
});

test('smoothing is the weighted mean of what came before, corrected for the missing past', () => {
  // (0.5 * 4 + 0.25 * 8) / 0.75, then (0.5 * 2 + 0.25 * 4 + 0.125 * 8) / 0.875
  const [first, second, third] = smooth([8, 4, 2], 0.5);
  expect(first).toBeCloseTo(8);
  expect(second).toBeCloseTo(4 / 0.75);
  expect(third).toBeCloseTo(3 / 0.875);
});

test('a smoothed curve stays within the range of the raw one, and a constant one stays itself', () => {
  const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 200 });
  const weight = fc.double({ min: 0, max: 0.98, noNaN: true });
  fc.assert(
    fc.property(values, weight, (raw, w) => {
      const low = Math.min(...raw) - 1e-9;
      const high = Math.max(...raw) + 1e-9;
      for (const value of smooth(raw, w)) {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }
      for (const value of smooth(
        raw.map(() => 0.3),
        w,
      ))
        expect(value).toBeCloseTo(0.3, 9);
    }),
    { seed: 42 },
  );
});

test('missing values are passed over', () => {
  expect(smooth([1, null, 1], 0.9)).toEqual([1, null, 1]);
});

function history() {
  const built = emptyHistory(2);
  const losses = Float32Array.of(0.5, Number.NaN, 0.25);
  appendTraining(built, 1, [losses, Float32Array.of(0, 0, 0)]);
  appendValidation(built, { step: 2, values: [0.75, 0.5] });
  return built;
}

test('columns align training and validation by step; what is not a number is missing', () => {
  const [steps, raw, smoothed, validation] = curveColumns(history(), 0, 0);
  expect([...(steps ?? [])]).toEqual([1, 2, 3]);
  expect([...(raw ?? [])]).toEqual([0.5, null, 0.25]);
  expect([...(smoothed ?? [])]).toEqual([0.5, null, 0.25]);
  expect([...(validation ?? [])].map((value) => value ?? null)).toEqual([null, 0.75, null]);
});

test('the bucket that is being filled is the last point', () => {
  const built = emptyHistory(1);
  built.stride = 4;
  appendTraining(built, 1, [Float32Array.of(4, 4, 4, 4, 1, 3)]);
  expect(trainingCurve(built)).toEqual([
    { step: 4, values: [4] },
    { step: 6, values: [2] },
  ]);
});

test('a read-out takes the last known values at its place, or the newest', () => {
  const columns = curveColumns(history(), 0, 0);
  expect(readOutOf(columns, 0)).toEqual({ step: 1, training: 0.5, validation: null });
  expect(readOutOf(columns, 1)).toEqual({ step: 2, training: 0.5, validation: 0.75 });
  expect(readOutOf(columns, null)).toEqual({ step: 3, training: 0.25, validation: 0.75 });
  expect(readOutOf([[], [], [], []], null)).toBeNull();
});

test('metrics are written with four digits', () => {
  expect([0.30612, 12.3456, null].map(formatMetric)).toEqual(['0.3061', '12.35', '–']);
});
