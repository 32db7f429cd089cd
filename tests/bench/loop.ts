import { tmpdir } from 'node:os';
import { defaultValues, type Recipe, recipeSchema } from '@/lib/catalog/models';
import { loadDataset } from '@/server/datasets';
import { compile } from '@/server/engine/compile';
import type { ExecutorId, Program } from '@/server/engine/program';
import { programOf } from '@/server/models';
import { Batches } from '@/server/worker/batches';
import { Pace } from '@/server/worker/pace';
import { trainingCount } from '@/server/worker/prepare';
import { imagesFolder } from './report';

/** The notebook's preset on the real images: 3,115 of 3,615 train. */
export const notebook: Recipe = recipeSchema.parse({
  model: 'autoencoder',
  dataset: 'fashion-mnist',
  values: { ...defaultValues('autoencoder'), validationShare: 13.83 },
});

/** The training loop bare: batches, chunks of the worker's size, the engine; nothing is shown or sent. */
export class BareLoop {
  private step = 0;
  private readonly pace = new Pace();

  private constructor(
    private readonly program: Program,
    private readonly batches: Batches,
  ) {}

  static async create(executor: ExecutorId): Promise<BareLoop> {
    const set = await loadDataset(notebook.dataset, {
      dataDir: tmpdir(),
      source: imagesFolder(),
      progress: ({ label }) => console.error(label),
    });
    const { batchSize, seed, validationShare } = notebook.values;
    const model = programOf(notebook, set);
    const program = await compile(model.definition, executor);
    await program.setState(model.initialState());
    const count = trainingCount(set.count, validationShare);
    return new BareLoop(
      program,
      new Batches(set.images, set.images.length / set.count, count, batchSize, seed),
    );
  }

  /** Trains for at least so many steps. @returns milliseconds a step, making the batches included. */
  async train(steps: number): Promise<number> {
    const began = performance.now();
    const first = this.step;
    while (this.step < first + steps) await this.chunk();
    return (performance.now() - began) / (this.step - first);
  }

  close(): Promise<void> {
    return this.program.dispose();
  }

  private async chunk(): Promise<void> {
    const { chunkSteps } = this.pace;
    const inputs = {
      images: this.batches.stack(this.step + 1, chunkSteps),
      learningRate: new Float32Array(chunkSteps).fill(notebook.values.learningRate),
    };
    const start = performance.now();
    await this.program.train(chunkSteps, inputs);
    this.pace.measured(chunkSteps, start, performance.now());
    this.step += chunkSteps;
  }
}
