import { datasetOf } from '@/lib/catalog/datasets';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { RunSpec } from '@/lib/runs/status';
import type { TensorData } from '@/server/engine/program';
import { pca } from '@/server/projections/pca';
import type { FromWorker } from './messages';
import type { Prepared } from './prepare';

/** Looks at a run from outside: what the validation images say about the present state. */
export class Observer {
  private readonly pixels: number;
  private readonly validationCount: number;
  private readonly cloudCount: number;
  /** Points of the last cloud, [cloudCount, 3]; the next one is aligned to them. */
  private cloud: Float32Array | undefined;

  constructor(
    private readonly spec: RunSpec,
    private readonly prepared: Prepared,
  ) {
    const { set, trainCount } = prepared;
    this.pixels = set.height * set.width * set.channels;
    this.validationCount = set.count - trainCount;
    this.cloudCount = Math.min(limits.cloudPoints, this.validationCount);
  }

  /** The fixed pictures: the first validation images with their labels. */
  assets(): Extract<FromWorker, { kind: 'assets' }> {
    const { set, trainCount } = this.prepared;
    const { height, width, channels } = set;
    const count = this.cloudCount;
    const blob = new Uint8Array(count * (1 + this.pixels));
    blob.set(set.labels.subarray(trainCount, trainCount + count));
    blob.set(this.validation(0, count), count);
    const classes = [...datasetOf(this.spec.recipe.dataset).classes];
    return { kind: 'assets', assets: { count, height, width, channels, classes }, blob };
  }

  /**
   * Means over all validation images, one a metric.
   * @param turn is awaited between batches, so that messages come in.
   */
  async evaluate(metrics: readonly string[], turn: () => Promise<void>): Promise<number[]> {
    const sums = metrics.map(() => 0);
    await this.batches('evaluate', this.validationCount, async (results, count) => {
      metrics.forEach((metric, m) => {
        for (let i = 0; i < count; i++) sums[m] = (sums[m] as number) + (results[metric]?.[i] ?? Number.NaN);
      });
      await turn();
    });
    return sums.map((sum) => sum / this.validationCount);
  }

  /** Reconstructions of the first validation images, as a frame. */
  async images(step: number): Promise<Uint8Array> {
    const { height, width, channels } = this.prepared.set;
    const rows = limits.reconstructions;
    const count = Math.min(rows, this.validationCount);
    const { images = new Float32Array() } = await this.prepared.program.call('reconstruct', {
      images: this.validation(0, rows),
    });
    const grey = Uint8Array.from(images.subarray(0, count * this.pixels), (value) =>
      Math.round(255 * Math.min(1, Math.max(0, value))),
    );
    return encodeFrame({ kind: 'images', run: this.spec.id, step, count, height, width, channels }, grey);
  }

  /** Codings of the first validation images in space, as a frame. */
  async points(step: number): Promise<Uint8Array> {
    const size = this.spec.recipe.values.codingSize;
    const codings = new Float32Array(this.cloudCount * size);
    let done = 0;
    await this.batches('encode', this.cloudCount, async (results, count) => {
      codings.set(results.codings?.subarray(0, count * size) ?? [], done);
      done += count * size;
    });
    const { points, explained } = pca(codings, size, this.cloud);
    this.cloud = points;
    const scale = points.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const packed = Int16Array.from(points, (value) => Math.round((value / scale) * 32767));
    const count = this.cloudCount;
    return encodeFrame(
      { kind: 'points', run: this.spec.id, step, count, scale, projection: 'pca', explained: [...explained] },
      new Uint8Array(packed.buffer),
    );
  }

  /** Runs a call over the first `total` validation images, batch by batch. */
  private async batches(
    call: string,
    total: number,
    each: (results: Record<string, TensorData>, count: number) => Promise<void>,
  ): Promise<void> {
    const rows = this.prepared.model.evaluationBatch;
    for (let first = 0; first < total; first += rows) {
      const images = this.validation(first, rows);
      await each(await this.prepared.program.call(call, { images }), Math.min(rows, total - first));
    }
  }

  /** uint8 [rows, pixels] from validation image `first` on; rows beyond the last image are black. */
  private validation(first: number, rows: number): Uint8Array {
    const { set, trainCount } = this.prepared;
    const from = (trainCount + first) * this.pixels;
    const found = set.images.subarray(from, from + rows * this.pixels);
    if (found.length === rows * this.pixels) return found;
    const padded = new Uint8Array(rows * this.pixels);
    padded.set(found);
    return padded;
  }
}
