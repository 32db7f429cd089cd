import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cadence } from '@/server/worker/training/pace';
import { textCadence } from '@/server/worker/training/tasks/text';

/** Milliseconds of a training in which each text takes what `costs` says; steps between take 40 ms. */
function agesOf(costs: readonly number[]): number[] {
  const due = new Cadence(...textCadence(0));
  const ages: number[] = [];
  let now = 0;
  let shown: number | null = null;
  for (const cost of costs) {
    while (!due.due(now)) now += 40;
    const start = now;
    now += cost;
    // What was read until now was written by the weights of back then.
    if (shown !== null) ages.push(now - shown);
    shown = start;
    due.change(textCadence(cost));
    due.done(start, now);
  }
  return ages;
}

test('what one reads is of weights that are 2 s old at most, while a quarter of the time suffices', () => {
  const machine = fc.integer({ min: 1, max: 320 });
  fc.assert(
    fc.property(machine, fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true })), (usual, noise) => {
      const [, ...ages] = agesOf(noise.map((factor) => usual * factor));
      for (const age of ages) expect(age).toBeLessThanOrEqual(2_000);
    }),
  );
});
