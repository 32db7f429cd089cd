/** Places of all others by their distance from one row of [count, size], the nearest first. */
function order(rows: ArrayLike<number>, size: number, row: number): number[] {
  const square = (other: number) => {
    let sum = 0;
    for (let k = 0; k < size; k++)
      sum += ((rows[row * size + k] as number) - (rows[other * size + k] as number)) ** 2;
    return sum;
  };
  const others = Array.from({ length: rows.length / size }, (_, i) => i).filter((i) => i !== row);
  const squares = new Map(others.map((i) => [i, square(i)]));
  return others.sort((a, b) => (squares.get(a) as number) - (squares.get(b) as number));
}

/** How far the `k` nearest neighbours of points [count, 3] were neighbours before, 1 for all (Venna and Kaski 2001). */
export function trustworthiness(
  rows: ArrayLike<number>,
  size: number,
  points: ArrayLike<number>,
  k = 10,
): number {
  const count = rows.length / size;
  let penalty = 0;
  for (let row = 0; row < count; row++) {
    const rank = new Map(order(rows, size, row).map((other, place) => [other, place + 1]));
    for (const other of order(points, 3, row).slice(0, k))
      penalty += Math.max(0, (rank.get(other) as number) - k);
  }
  return 1 - (2 * penalty) / (count * k * (2 * count - 3 * k - 1));
}
