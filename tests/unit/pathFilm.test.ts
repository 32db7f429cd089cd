import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filmPositions, scalesOf } from '@/app/_features/explore/pathFilm';
import { ends, legsOf } from '@/lib/explore/path';

const course = fc.record({ stops: fc.integer({ min: 2, max: 12 }), atEnd: fc.constantFrom(...ends) });
const speed = fc.double({ min: 0.05, max: 8, noNaN: true });
const rate = fc.integer({ min: 1, max: 50 });
const most = fc.integer({ min: 2, max: 500 });

test('a film goes once along the path, evenly, and has no more frames than it may', () => {
  fc.assert(
    fc.property(course, speed, rate, most, (course, speed, rate, most) => {
      const positions = filmPositions(course, speed, rate, most);
      const legs = legsOf(course);
      expect(positions.length).toBeLessThanOrEqual(most);
      expect(positions[0]).toBe(0);
      for (const position of positions) {
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(legs);
      }
      if (course.atEnd === 'stop' || course.atEnd === 'again') {
        expect(positions.at(-1)).toBe(legs);
        const step = legs / (positions.length - 1);
        for (const [i, position] of positions.entries()) expect(position).toBeCloseTo(i * step, 9);
      }
      // There and back: as many on either way.
      if (course.atEnd === 'back')
        for (const [i, position] of positions.slice(1).entries())
          expect(position).toBeCloseTo(positions.at(-1 - i) ?? -1, 9);
    }),
  );
});

test('three stops, a second each, at two frames a second', () => {
  const at = (atEnd: (typeof ends)[number]) => filmPositions({ stops: 3, atEnd }, 1, 2);
  expect(at('stop')).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(at('again')).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(at('back')).toEqual([0, 0.5, 1, 1.5, 2, 1.5, 1, 0.5]);
  expect(at('closed')).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  expect(filmPositions({ stops: 3, atEnd: 'stop' }, 1, 2, 3)).toEqual([0, 1, 2]);
});

test('pictures are whole multiples of their size, as far as a film may be large', () => {
  expect(scalesOf({ width: 28, height: 28 })).toEqual([1, 2, 4, 8, 16, 32]);
  expect(scalesOf({ width: 100, height: 300 })).toEqual([1, 2]);
  expect(scalesOf({ width: 2000, height: 10 })).toEqual([1]);
});
