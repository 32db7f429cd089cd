/**
 * How often to repeat what more repetitions make surer, e.g. the inputs of a property: `usual` times, or as
 * `COLATENT_TEST_ROUNDS` multiplies that; at least once. @throws RangeError if that is no number above 0.
 */
export function rounds(usual: number): number {
  const factor = Number(process.env.COLATENT_TEST_ROUNDS || 1);
  if (!(factor > 0))
    throw new RangeError(`COLATENT_TEST_ROUNDS must be above 0, got ${process.env.COLATENT_TEST_ROUNDS}`);
  return Math.max(1, Math.round(usual * factor));
}

/** As many of `all` as `rounds` leaves, from the one at `turn` on: who asks with turns in a row gets them all in time. */
export function someOf<T>(all: readonly T[], turn: number): T[] {
  return Array.from({ length: Math.min(all.length, rounds(all.length)) }, (_, i) => {
    return all[(turn + i) % all.length] as T;
  });
}
