import { RandomStream } from '@/lib/random';

/**
 * The order in which training meets its examples: an endless row of permutations, one an epoch, each a
 * function of (seed, epoch). Step s takes the positions [(s - 1) * batch, s * batch) of that row, so what
 * a step sees depends on its number alone, and a resumed run goes on exactly like an uninterrupted one.
 */
export class Epochs {
  /** The permutations last used; a batch may reach from one epoch into the next. */
  private readonly orders = new Map<number, Uint32Array>();

  constructor(
    /** Examples in an epoch. */
    private readonly count: number,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {}

  /** Not an integer unless whole batches fit. */
  get stepsPerEpoch(): number {
    return this.count / this.batchSize;
  }

  /** Steps after which so many epochs are complete. */
  stepsFor(epochs: number): number {
    return Math.ceil((epochs * this.count) / this.batchSize);
  }

  /** Whether an epoch ends in step `step`, counted from 1. */
  endsEpoch(step: number): boolean {
    return this.epochsAfter(step) > this.epochsAfter(step - 1);
  }

  /** The first step after `step` in which an epoch ends. */
  nextEpochEnd(step: number): number {
    return this.stepsFor(this.epochsAfter(step) + 1);
  }

  /** The examples of `steps` steps from `firstStep` on, uint32 [steps * batch]. */
  protected examples(firstStep: number, steps: number): Uint32Array {
    const start = (firstStep - 1) * this.batchSize;
    return Uint32Array.from({ length: steps * this.batchSize }, (_, row) => this.exampleAt(start + row));
  }

  private epochsAfter(step: number): number {
    return Math.floor((step * this.batchSize) / this.count);
  }

  private exampleAt(position: number): number {
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
