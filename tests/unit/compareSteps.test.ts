import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparedStep } from '@/app/_features/compare/compareSteps';

test('each side shows the last picture up to a step, and the nearest step that both have is known', () => {
  expect(comparedStep(10, [0, 4, 9, 12], [0, 5, 12])).toEqual({ present: 9, earlier: 5, common: 12 });
  expect(comparedStep(5, [0, 4, 9, 12], [0, 5, 12])).toEqual({ present: 4, earlier: 5, common: 0 });
  expect(comparedStep(12, [0, 12], [0, 12])).toEqual({ present: 12, earlier: 12, common: 12 });
  expect(comparedStep(7, [1, 3], [2])).toEqual({ present: 3, earlier: 2, common: null });
  expect(comparedStep(7, [], [2])).toEqual({ present: null, earlier: 2, common: null });
});

const steps = fc
  .uniqueArray(fc.nat(50), { minLength: 1 })
  .map((all) => [0, ...all.filter(Boolean)].sort((a, b) => a - b));

test('at a common step both sides show just that step', () => {
  fc.assert(
    fc.property(steps, steps, fc.nat(60), (present, earlier, step) => {
      const { common } = comparedStep(step, present, earlier);
      expect(common).not.toBeNull();
      const there = comparedStep(common as number, present, earlier);
      expect(there).toEqual({ present: common, earlier: common, common });
    }),
  );
});
