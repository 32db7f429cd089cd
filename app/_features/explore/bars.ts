/** The largest value that the bars reach: a whole number that keeps every coding inside, at least 3. */
export function reachOf(values: Iterable<number>): number {
  let most = 3;
  for (const value of values) most = Math.max(most, Math.ceil(Math.abs(value)));
  return most;
}

/** The value at a fraction of the bars' height: 0 is the top, `reach`, and 1 the bottom, `-reach`; two decimals. */
export function valueAt(fraction: number, reach: number): number {
  const inside = Math.min(1, Math.max(0, fraction));
  return Math.round(100 * reach * (1 - 2 * inside)) / 100;
}

/** The inverse: a value's fraction of the height, from the top. */
export function placeOf(value: number, reach: number): number {
  return Math.min(1, Math.max(0, (1 - value / reach) / 2));
}
