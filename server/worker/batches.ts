import { RandomStream } from '@/lib/random';

/**
 * The order in which training meets its images: an endless row of permutations, one an epoch, each a
 * function of (seed, epoch). Step s takes the positions [(s - 1) * batch, s * batch) of that row, so what
 * a step sees depends on its number alone, and a resumed run goes on exactly like an uninterrupted one.
 */
export class Batches {
  /** The permutations last used; a batch may reach from one epoch into the next. */
  private readonly orders = new Map<number, Uint32Array>();

  constructor(
    /** uint8 [>= count, pixels]; the first `count` rows are drawn from. */
    private readonly images: Uint8Array,
    private readonly pixels: number,
    private readonly count: number,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {}

  /** Not whole unless the batches fit. */
  get stepsPerEpoch(): number {
    return this.count / this.batchSize;
  }

  /** Steps that finish so many passes over the images. */
  stepsFor(epochs: number): number {
    return Math.ceil((epochs * this.count) / this.batchSize);
  }

  /** Whether a pass over the images ends in step `step`, counted from 1. */
  endsEpoch(step: number): boolean {
    return this.epochsAfter(step) > this.epochsAfter(step - 1);
  }

  /** The first step after `step` in which a pass ends. */
  nextEpochEnd(step: number): number {
    return this.stepsFor(this.epochsAfter(step) + 1);
  }

  /** The images of `steps` steps from `firstStep` on, uint8 [steps, batch, pixels]. */
  stack(firstStep: number, steps: number): Uint8Array {
    const { images, pixels } = this;
    const start = (firstStep - 1) * this.batchSize;
    const rows = steps * this.batchSize;
    const stacked = new Uint8Array(rows * pixels);
    for (let row = 0; row < rows; row++) {
      const from = this.imageAt(start + row) * pixels;
      stacked.set(images.subarray(from, from + pixels), row * pixels);
    }
    return stacked;
  }

  private epochsAfter(step: number): number {
    return Math.floor((step * this.batchSize) / this.count);
  }

  private imageAt(position: number): number {
    const epoch = Math.floor(position / this.count);
    const order = this.orders.get(epoch) ?? this.shuffle(epoch);
    return order[position % this.count] as number;
  }

  private shuffle(epoch: number): Uint32Array {
    const order = new RandomStream(this.seed, 'shuffle', epoch).permutation(this.count);
    this.orders.delete(epoch - 2);
    this.orders.set(epoch, order);
    return order;
  }
}
