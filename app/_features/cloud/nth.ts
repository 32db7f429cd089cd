/** The value at place `n` of `values` in rising order; moves them about (Hoare 1961). Takes time in proportion to them. */
export function nthOf(values: Float32Array, n: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const other = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = other;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else break;
  }
  return values[n] ?? 0;
}
