import { availableParallelism, tmpdir } from 'node:os';
import { defaultValues, type Recipe, recipeSchema } from '@/lib/catalog/models';
import { decodeFrame } from '@/lib/protocol/frames';
import type { ExecutorId } from '@/server/engine/program';
import { type Prepared, prepare } from '@/server/worker/prepare/prepare';
import { Pace } from '@/server/worker/training/pace';
import { type LiveValues, numbersOf, type Observer } from '@/server/worker/training/task';
import { dataFolder } from './report';

/** The notebook's preset on the real images; 13.83 % of them are held back (500 of 3,615). */
export const notebook = recipeSchema.parse({
  model: 'autoencoder',
  dataset: 'fashion-mnist',
  values: { ...defaultValues('autoencoder'), validationShare: 13.83 },
}) as Extract<Recipe, { model: 'autoencoder' }>;

/** The training loop bare: batches, chunks of the worker's size, the engine; nothing is shown or sent. */
export class BareLoop {
  /** Completed steps. */
  step = 0;
  /** What each metric was at every step of the last chunk. */
  results: Record<string, Float32Array> = {};
  private readonly pace = new Pace();
  private readonly observer: Observer;

  private constructor(
    private readonly prepared: Prepared,
    private readonly live: LiveValues,
  ) {
    this.observer = prepared.task.observe('bench', prepared.program);
  }

  static async create(executor: ExecutorId, recipe: Recipe): Promise<BareLoop> {
    const basis = {
      recipe,
      executor,
      threads: availableParallelism(),
      datasets: dataFolder(),
      dataDir: tmpdir(),
    } as const;
    const prepared = await prepare(basis, null, ({ label }) => console.error(label));
    return new BareLoop(prepared, numbersOf(recipe.values));
  }

  /** Trains for at least so many steps. @returns milliseconds a step, making the batches included. */
  async train(steps: number): Promise<number> {
    const began = performance.now();
    const first = this.step;
    while (this.step < first + steps) await this.chunk();
    return (performance.now() - began) / (this.step - first);
  }

  /** Trains one chunk of at most `limit` steps. @returns how many it took. */
  async chunk(limit = Infinity): Promise<number> {
    const { task, program } = this.prepared;
    const steps = Math.min(limit, this.pace.chunkSteps);
    const start = performance.now();
    this.results = await program.train('train', steps, task.feed(this.step + 1, steps, this.live));
    this.pace.measured(steps, start, performance.now());
    this.step += steps;
    return steps;
  }

  /** Means over the validation data, one a metric. */
  async evaluate(): Promise<number[]> {
    return (await this.observer.evaluate(async () => {}, this.step, this.live)) ?? [];
  }

  /** What a run shows first of its present weights: pictures or text. */
  async shown(): Promise<ReturnType<typeof decodeFrame>> {
    const [show] = this.observer.makers;
    if (!show) throw new RangeError('This model shows nothing');
    return decodeFrame((await show.make(this.step))?.bytes ?? new Uint8Array());
  }

  /** The fixed pictures behind the run, uint8 [count, pixels]; empty without any. */
  originals(): Uint8Array {
    const { assets, blob } = this.observer.assets() ?? { assets: { count: 0 }, blob: new Uint8Array() };
    return blob.subarray(assets.count);
  }

  /** uint8 [count, pixels] of latents float32 [count, size]. */
  async images(latents: Float32Array<ArrayBuffer>): Promise<Uint8Array> {
    const request = { kind: 'images', latents: new Uint8Array(latents.buffer) } as const;
    const result = await this.observer.sample(request, this.step);
    if (result.kind !== 'images') throw new RangeError(`Images expected, got ${result.kind}`);
    return result.pixels;
  }

  async text(prompt: string, length: number): Promise<string> {
    const request = { kind: 'text', prompt, length, temperature: 0.7, seed: 1 } as const;
    const result = await this.observer.sample(request, this.step);
    if (result.kind !== 'text') throw new RangeError(`Text expected, got ${result.kind}`);
    return result.text;
  }

  close(): Promise<void> {
    return this.prepared.program.dispose();
  }
}
