/** Lines compared at most; where more differ, all of them count as changed. */
const mostCompared = 400;

/**
 * The places, counted from 0, of lines in `after` that aren't in `before`; where lines were only taken away, the one
 * that has moved up into their place.
 */
export function changedLines(before: readonly string[], after: readonly string[]): number[] {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
  const old = before.slice(first, before.length - last);
  const fresh = after.slice(first, after.length - last);
  if (fresh.length === 0) return old.length === 0 ? [] : [Math.min(first, after.length - 1)];
  const kept =
    old.length > mostCompared || fresh.length > mostCompared ? new Set<number>() : common(old, fresh);
  return fresh.flatMap((_, i) => (kept.has(i) ? [] : [first + i]));
}

/** Places in `fresh` of a longest common subsequence. */
function common(old: readonly string[], fresh: readonly string[]): Set<number> {
  const width = fresh.length + 1;
  // [i, j]: how many lines old from i on and fresh from j on have in common.
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] as number;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < old.length && j < fresh.length; ) {
    if (old[i] === fresh[j]) {
      kept.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}
