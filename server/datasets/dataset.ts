import type { DatasetId, DatasetOf } from '@/lib/catalog/datasets';
import type { Progress } from '@/lib/runs/status';
import { type Sentence, SentenceError } from '@/lib/text/sentence';

/** Images with their classes, in the order of their source. */
export interface ImageSet {
  readonly kind: 'images';
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** uint8 [count, height, width, channels], 0 black to 255 white. */
  readonly images: Uint8Array;
  /** uint8 [count], indices into `classes`. */
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
}

export interface TextSet {
  readonly kind: 'text';
  readonly text: string;
}

/** What loading one of these data sets gives: images or a text, as the catalog says. */
export type DataOf<Id extends DatasetId> = Extract<ImageSet | TextSet, { kind: DatasetOf<Id>['kind'] }>;

export interface LoadOptions {
  /** Folder for downloads; each data set keeps to `datasets/<id>` in it. */
  readonly dataDir: string;
  /** A local folder or an http(s) mirror that stands in for the published source. */
  readonly source?: string;
  progress(progress: Progress): void;
}

/** Data that can't be had or learned from; says what was expected and what came. */
export class DatasetError extends SentenceError {
  override readonly name = 'DatasetError';

  constructor(
    sentence: Sentence,
    /** What to do about it, where that is known. */
    readonly advice: Sentence = '',
  ) {
    super(sentence);
  }
}

/** A download that failed on every address; says why on each. */
export class DownloadError extends SentenceError {
  override readonly name = 'DownloadError';
}
