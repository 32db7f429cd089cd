import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fittingSize } from '@/app/_features/writing/fill';

const words = (count: number) => 'to be or not to be '.repeat(count).trim();
const texts = fc.array(
  fc.constantFrom('to be', 'ROMEO:', '\n', 'a', '\uc0b0\uc5d0\ub294 \uaf43', 'x'.repeat(90)),
  {
    minLength: 1,
    maxLength: 80,
  },
);

test('letters fill the box: they fit, and larger ones would not, or are as large as letters get', () => {
  fc.assert(
    fc.property(
      texts,
      fc.integer({ min: 200, max: 3000 }),
      fc.integer({ min: 100, max: 2000 }),
      (parts, width, height) => {
        const size = fittingSize(parts.join(' '), width, height, 14);
        expect(size).toBeGreaterThanOrEqual(14);
        expect(size).toBeLessThanOrEqual(Math.max(14, width / 12));
        // A box twice as large both ways takes letters twice as large, or nearly.
        const twice = fittingSize(parts.join(' '), 2 * width, 2 * height, 14);
        if (size > 14) expect(twice).toBeGreaterThanOrEqual(2 * size - 2);
      },
    ),
  );
});

test('on a projector 300 letters are far larger than in a window; what does not fit stays readable', () => {
  const text = words(16);
  expect(fittingSize(text, 600, 900, 14)).toBeGreaterThan(30);
  expect(fittingSize(text, 1800, 900, 14)).toBeGreaterThan(45);
  expect(fittingSize(words(600), 300, 200, 14)).toBe(14);
  expect(fittingSize('\uac00'.repeat(300), 600, 900, 14)).toBeLessThan(fittingSize(text, 600, 900, 14) + 1);
});
