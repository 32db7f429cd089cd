import { conditional, type Edges, symmetric } from './affinities';
import { nearest, type Slices } from './neighbours';
import { Repulsion } from './repulsion';

export interface TsneSettings {
  /** How many neighbours a point has, about: 2 to the power of its distribution's entropy in bits. */
  readonly perplexity: number;
  /** 0 takes count / earlyExaggeration / 4, at least 50 (Belkina et al. 2019). */
  readonly learningRate: number;
  /** The factor of attraction in the first iterations, which lets clusters form. */
  readonly earlyExaggeration: number;
}

/** Iterations after which a layout is done. */
const TOTAL = 1000;
/** The first iterations, in which attraction is exaggerated and momentum low. */
const EARLY = 250;
const MOMENTUM = { early: 0.5, late: 0.8 };
/** Standard deviation of the first axis at the start. */
const START = 1e-4;
const MIN_GAIN = 0.01;
const ANGLE = 0.5;

/**
 * t-SNE's joint probabilities of rows [count, size], each over 3 * perplexity nearest neighbours. Each pair is there
 * once, so that they sum to 1/2.
 */
export function* affinities(rows: Float32Array, size: number, perplexity: number): Slices<Edges> {
  const count = rows.length / size;
  const k = Math.max(1, Math.min(count - 1, Math.floor(3 * perplexity)));
  const neighbours = yield* nearest(rows, size, k);
  const weights = yield* conditional(neighbours, perplexity);
  return yield* symmetric(neighbours, weights, (forth, back) => (forth + back) / (2 * count));
}

/**
 * A t-SNE layout (van der Maaten and Hinton 2008) in space, or in the plane where all z begin as 0, a few iterations at
 * a time. Deterministic. Settings and affinities may change between iterations.
 */
export class Tsne {
  /** The layout as it is now, float64 [count, 3]. */
  readonly points: Float64Array;
  iteration = 0;
  private readonly count: number;
  private readonly velocity: Float64Array;
  private readonly gains: Float64Array;
  private readonly attraction: Float64Array;
  private readonly forces: Float64Array;
  private readonly repulsion: Repulsion;

  /** @param start initial points [count, 3], centred; they are scaled to a standard deviation of 1e-4. */
  constructor(
    start: Float32Array,
    private edges: Edges,
    public settings: TsneSettings,
  ) {
    this.count = start.length / 3;
    this.points = shrunk(start);
    this.velocity = new Float64Array(start.length);
    this.gains = new Float64Array(start.length).fill(1);
    this.attraction = new Float64Array(start.length);
    this.forces = new Float64Array(start.length);
    this.repulsion = new Repulsion(this.count, ANGLE);
  }

  private get isEarly(): boolean {
    return this.iteration < EARLY;
  }

  /** Does iterations, even if it is done. */
  advance(iterations: number): void {
    for (let i = 0; i < iterations; i++) this.iterate();
  }

  /** Goes on from points [count, 3] of an earlier layout after so many iterations. */
  resume(points: Float32Array, iteration: number): void {
    this.points.set(points);
    this.iteration = iteration;
  }

  /** Goes on from where the points are with new affinities, with at least so many iterations left. */
  replace(edges: Edges, iterations: number): void {
    this.edges = edges;
    if (!this.isEarly) this.iteration = Math.max(EARLY, Math.min(this.iteration, TOTAL - iterations));
  }

  get isDone(): boolean {
    return this.iteration >= TOTAL;
  }

  private get learningRate(): number {
    const { learningRate, earlyExaggeration } = this.settings;
    return learningRate > 0 ? learningRate : Math.max(50, this.count / earlyExaggeration / 4);
  }

  private iterate(): void {
    const { points, velocity, gains, forces, attraction } = this;
    const total = this.repulsion.into(forces, points);
    this.attract();
    const pull = 4 * (this.isEarly ? this.settings.earlyExaggeration : 1);
    const push = 4 / total;
    const momentum = this.isEarly ? MOMENTUM.early : MOMENTUM.late;
    const rate = this.learningRate;
    for (let i = 0; i < points.length; i++) {
      const gradient = pull * (attraction[i] as number) - push * (forces[i] as number);
      const speed = velocity[i] as number;
      const gain = gradient * speed < 0 ? (gains[i] as number) + 0.2 : (gains[i] as number) * 0.8;
      gains[i] = Math.max(MIN_GAIN, gain);
      velocity[i] = momentum * speed - rate * (gains[i] as number) * gradient;
      points[i] = (points[i] as number) + (velocity[i] as number);
    }
    this.iteration++;
  }

  /** Sums p w (own - other), w = 1 / (1 + distance²), over each point's edges. */
  private attract(): void {
    const { attraction, points, count } = this;
    const { starts, to, weight } = this.edges;
    attraction.fill(0);
    for (let row = 0; row < count; row++) {
      const a = 3 * row;
      const x = points[a] as number;
      const y = points[a + 1] as number;
      const z = points[a + 2] as number;
      let fx = attraction[a] as number;
      let fy = attraction[a + 1] as number;
      let fz = attraction[a + 2] as number;
      const end = starts[row + 1] as number;
      for (let e = starts[row] as number; e < end; e++) {
        const b = 3 * (to[e] as number);
        const dx = x - (points[b] as number);
        const dy = y - (points[b + 1] as number);
        const dz = z - (points[b + 2] as number);
        const pull = (weight[e] as number) / (1 + dx * dx + dy * dy + dz * dz);
        fx += pull * dx;
        fy += pull * dy;
        fz += pull * dz;
        attraction[b] = (attraction[b] as number) - pull * dx;
        attraction[b + 1] = (attraction[b + 1] as number) - pull * dy;
        attraction[b + 2] = (attraction[b + 2] as number) - pull * dz;
      }
      attraction[a] = fx;
      attraction[a + 1] = fy;
      attraction[a + 2] = fz;
    }
  }
}

/** Points scaled so that the first axis has a standard deviation of `START`. */
function shrunk(start: Float32Array): Float64Array {
  let square = 0;
  for (let i = 0; i < start.length; i += 3) square += (start[i] as number) ** 2;
  const deviation = Math.sqrt((3 * square) / start.length) || 1;
  return Float64Array.from(start, (value) => (value * START) / deviation);
}
