import type { NetworkId } from '@/lib/catalog/blocks';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import type { LayerExample, SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { DataMap, Program, TensorData } from '@/server/engine/program';
import type { ImageSize, Model } from '@/server/models/model';
import type { FromWorker, ShownKind } from '@/server/wire/messages';

/** The present values of a recipe's numbers, live ones as people have moved them. */
export type LiveValues = Readonly<Record<string, number>>;

/** Those of a recipe's values that are single numbers. */
export function numbersOf(values: Readonly<Record<string, unknown>>): LiveValues {
  const numbers = Object.entries(values).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(numbers);
}

/** The course of the data through training: epochs in steps. */
export interface Course {
  /** Not whole unless the batches fit. */
  readonly stepsPerEpoch: number;
  /** Steps that finish so many passes over the data. */
  stepsFor(epochs: number): number;
  /** Whether a pass ends in step `step`, counted from 1. */
  endsEpoch(step: number): boolean;
  /** The first step after `step` in which a pass ends. */
  nextEpochEnd(step: number): number;
}

/** What a kind of model needs to be trained on its data. */
export interface Task {
  readonly model: Model;
  readonly course: Course;
  /** The size of the images that it learns from, if it does. */
  readonly image?: ImageSize;
  /** The characters of the text that it learns from, if it does, by their ids. */
  readonly vocabulary?: readonly string[];
  /** Steps between two evaluations where an epoch is too long to wait for. */
  readonly evaluationSteps?: number;
  /** Inputs of `count` steps from `firstStep` on, stacked; a pure function of its arguments. */
  feed(firstStep: number, count: number, live: LiveValues): DataMap;
  /** How a compiled program of this task looks from outside, in frames of the run of that id. */
  observe(run: string, program: Program, projection?: ProjectionSettings): Observer;
}

/** A frame to be sent, of what is shown after `step`. */
export interface ShownFrame {
  readonly frame: ShownKind;
  readonly step: number;
  readonly bytes: Uint8Array;
  /** What the frame names by its SHA-256. */
  readonly blob?: Uint8Array;
}

/** Something that a run shows again and again while it trains. */
export interface Show {
  /** Milliseconds between two, and the share of the time that they may take; may change with each one made. */
  readonly cadence: readonly [periodMs: number, share: number];
  /** @returns `null` if there is nothing new to show yet. */
  make(step: number): Promise<ShownFrame | null>;
}

/** What the points stand for, where the run's fixed pictures don't say it. */
export interface Subjects extends Show {
  /** Whether those that were shown last aren't made by the weights after `step`: `make` goes on until they are. */
  isBehind(step: number): boolean;
}

/** Points that go on moving while nothing trains. */
export interface MovingShow extends Show {
  /** Whether `move` has something to do. */
  readonly isMoving: boolean;
  /** A slice of work. @returns a frame if one is due. */
  move(step: number): Promise<ShownFrame | null>;
  /** How points are made from now on. @param shown the frame that people see, if another process made it. */
  configure(settings: ProjectionSettings, shown: Uint8Array | null): void;
}

/** What a kind of model answers in its own way; layers look the same in all. */
export type ModelRequest = Exclude<SampleRequest, { kind: 'layer' }>;

/** Looks at a run from outside: what its present weights make of data, latents or prompts. */
export interface Observer {
  /** The fixed pictures behind the run, if there are any. */
  assets(): Extract<FromWorker, { kind: 'assets' }> | null;
  /**
   * Means over the validation data after `step`, one a metric; null if there are none.
   * @param turn is awaited between batches, so that messages come in.
   * @param live the recipe's own values if absent.
   */
  evaluate(turn: () => Promise<void>, step: number, live?: LiveValues): Promise<number[]> | null;
  readonly shows: readonly Show[];
  /** The one of the shows that moves by itself, if there is one. */
  readonly cloud?: MovingShow;
  /** The one of the shows that says what its points stand for, if something must. */
  readonly subjects?: Subjects;
  /**
   * @param live for what the next step would do; the recipe's own values if absent.
   * @throws SampleError if the request doesn't fit the model.
   */
  sample(request: ModelRequest, step: number, live?: LiveValues): Promise<SampleResult>;
  /** What a layer gives for an example. @param layer as lib/catalog/network names its weights, of `network`. */
  outputs(network: NetworkId, layer: string, step: number): Promise<Outputs>;
}

/** What a layer gives for one example; of a text for each of its characters, in a row. */
export interface Outputs {
  readonly values: TensorData;
  readonly example: LayerExample;
}

/** A request for samples that this model can't answer; says what was expected. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
}

/** Rows of one engine call where many are looked at; the last batch is padded. */
export const EVALUATION_ROWS = 250;

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** float32 values of bytes as they came, [count, size]. @throws SampleError */
export function matrixOf(
  bytes: Uint8Array,
  size: number,
  most: number,
  what = 'latents',
): { values: Float32Array; count: number } {
  const count = bytes.length / (4 * size);
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new SampleError(
      `${upper(what)} are 1 to ${most} rows of ${size} float32 numbers, ${4 * size} bytes each; got ${bytes.length} bytes`,
    );
  // A copy, aligned for float32; slice() would not copy a Buffer, as which bytes come from a socket.
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  if (!values.every(Number.isFinite)) throw new SampleError(`${upper(what)} must be finite numbers`);
  return { values, count };
}

/** Images from 0 to 1 as bytes, 0 black to 255 white. */
export function greyOf(images: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(images, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
