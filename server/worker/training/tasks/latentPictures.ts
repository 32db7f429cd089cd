import { createHash } from 'node:crypto';
import { encodeFrame } from '@/lib/protocol/frames';
import type { ImageSet } from '@/server/datasets/dataset';
import type { ShownFrame, SubjectsMaker } from '../task';
import { pixelsOf } from './images';

/** Milliseconds from one set of pictures to the next at least, and their share of the time. */
const refreshMs = 5_000;
const refreshShare = 0.08;
/** Milliseconds between two batches of the first set, for which people wait, and its share. */
const firstMs = 50;
const firstShare = 0.4;

/** Classes and scores of pictures, [count] each. */
interface Judged {
  /** The class of the nearest real image of each, and how real it looks to the discriminator. */
  readonly categories: Float32Array;
  readonly scores: Float32Array;
}

interface Pictures extends Judged {
  /** Completed steps of the weights that began to draw them. */
  readonly step: number;
  /** uint8 [count, pixels] */
  readonly pixels: Uint8Array;
}

/** Pictures that are being drawn, of which there are `done` so far. */
interface Drawing extends Pictures {
  done: number;
}

interface LatentPicturesOptions {
  readonly run: string;
  readonly set: ImageSet;
  /** float32 [count, size] */
  readonly latents: Float32Array;
  readonly count: number;
  /** Latents of one call of `draw`, the same number each time. */
  readonly rows: number;
  /** Whether anybody looks at them. */
  isShown(): boolean;
  draw(latents: Float32Array): Promise<Judged & { readonly pixels: Uint8Array }>;
}

/**
 * What a generator makes of the same latents throughout a run. They are drawn batch by batch, so that what else
 * waits need not wait long: while the run trains, the last ones may be of somewhat younger weights than the first.
 */
export class LatentPictures implements SubjectsMaker {
  private drawing: Drawing | null = null;
  /** The last whole set. */
  shown: Pictures | null = null;

  constructor(private readonly options: LatentPicturesOptions) {}

  get cadence(): SubjectsMaker['cadence'] {
    if (!this.shown) return [firstMs, firstShare];
    const { count, rows } = this.options;
    return [refreshMs / Math.ceil(count / rows), refreshShare];
  }

  isBehind(step: number): boolean {
    return this.options.isShown() && this.shown?.step !== step;
  }

  /** Draws a batch. @returns a frame once the set is whole. */
  async make(step: number): Promise<ShownFrame | null> {
    if (!this.isBehind(step)) return null;
    const { count } = this.options;
    this.drawing ??= this.blank(step);
    const { drawing } = this;
    await this.drawBatch(drawing);
    if (drawing.done < count) return null;
    this.drawing = null;
    this.shown = drawing;
    return this.frame(drawing);
  }

  private blank(step: number): Drawing {
    const { count, set } = this.options;
    const [categories, scores] = [new Float32Array(count), new Float32Array(count)];
    return { step, categories, scores, pixels: new Uint8Array(count * pixelsOf(set)), done: 0 };
  }

  private async drawBatch(drawing: Drawing): Promise<void> {
    const { count, latents, rows, set } = this.options;
    const size = latents.length / count;
    const { done } = drawing;
    const batch = new Float32Array(rows * size);
    batch.set(latents.subarray(done * size, (done + rows) * size));
    const { pixels, categories, scores } = await this.options.draw(batch);
    const drawn = Math.min(rows, count - done);
    drawing.pixels.set(pixels.subarray(0, drawn * pixelsOf(set)), done * pixelsOf(set));
    drawing.categories.set(categories.subarray(0, drawn), done);
    drawing.scores.set(scores.subarray(0, drawn), done);
    drawing.done += drawn;
  }

  private frame({ step, pixels }: Pictures): ShownFrame {
    const { count, run, set } = this.options;
    const { height, width, channels } = set;
    const hash = createHash('sha256').update(pixels).digest('hex');
    const header = {
      kind: 'subjects',
      run,
      step,
      count,
      pictures: { hash, height, width, channels },
    } as const;
    return { frame: 'subjects', step, bytes: encodeFrame(header, new Uint8Array()), blob: pixels };
  }
}
