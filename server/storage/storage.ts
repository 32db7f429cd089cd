import { createHash } from 'node:crypto';
import type { GeneratorView } from '@/lib/protocol/generator';
import type { Assets, LogEntry } from '@/lib/protocol/messages';
import type { OwnData } from '@/lib/protocol/ownData';
import type { PastRun } from '@/lib/protocol/reel';
import type { ReelTopic } from '@/lib/protocol/topics';
import type { RunSpec, RunStatus } from '@/lib/runs/status';

/**
 * Bytes kept under their SHA-256 (64 hex digits): checkpoints, assets, pictures behind points, generators and data
 * sets.
 */
export interface Blob {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** Bytes with their hash. */
export function blobOf(bytes: Uint8Array): Blob {
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}

/** The newest frame of each topic that one can scrub through. */
type NewestFrames = { readonly [Topic in ReelTopic]: Uint8Array | null };

/** A playground's run as it is kept. Frames are encoded as in lib/protocol/frames. */
export interface StoredRun extends NewestFrames {
  readonly spec: RunSpec;
  readonly status: RunStatus;
  /**
   * The `live` parameters as it trains with them, and whether it keeps them whatever the recipe says; `null` before it
   * begins.
   */
  readonly live: { readonly values: Readonly<Record<string, number>>; readonly isApart: boolean } | null;
  readonly assets: Assets | null;
  /** A history frame; for a run that may go on, of exactly the checkpoint's step. */
  readonly history: Uint8Array | null;
  /** The newest subjects frame, and the hash of the blob that it names. */
  readonly subjects: { readonly frame: Uint8Array; readonly hash: string | null } | null;
  readonly checkpoint: { readonly step: number; readonly hash: string } | null;
}

/** Somebody's own generator, as it is kept. The blob of `hash` is the .onnx file. */
export type StoredGenerator = GeneratorView;

/** All that is kept of a playground but its blobs. */
export interface StoredPlayground {
  /** Yjs updates, oldest first; applied in order they make the document. */
  readonly updates: readonly Uint8Array[];
  /** The newest entries of the activity log, oldest first; as many as were asked for. */
  readonly log: readonly LogEntry[];
  readonly run: StoredRun | null;
  readonly generator: StoredGenerator | null;
  /** Data sets that people brought, in the order in which they came. */
  readonly ownData: readonly OwnData[];
}

/** Which frames of a reel are asked for: those of steps from `from` to `to`, both included, thinned by `every`. */
export interface ReelRange {
  readonly from: number;
  readonly to: number;
  /** Of the frames in between the first, and then each so-manieth; 1 for all. */
  readonly every: number;
}

/** The frames that a run has shown, thinned as lib/runs/reel says. */
export interface Reel {
  /**
   * Takes in the newest frame of a topic, encoded as in lib/protocol/frames; it is written soon after. Frames of later
   * steps go: they are of a run that has gone back to a checkpoint.
   */
  add(topic: ReelTopic, step: number, frame: Uint8Array): void;
  /** Forgets the frames of all steps after `step`. */
  cut(step: number): void;
  /** Fulfils when all that was added is on disk. */
  flush(): Promise<void>;
  /** For each topic the step and the size in bytes of every frame, in order. */
  index(): Promise<Record<ReelTopic, [number, number][]>>;
  /** The frames of a range in order: no more than fit into `limits.packBytes`, but at least one if there is any. */
  read(topic: ReelTopic, range: ReelRange): Promise<Uint8Array[]>;
}

/** The reels of all runs that are kept. */
export interface Reels {
  /** The reel of a run, empty if there is none yet. Ask each time: a reel that is held on to may have been closed. */
  of(run: string): Reel;
}

/** An earlier run of a playground. */
export interface StoredPastRun extends PastRun {
  /** A history frame, of its last step. */
  readonly history: Uint8Array;
}

/**
 * What outlives the process. Whatever a method did is on disk when its promise fulfils; each method is
 * one transaction. Methods may be called at the same time; those of one playground take effect in the
 * order of the calls. A failed disk rejects with the implementation's own error.
 */
export interface Storage {
  /** The key that signs sessions, 32 bytes; made on first use and the same ever after. */
  secret(): Promise<Uint8Array>;
  /** @throws StorageError if the id is taken. */
  create(playground: string, firstUpdate: Uint8Array): Promise<void>;
  has(playground: string): Promise<boolean>;
  /** Null for an unknown id. @throws StorageError if what is stored can't be read. */
  load(playground: string, logEntries: number): Promise<StoredPlayground | null>;
  /** Adds an update and the log entries that describe it; an entry whose id exists is replaced. */
  append(playground: string, update: Uint8Array | null, entries: readonly LogEntry[]): Promise<void>;
  /** Replaces all updates by one that says the same. */
  compact(playground: string, update: Uint8Array): Promise<void>;
  /**
   * Keeps `run`, or nothing for `null`, as the playground's run; removes blobs and reels that nothing points to
   * any more. The run before becomes an earlier one with its weights, if it has trained.
   */
  saveRun(playground: string, run: StoredRun | null, blobs?: readonly Blob[]): Promise<void>;
  /** Makes an earlier run the present one again, which becomes an earlier one in turn. Null for one that isn't kept. */
  restoreRun(playground: string, run: string): Promise<StoredRun | null>;
  /** Keeps `generator`, or nothing for `null`, as the playground's generator; blobs as with `saveRun`. */
  saveGenerator(playground: string, generator: StoredGenerator | null, file?: Blob): Promise<void>;
  /**
   * The runs before the present one, newest first, at most `limits.earlierRuns`, with weights up to
   * `limits.earlierWeightsBytes`.
   */
  pastRuns(playground: string): Promise<PastRun[]>;
  /** Null for one that isn't kept. */
  pastRun(playground: string, run: string): Promise<StoredPastRun | null>;
  readonly reels: Reels;
  /** Keeps a data set of the playground's own, instead of one of the same id; `files` are its content and its preview. */
  addOwnData(playground: string, data: OwnData, files: readonly Blob[]): Promise<void>;
  /** Forgets it, and its files if nothing else points to them. */
  removeOwnData(playground: string, id: OwnData['id']): Promise<void>;
  /** Null for an unknown hash. */
  blob(hash: string): Promise<Uint8Array | null>;
  /** Waits for what is under way, then frees files and locks. */
  close(): Promise<void>;
}

/** The data folder can't be used, or what is in it can't be read; the message is one line for the operator. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
