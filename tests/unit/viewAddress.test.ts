import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlace, writePlace } from '@/app/_room/viewAddress';

test('the address tells view and moment', () => {
  expect(readPlace('#view=latent-space&step=451')).toEqual({ view: 'latent-space', step: 451 });
  expect(readPlace('')).toEqual({ view: null, step: null });
  expect(writePlace('', { view: 'latent-space', step: 451 })).toBe('#view=latent-space&step=451');
  expect(writePlace('#view=loss&step=3', { view: null, step: null })).toBe('');
  expect(writePlace('#other=1&step=3', { view: 'loss', step: null })).toBe('#other=1&view=loss');
});

test('what was written is read; what others write is read without fault', () => {
  const places = fc.record({
    view: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
    step: fc.option(fc.nat()),
  });
  fc.assert(
    fc.property(places, fc.string({ unit: 'grapheme' }), (place, before) => {
      expect(readPlace(writePlace(`#${before}`, place))).toEqual(place);
    }),
  );
  for (const step of ['-1', '1.5', '1e3', 'x', '', '9'.repeat(30)])
    expect(readPlace(`#step=${step}`).step).toBeNull();
});
