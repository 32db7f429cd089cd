import type { Speed } from '@/lib/catalog/cost/speed';
import type { Recipe } from '@/lib/catalog/models';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import type { FrameKind, Pace } from '@/lib/protocol/frames';
import type { GeneratorInfo, GeneratorView } from '@/lib/protocol/generator';
import type { Assets } from '@/lib/protocol/messages';
import type { ImageChoices, OwnData, UploadForm } from '@/lib/protocol/ownData';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { ExploredPart } from '@/lib/protocol/topics';
import type { CurvePoint } from '@/lib/runs/history';
import type { Network, RunSpec, RunStatus } from '@/lib/runs/status';
import { type Sentence, SentenceError } from '@/lib/text/sentence';

/** One streamed message, encoded once for all its receivers. */
export interface OutFrame {
  readonly kind: FrameKind;
  /** Of an explored one: which, each a topic of its own. */
  readonly part?: ExploredPart;
  readonly bytes: Uint8Array;
  /** A blob that the frame names by its SHA-256; it must be stored before anyone gets the frame. */
  readonly blob?: Uint8Array;
}

/** A frame that shows a run after `step`. */
export interface RunFrame extends OutFrame {
  readonly step: number;
}

/** A run's whole state at a step, as the worker packed it. Opaque outside the worker. */
export interface Checkpoint {
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** Metrics of training steps, one array a metric. */
export interface MetricsBatch {
  readonly firstStep: number;
  readonly values: readonly Float32Array[];
  readonly validation: CurvePoint | null;
  readonly pace: Pace;
}

/** What a run reports, in order. Calls are synchronous and must not throw. */
export interface RunListener {
  status(status: RunStatus): void;
  /** Once, before the first frame. `blob` as `assetsSchema` says. */
  assets(assets: Omit<Assets, 'hash'>, blob: Uint8Array): void;
  /** `frame` carries the same metrics, encoded. */
  metrics(batch: MetricsBatch, frame: OutFrame): void;
  /** Images, points, their subjects, text or diversity. */
  frame(frame: RunFrame): void;
  /** Follows the metrics of its step; sent every `checkpointMs`, on pause, and at the end. */
  checkpoint(checkpoint: Checkpoint): void;
}

export interface StartOptions {
  /** Go on from here instead of from fresh weights. */
  readonly from?: Checkpoint;
  /** How codings become points; by default as the catalog says. */
  readonly projection?: ProjectionSettings;
  /** `step` takes one step and pauses. */
  readonly begin: 'train' | 'step';
  /** The only one of two networks that takes the step. */
  readonly network?: Network;
}

export interface Projecting {
  readonly settings: ProjectionSettings;
  readonly shown: Uint8Array | null;
  frame(frame: RunFrame): void;
}

/** The executor that was asked for can't run here; one line for the operator. */
export class ExecutorUnavailable extends Error {
  override readonly name = 'ExecutorUnavailable';
}

/** A sample that could not be had; says why, for the person who asked. */
export class SampleRefused extends SentenceError {
  override readonly name = 'SampleRefused';
}

/** Trains runs in worker processes: at most `limit` at once, the others queue in the order they came. */
export interface Runs {
  /** How fast this machine trains; `null` until it is measured. */
  readonly speed: Speed | null;
  /** Fulfils once it is certain that runs can train. @throws ExecutorUnavailable */
  readonly ready: Promise<void>;
  /** A run of this recipe may soon be started: the spare process prepares it, unless others need the processor. */
  expect(recipe: Recipe): void;
  start(spec: RunSpec, listener: RunListener, options: StartOptions): void;
  /** Whether a process holds or queues the run; if not, it has to start again from its checkpoint. */
  has(run: string): boolean;
  pause(run: string): void;
  resume(run: string): void;
  /** Takes one step, of one of two networks only if it is named. */
  step(run: string, network?: Network): void;
  /** Ends it after a last checkpoint; its status becomes `stopped`. */
  stop(run: string): void;
  /** Ends it at once and reports nothing more. */
  discard(run: string): void;
  /** New values of `live` parameters, from the next chunk on. */
  setLive(run: string, values: Readonly<Record<string, number>>): void;
  /**
   * How the run's codings become points from now on. A run that no process holds is projected from its checkpoint,
   * in a process that stays for a while; then `shown` is the frame that people see, and new ones come to `frame`.
   */
  project(spec: RunSpec, from: Checkpoint | null, projecting: Projecting): void;
  /**
   * Samples of a run: of the present weights while a process holds it, else of the checkpoint, in a process
   * that stays for a while.
   * @throws SampleRefused if there are no weights yet or the request doesn't fit the model.
   */
  sample(spec: RunSpec, from: Checkpoint | null, request: SampleRequest): Promise<SampleResult>;
  /** The same weights as a file of lib/catalog/exports. @throws SampleRefused */
  export(spec: RunSpec, from: Checkpoint | null, name: string): Promise<Uint8Array>;
  /** Checkpoints every run, then ends all workers. */
  close(): Promise<void>;
}

/** Somebody's .onnx file by its SHA-256, and how it is read. */
export type GeneratorFile = Pick<GeneratorView, 'hash' | 'reading'>;

/** Runs generators that people bring along as .onnx files. */
export interface Generators {
  /**
   * Loads a file and tries it.
   * @throws SampleRefused if it is no generator, takes too long or needs too much; the message is for whoever brought it.
   */
  check(file: GeneratorFile, model: Uint8Array): Promise<GeneratorInfo>;
  /**
   * Images of latents.
   * @param load brings the file if no process holds it any more.
   * @throws SampleRefused
   */
  sample(file: GeneratorFile, load: () => Promise<Uint8Array>, request: SampleRequest): Promise<SampleResult>;
  /** Ends all processes. */
  close(): Promise<void>;
}

/** A file that somebody brings to learn from. */
export interface Upload {
  /** As the person calls it. */
  readonly name: string;
  readonly form: UploadForm;
  readonly body: AsyncIterable<Uint8Array>;
  /** The sender's address and the playground: only so many uploads of each are read at once. */
  readonly parties: readonly string[];
  /** Aborted when the person gives up. */
  readonly signal: AbortSignal;
}

/** The result of reading an upload. */
export interface ReadUpload {
  readonly data: OwnData;
  /** The file that training reads; its SHA-256 is in the data's id. */
  readonly content: Uint8Array;
  /** The file that the data's `preview` names. */
  readonly preview: Uint8Array;
  /** How images could be read otherwise; `null` for a text. */
  readonly choices: ImageChoices | null;
}

/** An upload that can't be learned from; says what was expected, for whoever brought it. */
export class UploadRefused extends SentenceError {
  override readonly name = 'UploadRefused';

  constructor(
    readonly code: 'malformed' | 'too-large',
    sentence: Sentence,
  ) {
    super(sentence);
  }
}

/** An upload that lies on the server's disk. */
export interface Received {
  /**
   * Reads it in a process of its own, when it is its turn. @param progress files read so far and in all.
   * @throws UploadRefused
   */
  read(
    form: Upload['form'],
    signal: AbortSignal,
    progress: (done: number, total: number) => void,
  ): Promise<ReadUpload>;
  /** Keeps on disk what was read of it, in place of what was before. */
  keep(read: ReadUpload): Promise<void>;
  /** What was kept last. */
  kept(): Promise<ReadUpload>;
  /** Deletes it. */
  discard(): Promise<void>;
}

/** Receives and reads uploads of data. */
export interface UploadReaders {
  /** @throws UploadRefused if it is too large, breaks off or comes too slowly. */
  receive(upload: Pick<Upload, 'name' | 'body' | 'parties' | 'signal'>): Promise<Received>;
  /** Ends all processes. */
  close(): Promise<void>;
}
