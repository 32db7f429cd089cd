import type { NetworkId } from '@/lib/catalog/blocks';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import type { LayerExample, SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { PlainMessage } from '@/lib/text/keys';
import { SentenceError, say } from '@/lib/text/sentence';
import type { DataMap, Program, TensorData } from '@/server/engine/program';
import type { ImageSize, Model } from '@/server/models/model';
import type { FromWorker, ShownKind } from '@/server/wire/messages';

/** Values of a recipe's single numbers by key, live ones as they are now. */
export type LiveValues = Readonly<Record<string, number>>;

/** The single numbers among a recipe's values. */
export function numbersOf(values: Readonly<Record<string, unknown>>): LiveValues {
  const numbers = Object.entries(values).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(numbers);
}

/** How epochs and steps relate for a data set. */
export interface Course {
  /** Not an integer unless whole batches fit. */
  readonly stepsPerEpoch: number;
  /** Steps after which so many epochs are complete. */
  stepsFor(epochs: number): number;
  /** Whether an epoch ends in step `step`, counted from 1. */
  endsEpoch(step: number): boolean;
  /** The first step after `step` in which an epoch ends. */
  nextEpochEnd(step: number): number;
}

/** What a kind of model needs to be trained on its data. */
export interface Task {
  readonly model: Model;
  readonly course: Course;
  /** The size of its images; absent for texts. */
  readonly image?: ImageSize;
  /** The text's distinct characters by their ids; absent for images. */
  readonly vocabulary?: readonly string[];
  /** Steps between two evaluations, if these don't wait for the end of an epoch. */
  readonly evaluationSteps?: number;
  /** Inputs of `count` steps from `firstStep` on, stacked; a pure function of its arguments. */
  feed(firstStep: number, count: number, live: LiveValues): DataMap;
  /** @param run the id that frames carry. @param projection the catalog's defaults if absent. */
  observe(run: string, program: Program, projection?: ProjectionSettings): Observer;
}

/** An encoded frame that shows the run after `step`. */
export interface ShownFrame {
  readonly frame: ShownKind;
  readonly step: number;
  readonly bytes: Uint8Array;
  /** A blob that the frame names by its SHA-256. */
  readonly blob?: Uint8Array;
}

/** Makes frames of one kind, again and again while a run trains. */
export interface FrameMaker {
  /** Milliseconds between two frames, and the share of the training time that making them may take; may change with each frame. */
  readonly cadence: readonly [periodMs: number, share: number];
  /** @param step completed training steps. @returns `null` if there is nothing new to show yet. */
  make(step: number): Promise<ShownFrame | null>;
}

/** Makes the frames with the subjects of the cloud's points, where these aren't the run's fixed pictures. */
export interface SubjectsMaker extends FrameMaker {
  /** Whether the last frame is older than the weights after `step`; then `make` is called until it isn't. */
  isBehind(step: number): boolean;
}

/** Makes the cloud's frames, also while nothing trains: t-SNE and UMAP go on moving points. */
export interface PointsMaker extends FrameMaker {
  /** Whether the projection has iterations left. */
  readonly isMoving: boolean;
  /** Iterates for a few milliseconds. @returns a frame if one is due. */
  move(step: number): Promise<ShownFrame | null>;
  /** Changes the projection's settings. @param shown the last frame that people saw, if another process made it: points start there. */
  configure(settings: ProjectionSettings, shown: Uint8Array | null): void;
}

/** Requests that each family of models answers in its own way; those for a layer are answered alike for all. */
export type ModelRequest = Exclude<SampleRequest, { kind: 'layer' }>;

/** Evaluates, draws and samples with a run's present weights, without training. */
export interface Observer {
  /** The fixed pictures behind the run, if there are any. */
  assets(): Extract<FromWorker, { kind: 'assets' }> | null;
  /**
   * Means over the validation data after `step`, one a metric; null if there are none.
   * @param turn is awaited between batches, so that messages come in.
   * @param live the recipe's own values if absent.
   */
  evaluate(turn: () => Promise<void>, step: number, live?: LiveValues): Promise<number[]> | null;
  readonly makers: readonly FrameMaker[];
  /** The maker of the cloud, if the model has one. */
  readonly cloud?: PointsMaker;
  /** The maker of the cloud's subjects, if it needs one. */
  readonly subjects?: SubjectsMaker;
  /**
   * @param live for what the next step would do; the recipe's own values if absent.
   * @throws SampleError if the request doesn't fit the model.
   */
  sample(request: ModelRequest, step: number, live?: LiveValues): Promise<SampleResult>;
  /** A layer's output for one example. @param layer the name that its weights begin with, within `network`. */
  outputs(network: NetworkId, layer: string, step: number): Promise<Outputs>;
}

/** A layer's output for one example: its numbers in a row; for a text one row a character, [characters, units]. */
export interface Outputs {
  readonly values: TensorData;
  readonly example: LayerExample;
}

/** A request for samples that this model can't answer; says what was expected. */
export class SampleError extends SentenceError {
  override readonly name = 'SampleError';
}

/** Rows of one engine call in evaluations; the last batch is padded. */
export const EVALUATION_ROWS = 250;

/** float32 values of bytes as they came, [count, size]. @throws SampleError */
export function matrixOf(
  bytes: Uint8Array,
  size: number,
  most: number,
  what: PlainMessage = 'Latents',
): { values: Float32Array; count: number } {
  const count = bytes.length / (4 * size);
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new SampleError(
      say('{what} are 1 to {most} rows of {size} float32 numbers, {bytes} bytes each; got {count} bytes', {
        ...{ what, most, size },
        bytes: 4 * size,
        count: bytes.length,
      }),
    );
  // A copy, aligned for float32; slice() would not copy a Buffer, as which bytes come from a socket.
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  if (!values.every(Number.isFinite)) throw new SampleError(say('{what} must be finite numbers', { what }));
  return { values, count };
}

/** Images from 0 to 1 as bytes, 0 black to 255 white. */
export function greyOf(images: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(images, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
