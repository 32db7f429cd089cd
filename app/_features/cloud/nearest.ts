/** A point and how far it is from another one. */
export interface Near {
  readonly index: number;
  readonly distance: number;
}

/** The `k` nearest of points, float32 [count, 3], to one of them, itself left out; the nearest first. */
export function nearestTo(positions: Float32Array, index: number, k: number): Near[] {
  const at = (i: number, axis: number) => positions[3 * i + axis] ?? 0;
  const all: Near[] = [];
  for (let i = 0; i < positions.length / 3; i++) {
    if (i === index) continue;
    const distance = Math.hypot(at(i, 0) - at(index, 0), at(i, 1) - at(index, 1), at(i, 2) - at(index, 2));
    all.push({ index: i, distance });
  }
  return all.sort((a, b) => a.distance - b.distance || a.index - b.index).slice(0, k);
}
