import type { Progress } from '@/lib/runs/status';

/** Images with their classes, in the order of their source. */
export interface ImageSet {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** uint8 [count, height, width, channels], 0 black to 255 white. */
  readonly images: Uint8Array;
  /** uint8 [count], indices into the catalog's `classes`. */
  readonly labels: Uint8Array;
}

export interface LoadOptions {
  /** Folder for downloads; each data set keeps to `datasets/<id>` in it. */
  readonly dataDir: string;
  /** A local folder or an http(s) mirror that stands in for the published source. */
  readonly source?: string;
  progress(progress: Progress): void;
}

/** Files that are not what they should be; the message says what was expected and what came. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}

/** A download that failed on every address; the message says why on each. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}
