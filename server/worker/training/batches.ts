import { Epochs } from './epochs';

/** Batches of images, in the order of `Epochs`. */
export class Batches extends Epochs {
  constructor(
    /** uint8 [>= count, pixels]; the first `count` rows are drawn from. */
    private readonly images: Uint8Array,
    private readonly pixels: number,
    count: number,
    batchSize: number,
    seed: number,
  ) {
    super(count, batchSize, seed);
  }

  /** The images of `steps` steps from `firstStep` on, uint8 [steps, batch, pixels]. */
  stack(firstStep: number, steps: number): Uint8Array {
    const { images, pixels } = this;
    const examples = this.examples(firstStep, steps);
    const stacked = new Uint8Array(examples.length * pixels);
    examples.forEach((example, row) => {
      stacked.set(images.subarray(example * pixels, (example + 1) * pixels), row * pixels);
    });
    return stacked;
  }
}
