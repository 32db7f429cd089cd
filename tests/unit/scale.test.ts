import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFraction, nudge, type Range, toFraction } from '@/app/_ui/scale';
import { models } from '@/lib/catalog/models';
import { valueSchema } from '@/lib/catalog/parameters';

const rate: Range = { min: 0.00001, max: 10, integer: false, scale: 'log' };
const size: Range = { min: 2, max: 256, integer: true, scale: 'log' };
const share: Range = { min: 1, max: 50, integer: false, scale: 'linear' };
const weight: Range = { min: 0, max: 50, integer: false, scale: 'square' };
const seed: Range = { min: 0, max: 999999, integer: true, scale: 'linear' };

test('a log slider moves by factors', () => {
  expect(toFraction(0.01, rate)).toBeCloseTo(0.5);
  expect(fromFraction(0.5, rate)).toBeCloseTo(0.01);
  expect(fromFraction(0, rate)).toBe(0.00001);
  expect(fromFraction(1, rate)).toBe(10);
});

test('a square slider is fine near its least value, which it reaches', () => {
  expect(toFraction(0, weight)).toBe(0);
  expect(fromFraction(0.1, weight)).toBe(0.5);
  expect(fromFraction(1, weight)).toBe(50);
  expect(nudge(0, 1, false, weight)).toBe(0.005);
  expect(nudge(0.5, 1, true, weight)).toBe(2);
  expect(nudge(0.005, -1, false, weight)).toBe(0);
  expect(nudge(50, 1, true, weight)).toBe(50);
});

test('a slider gives whole numbers where the parameter is whole', () => {
  expect(fromFraction(0.5, size)).toBe(23);
  expect(fromFraction(0.5, seed)).toBe(500000);
});

test('arrow keys always move, by one at least where the parameter is whole', () => {
  expect(nudge(2, 1, false, size)).toBe(3);
  expect(nudge(100, 1, false, size)).toBe(110);
  expect(nudge(100, -1, true, size)).toBe(50);
  expect(nudge(42, 1, false, seed)).toBe(43);
  expect(nudge(42, 1, true, seed)).toBe(52);
  expect(nudge(8.3333, 1, false, share)).toBe(9);
});

test('arrow keys stop at the ends', () => {
  expect(nudge(10, 1, true, rate)).toBe(10);
  expect(nudge(2, -1, true, size)).toBe(2);
  expect(nudge(0, -1, true, seed)).toBe(0);
});

test('whatever a slider or a key gives, the catalog accepts', () => {
  const numbers = models.flatMap((model) => model.parameters.filter((each) => each.kind === 'number'));
  const step = fc.record({ up: fc.boolean(), large: fc.boolean() });
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(step, { maxLength: 20 }),
      (parameter, fraction, steps) => {
        const values = [fromFraction(fraction, parameter)];
        for (const { up, large } of steps)
          values.push(nudge(values.at(-1) ?? 0, up ? 1 : -1, large, parameter));
        for (const value of values) expect(valueSchema(parameter).safeParse(value).success).toBe(true);
      },
    ),
    { seed: 20260101 },
  );
});
