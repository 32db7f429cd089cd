import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DatasetId } from '@/lib/catalog/datasets';
import { defaultDatasetFor, defaultValues, type ModelId, recipeSchema } from '@/lib/catalog/models';
import type { FrameKind } from '@/lib/protocol/frames';
import type { Assets } from '@/lib/protocol/messages';
import type { RunSpec, RunState, RunStatus } from '@/lib/runs/status';
import type { Checkpoint, MetricsBatch, OutFrame, RunListener } from '@/server/processes/runs/runs';

/** The built worker. @throws Error if there is none. */
export function workerFile(): string {
  const file = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is not built: run "npm run build" first (npm test does)`);
  return file;
}

/** A run of a model, by default on the data set that needs no network, with some values changed. */
export function specFor(
  model: ModelId,
  id: string,
  values: Record<string, unknown> = {},
  dataset: DatasetId = defaultDatasetFor(model),
): RunSpec {
  const recipe = { model, dataset, values: { ...defaultValues(model), ...values } };
  return { id, recipe: recipeSchema.parse(recipe) };
}

/** Values of small networks, for tests of how models run and not of what they learn. */
export const smallValues = {
  autoencoder: { hiddenUnits: [20], codingSize: 6 },
  vae: { hiddenUnits: [20], codingSize: 5, batchSize: 32 },
  'char-rnn': { hiddenUnits: [12, 8], windowLength: 20, batchSize: 8 },
  gan: { generatorUnits: [16], discriminatorUnits: [16], batchSize: 8, codingSize: 5 },
  dcgan: { generatorFilters: [8, 4], discriminatorFilters: [4, 8], batchSize: 4, codingSize: 5 },
  stylegan: {
    ...{ synthesisFilters: [8, 4], discriminatorFilters: [4], batchSize: 4 },
    ...{ codingSize: 5, styleSize: 6, mappingDepth: 2 },
  },
} as const satisfies Record<ModelId, Record<string, unknown>>;

/** The same for the autoencoder. */
export const specOf = (id: string, values: Record<string, unknown> = {}, dataset?: DatasetId): RunSpec =>
  specFor('autoencoder', id, values, dataset);

/** Remembers everything that a run reports, and fulfils waits for it. */
export class Recorder implements RunListener {
  readonly statuses: RunStatus[] = [];
  readonly batches: MetricsBatch[] = [];
  readonly frames: { readonly kind: FrameKind; readonly bytes: Uint8Array }[] = [];
  readonly checkpoints: Checkpoint[] = [];
  readonly shown: { readonly assets: Omit<Assets, 'hash'>; readonly blob: Uint8Array }[] = [];
  private readonly waits = new Set<() => void>();

  get last(): RunStatus | undefined {
    return this.statuses.at(-1);
  }

  /** The last completed step that metrics have told of. */
  get step(): number {
    const batch = this.batches.at(-1);
    return batch ? batch.firstStep + (batch.values[0]?.length ?? 0) - 1 : 0;
  }

  /** The loss of every step so far. */
  get losses(): number[] {
    return this.batches.flatMap((batch) => [...(batch.values[0] ?? [])]);
  }

  status(status: RunStatus): void {
    this.statuses.push(status);
    this.notify();
  }

  assets(assets: Omit<Assets, 'hash'>, blob: Uint8Array): void {
    this.shown.push({ assets, blob });
    this.notify();
  }

  metrics(batch: MetricsBatch, frame: OutFrame): void {
    this.batches.push(batch);
    this.frame(frame);
  }

  frame(frame: OutFrame): void {
    this.frames.push(frame);
    this.notify();
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.checkpoints.push(checkpoint);
    this.notify();
  }

  /** Fulfils as soon as `condition` holds. @throws Error, with the last status, if the run fails first. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const isMet = condition();
        if (!isMet && this.last?.state !== 'failed') return;
        this.waits.delete(check);
        if (isMet) resolve();
        else reject(new Error(`The run failed: ${JSON.stringify(this.last)}`));
      };
      this.waits.add(check);
      check();
    });
  }

  reaches(state: RunState): Promise<void> {
    return this.until(() => this.last?.state === state);
  }

  private notify(): void {
    for (const check of [...this.waits]) check();
  }
}
