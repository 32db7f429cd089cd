/** Levels of the tree below its root; 2^10 cells along an axis. */
const LEVELS = 10;
const CELLS = 2 ** LEVELS;
/** Points of a leaf at most, unless they share a cell of the last level. */
const LEAF = 8;
/** Numbers of a node: centre of mass x, y, z; squared side over squared angle; points. */
const FIELDS = 5;

/** Spreads ten bits so that two zeros stand between them: a third of a Morton code. */
function spread(value: number): number {
  let x = value & 0x3ff;
  x = (x | (x << 16)) & 0x030000ff;
  x = (x | (x << 8)) & 0x0300f00f;
  x = (x | (x << 4)) & 0x030c30c3;
  return (x | (x << 2)) & 0x09249249;
}

/**
 * The repulsive forces between the points [count, 3] of a t-SNE, in space or, where all z are equal, in the plane. Far
 * groups act as one point, by an octree (Barnes and Hut 1986; van der Maaten 2014). The tree is an array in the order
 * of a depth-first walk, which so needs no stack: after a node come its children; a node that is far enough is followed
 * by its `skip`.
 */
export class Repulsion {
  private readonly codes: Uint32Array;
  private readonly order: Uint32Array;
  private readonly spare: Uint32Array;
  /** Points in the order of the tree, [count, 3]. */
  private readonly sorted: Float64Array;
  private nodes: Float64Array;
  /** Of each node: the next one that isn't below it, its first point, and the one after its last; a leaf is negative. */
  private skip: Int32Array;
  private first: Int32Array;
  private leafEnd: Int32Array;
  private size = 0;

  /** @param angle a group counts as far if its cell's side over its distance is below this; 0 computes every pair. */
  constructor(
    private readonly count: number,
    private readonly angle: number,
  ) {
    this.codes = new Uint32Array(count);
    this.order = new Uint32Array(count);
    this.spare = new Uint32Array(count);
    this.sorted = new Float64Array(3 * count);
    const capacity = 2 * count + 64;
    this.nodes = new Float64Array(FIELDS * capacity);
    this.skip = new Int32Array(capacity);
    this.first = new Int32Array(capacity);
    this.leafEnd = new Int32Array(capacity);
  }

  /**
   * Writes into `forces` [count, 3] the sum over all others of w² (own - other), w = 1 / (1 + distance²).
   * @returns the sum of w over all ordered pairs.
   */
  into(forces: Float64Array, points: Float64Array): number {
    const side = this.sort(points);
    this.size = 0;
    this.build(0, this.count, 0, side);
    let total = 0;
    for (let at = 0; at < this.count; at++) total += this.walk(at, forces);
    return total;
  }

  /** Sorts points by cell, in Morton order. @returns the side of the cube that holds them all. */
  private sort(points: Float64Array): number {
    const { codes, count, order, sorted } = this;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i++) {
      const axis = i % 3;
      low[axis] = Math.min(low[axis] as number, points[i] as number);
      high[axis] = Math.max(high[axis] as number, points[i] as number);
    }
    const side = Math.max(...high.map((top, axis) => top - (low[axis] as number))) || 1;
    const scale = (CELLS * (1 - 1e-9)) / side;
    const [x0 = 0, y0 = 0, z0 = 0] = low;
    for (let i = 0; i < count; i++) {
      const x = Math.floor(((points[3 * i] as number) - x0) * scale);
      const y = Math.floor(((points[3 * i + 1] as number) - y0) * scale);
      const z = Math.floor(((points[3 * i + 2] as number) - z0) * scale);
      codes[i] = spread(x) | (spread(y) << 1) | (spread(z) << 2);
      order[i] = i;
    }
    this.radixSort();
    for (let at = 0; at < count; at++) {
      const i = order[at] as number;
      sorted[3 * at] = points[3 * i] as number;
      sorted[3 * at + 1] = points[3 * i + 1] as number;
      sorted[3 * at + 2] = points[3 * i + 2] as number;
    }
    return side;
  }

  /** Sorts `order` by code, ten bits at a time; an odd number of passes would end in `spare`. */
  private radixSort(): void {
    const { codes, count, order, spare } = this;
    let [from, to] = [order, spare];
    const starts = new Uint32Array(CELLS + 1);
    for (let shift = 0; shift < 30; shift += 10) {
      starts.fill(0);
      for (let i = 0; i < count; i++) {
        const digit = ((codes[i] as number) >>> shift) & (CELLS - 1);
        starts[digit + 1] = (starts[digit + 1] as number) + 1;
      }
      for (let d = 0; d < CELLS; d++) starts[d + 1] = (starts[d + 1] as number) + (starts[d] as number);
      for (let at = 0; at < count; at++) {
        const i = from[at] as number;
        const digit = ((codes[i] as number) >>> shift) & (CELLS - 1);
        to[starts[digit] as number] = i;
        starts[digit] = (starts[digit] as number) + 1;
      }
      [from, to] = [to, from];
    }
    if (from !== order) order.set(from);
  }

  /** Adds the node of the sorted points from `first` to before `end`, and its children. */
  private build(first: number, end: number, level: number, side: number): void {
    const node = this.size++;
    this.measure(node, first, end, side);
    this.first[node] = first;
    const isLeaf = end - first <= LEAF || level === LEVELS;
    this.leafEnd[node] = isLeaf ? end : -1;
    if (!isLeaf) {
      const shift = 3 * (LEVELS - 1 - level);
      for (let start = first; start < end; ) {
        const digit = this.digit(start, shift);
        let next = start + 1;
        while (next < end && this.digit(next, shift) === digit) next++;
        if (next - start === end - first) {
          // All in one child: it stands for its parent.
          this.size = node;
          this.build(first, end, level + 1, side / 2);
          return;
        }
        this.build(start, next, level + 1, side / 2);
        start = next;
      }
    }
    this.skip[node] = this.size;
  }

  private digit(at: number, shift: number): number {
    return ((this.codes[this.order[at] as number] as number) >>> shift) & 7;
  }

  private measure(node: number, first: number, end: number, side: number): void {
    const { nodes, sorted } = this;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let at = 3 * first; at < 3 * end; at += 3) {
      x += sorted[at] as number;
      y += sorted[at + 1] as number;
      z += sorted[at + 2] as number;
    }
    const count = end - first;
    const at = FIELDS * node;
    nodes[at] = x / count;
    nodes[at + 1] = y / count;
    nodes[at + 2] = z / count;
    nodes[at + 3] = this.angle > 0 ? (side / this.angle) ** 2 : Infinity;
    nodes[at + 4] = count;
  }

  /** @returns the sum of w between one point, counted in the tree's order, and all others. */
  private walk(self: number, forces: Float64Array): number {
    const { nodes, sorted, skip, first, leafEnd, size } = this;
    const x = sorted[3 * self] as number;
    const y = sorted[3 * self + 1] as number;
    const z = sorted[3 * self + 2] as number;
    let fx = 0;
    let fy = 0;
    let fz = 0;
    let sum = 0;
    for (let node = 0; node < size; ) {
      const at = FIELDS * node;
      const dx = x - (nodes[at] as number);
      const dy = y - (nodes[at + 1] as number);
      const dz = z - (nodes[at + 2] as number);
      const square = dx * dx + dy * dy + dz * dz;
      if (square > (nodes[at + 3] as number)) {
        const w = 1 / (1 + square);
        const mass = (nodes[at + 4] as number) * w;
        sum += mass;
        fx += mass * w * dx;
        fy += mass * w * dy;
        fz += mass * w * dz;
        node = skip[node] as number;
        continue;
      }
      const end = leafEnd[node] as number;
      if (end < 0) {
        node++;
        continue;
      }
      for (let other = first[node] as number; other < end; other++) {
        if (other === self) continue;
        const ox = x - (sorted[3 * other] as number);
        const oy = y - (sorted[3 * other + 1] as number);
        const oz = z - (sorted[3 * other + 2] as number);
        const w = 1 / (1 + ox * ox + oy * oy + oz * oz);
        const ww = w * w;
        sum += w;
        fx += ww * ox;
        fy += ww * oy;
        fz += ww * oz;
      }
      node = skip[node] as number;
    }
    const into = 3 * (this.order[self] as number);
    forces[into] = fx;
    forces[into + 1] = fy;
    forces[into + 2] = fz;
    return sum;
  }
}
