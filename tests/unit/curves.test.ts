import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Curve, chartsOf } from '@/app/_features/curves/charts';
import {
  curveColumns,
  describe,
  diversityHistory,
  emptyColumns,
  formatMetric,
  readOutBy,
  readOutOf,
  smooth,
  trainingCurve,
} from '@/app/_features/curves/curves';
import { inEnglish } from '@/app/_ui/language';
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
  const [steps, raw, smoothed, validation] = curveColumns(history(), [0], 0);
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
  const columns = curveColumns(history(), [0], 0);
  const at = (index: number | null) => readOutOf(columns, index);
  expect(at(0)).toEqual({ step: 1, readings: [{ training: 0.5, validation: null }] });
  expect(at(1)).toEqual({ step: 2, readings: [{ training: 0.5, validation: 0.75 }] });
  expect(at(null)).toEqual({ step: 3, readings: [{ training: 0.25, validation: 0.75 }] });
  expect(readOutOf(emptyColumns(2), null)).toBeNull();
});

const curve = (label: Curve['label']): Curve => ({ metric: 0, label, side: null });

test('metrics of one chart have a reading each, in its order', () => {
  const columns = curveColumns(history(), [1, 0], 0);
  expect(columns).toHaveLength(emptyColumns(2).length);
  const readOut = readOutOf(columns, null);
  expect(readOut).toEqual({
    step: 3,
    readings: [
      { training: 0, validation: 0.5 },
      { training: 0.25, validation: 0.75 },
    ],
  });
  expect(describe(readOut, [curve('Real'), curve('Generated')], inEnglish)).toBe(
    'Step 3: Real 0.000, Validation 0.5000, Generated 0.2500, Validation 0.7500',
  );
});

test('without an evaluation only training is read out', () => {
  const readOut = { step: 7, readings: [{ training: 0.5, validation: null }] };
  expect(describe(readOut, [curve('Loss')], inEnglish)).toBe('Step 7: Training 0.5000');
});

test("a model's metrics of one kind share a chart, in the colours of their side", () => {
  expect(
    chartsOf('autoencoder').map(({ label, curves }) => [label, curves.map(({ metric }) => metric)]),
  ).toEqual([
    ['Loss', [0]],
    ['Rounded accuracy', [1]],
  ]);
  expect(chartsOf('gan').map(({ group, label, curves }) => [group, label, curves])).toEqual([
    [
      'loss',
      'Loss',
      [
        { metric: 0, label: 'Discriminator', side: 'real' },
        { metric: 1, label: 'Generator', side: 'generated' },
      ],
    ],
    [
      'score',
      'Score',
      [
        { metric: 2, label: 'Real', side: 'real' },
        { metric: 3, label: 'Generated', side: 'generated' },
      ],
    ],
    [
      'diversity',
      'Diversity',
      [
        { metric: 0, label: 'Spread', side: 'generated' },
        { metric: 1, label: 'Classes', side: null },
      ],
    ],
  ]);
});

test('diversity is drawn at its own steps, and where classes are unknown, nothing', () => {
  const history = { ...emptyHistory(4), step: 9 };
  history.diversity.push({ step: 4, spread: 0.5, coverage: 0.9 }, { step: 8, spread: 0.7, coverage: null });
  const [steps, spread, , coverage] = curveColumns(diversityHistory(history), [0, 1], 0);
  expect([steps, spread, coverage]).toEqual([
    [4, 8],
    [0.5, 0.7],
    [0.9, null],
  ]);
});

test('metrics are written with four digits', () => {
  expect([0.30612, 12.3456, null].map(formatMetric)).toEqual(['0.3061', '12.35', '–']);
});

test('a text model’s loss is told in nats or in bits, training and validation alike', () => {
  const [loss] = chartsOf('char-rnn', 'bits');
  expect(chartsOf('char-rnn')[0]).toMatchObject({ label: 'Loss (nats)', scale: 1 });
  expect(chartsOf('autoencoder', 'bits')[0]?.scale).toBeUndefined();
  const [, raw, , validation] = curveColumns(history(), [0], 0, loss?.scale);
  const [, nats, , validationNats] = curveColumns(history(), [0], 0);
  const inBits = (column: typeof nats) =>
    Array.from(column ?? [], (each) =>
      typeof each === 'number' ? expect.closeTo(each / Math.LN2, 6) : each,
    );
  expect(Array.from(raw ?? [])).toEqual(inBits(nats));
  expect(Array.from(validation ?? [])).toEqual(inBits(validationNats));
});

test('what is read at a moment is untouched by what comes after it, whatever the buckets hold', () => {
  const steps = fc.integer({ min: 1, max: 9000 });
  const property = fc.property(steps, fc.nat(9000), fc.array(fc.nat(9000)), (count, moment, evaluated) => {
    const build = (valueAt: (step: number) => number) => {
      const history = emptyHistory(1);
      appendTraining(history, 1, [Float32Array.from({ length: count }, (_, i) => valueAt(i + 1))]);
      for (const step of evaluated.toSorted((a, b) => a - b))
        appendValidation(history, { step, values: [valueAt(step)] });
      return readOutBy(curveColumns(history, [0], 0.6), moment);
    };
    const readOut = build(Math.sin);
    expect(readOut?.step ?? 0).toBeLessThanOrEqual(moment);
    expect(build((step) => (step > moment ? 1000 : Math.sin(step)))).toEqual(readOut);
  });
  fc.assert(property, { seed: 3 });
});
