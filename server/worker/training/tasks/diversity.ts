import { RandomStream } from '@/lib/random';
import type { Diversity } from '@/lib/runs/diversity';
import type { ImageSet } from '@/server/datasets/dataset';

/** Real images that samples are compared with; the time of a measurement is proportional to it. */
const referenceImages = 1000;
/** Pairs of real images whose mean distance is the unit. */
const referencePairs = 2000;

type ImageSize = Pick<ImageSet, 'height' | 'width' | 'channels'>;

/** Numbers along the longer side of a coarse image. */
const coarseSide = 7;

/** How an image is coarsened: into blocks of so many pixels a side, `rows` x `columns` of them. */
function blocksOf({ height, width, channels }: ImageSize) {
  const side = Math.max(1, Math.round(Math.max(height, width) / coarseSide));
  const [rows, columns] = [Math.ceil(height / side), Math.ceil(width / side)];
  return { side, rows, columns, size: rows * columns * channels };
}

/**
 * Coarse images, float32 [count, size], each number the sum of a block of pixels: grain that differs from
 * sample to sample counts little, shape and brightness count fully.
 */
function coarse(pixels: Uint8Array, count: number, size: ImageSize): Float32Array {
  const { height, width, channels } = size;
  const blocks = blocksOf(size);
  const sums = new Float32Array(count * blocks.size);
  let from = 0;
  for (let image = 0; image < count; image++)
    for (let y = 0; y < height; y++) {
      const row = image * blocks.rows + Math.floor(y / blocks.side);
      for (let x = 0; x < width; x++) {
        const block = row * blocks.columns + Math.floor(x / blocks.side);
        for (let c = 0; c < channels; c++) {
          const to = block * channels + c;
          sums[to] = (sums[to] as number) + (pixels[from++] as number);
        }
      }
    }
  return sums;
}

/** Numbers that are compared before a distance is given up as too long. */
const stretch = 14;

/** Of the images that begin at `p` in `a` and at `q` in `b`; once beyond `limit`, any number above it. */
function squaredDistance(
  a: Float32Array,
  p: number,
  b: Float32Array,
  q: number,
  size: number,
  limit: number,
): number {
  let sum = 0;
  for (let start = 0; start < size && sum <= limit; start += stretch) {
    const end = Math.min(size, start + stretch);
    for (let i = start; i < end; i++) {
      const difference = (a[p + i] as number) - (b[q + i] as number);
      sum += difference * difference;
    }
  }
  return sum;
}

const distance = (images: Float32Array, i: number, j: number, size: number): number =>
  Math.sqrt(squaredDistance(images, i * size, images, j * size, size, Infinity));

/** Mean Euclidean distance of all pairs. */
function meanDistance(images: Float32Array, count: number, size: number): number {
  let sum = 0;
  for (let i = 1; i < count; i++) for (let j = 0; j < i; j++) sum += distance(images, i, j, size);
  return (2 * sum) / (count * (count - 1));
}

/**
 * How varied samples are, against real images of the same set. Distances are taken between coarse pixels
 * and not between a discriminator's features: those change with every step, and a yardstick must not.
 */
export class DiversityGauge {
  private readonly size: number;
  private readonly count: number;
  /** Classes of the real images, uint8 [count]. */
  private readonly labels: Uint8Array;
  /** float32 [count, size] */
  private readonly real: Float32Array;
  /** Mean distance of two real images. */
  private readonly unit: number;
  private readonly classes: number;

  constructor(private readonly set: ImageSet) {
    this.size = blocksOf(set).size;
    this.count = Math.min(referenceImages, set.count);
    const pixels = set.height * set.width * set.channels;
    // A set may be sorted, or its classes may take turns.
    const order = new RandomStream(0, 'diversity').permutation(set.count).subarray(0, this.count);
    const chosen = new Uint8Array(this.count * pixels);
    order.forEach((image, i) => {
      chosen.set(set.images.subarray(image * pixels, (image + 1) * pixels), i * pixels);
    });
    this.labels = Uint8Array.from(order, (image) => set.labels[image] ?? 0);
    this.real = coarse(chosen, this.count, set);
    this.unit = this.realDistance();
    this.classes = new Set(this.labels).size;
  }

  /** @param pixels of at least two samples, uint8 [count, height, width, channels]. */
  measure(pixels: Uint8Array): Diversity {
    const { set, size } = this;
    const count = pixels.length / (set.height * set.width * set.channels);
    const samples = coarse(pixels, count, set);
    const spread = meanDistance(samples, count, size) / this.unit;
    const found = new Set(Array.from({ length: count }, (_, i) => this.labels[this.nearest(samples, i)]));
    return { spread, coverage: this.classes > 1 ? found.size / this.classes : null };
  }

  /** The class of the nearest real image of each sample, [count]. @param pixels as for `measure`. */
  classesOf(pixels: Uint8Array): Float32Array {
    const { set } = this;
    const count = pixels.length / (set.height * set.width * set.channels);
    const samples = coarse(pixels, count, set);
    return Float32Array.from({ length: count }, (_, i) => this.labels[this.nearest(samples, i)] ?? 0);
  }

  /** Mean over some pairs of real images, never 0. */
  private realDistance(): number {
    let sum = 0;
    const pairs = Math.min(referencePairs, this.count * (this.count - 1));
    for (let pair = 0; pair < pairs; pair++) {
      const i = pair % this.count;
      const j = (i + 1 + Math.floor(pair / this.count)) % this.count;
      sum += distance(this.real, i, j, this.size);
    }
    return sum / pairs || 1;
  }

  private nearest(samples: Float32Array, sample: number): number {
    const { size } = this;
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < this.count; i++) {
      const squared = squaredDistance(samples, sample * size, this.real, i * size, size, least);
      if (squared >= least) continue;
      best = i;
      least = squared;
    }
    return best;
  }
}
