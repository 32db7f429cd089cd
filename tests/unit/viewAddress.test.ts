import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHash, writeHash } from '@/app/_room/viewAddress';

test('the address tells view and moment', () => {
  expect(readHash('#view=latent-space&step=451')).toEqual({ view: 'latent-space', step: 451 });
  expect(readHash('')).toEqual({ view: null, step: null });
  expect(writeHash('', { view: 'latent-space', step: 451 })).toBe('#view=latent-space&step=451');
  expect(writeHash('#view=loss&step=3', { view: null, step: null })).toBe('');
  expect(writeHash('#other=1&step=3', { view: 'loss', step: null })).toBe('#other=1&view=loss');
});

test('what was written is read; what others write is read without fault', () => {
  const places = fc.record({
    view: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
    step: fc.option(fc.nat()),
  });
  fc.assert(
    fc.property(places, fc.string({ unit: 'grapheme' }), (place, before) => {
      expect(readHash(writeHash(`#${before}`, place))).toEqual(place);
    }),
  );
  for (const step of ['-1', '1.5', '1e3', 'x', '', '9'.repeat(30)])
    expect(readHash(`#step=${step}`).step).toBeNull();
});
