import { limits } from '../protocol/limits';

/**
 * What a run has shown, kept densely enough to scrub through it. Each topic has a track of frames in the order
 * of their steps. Of the steps in a bucket of `spacing` the first is kept, and the newest frame of all; when a
 * track is full, its spacing doubles until it is no longer. What is kept depends on the frames alone, so that
 * replaying a track gives the same track.
 */
export interface ReelEntry {
  /** Completed training steps. */
  readonly step: number;
  /** Bytes of the frame. */
  readonly size: number;
}

export interface Track<Entry extends ReelEntry = ReelEntry> {
  /** Steps a bucket; a power of two. */
  spacing: number;
  entries: Entry[];
}

/** A full track is thinned to at most this share of its limit, so that the next thinning is far away. */
const THINNED = 0.75;

export function emptyTrack<Entry extends ReelEntry>(spacing = 1): Track<Entry> {
  return { spacing, entries: [] };
}

const bucketOf = ({ spacing }: Track, { step }: ReelEntry): number => Math.floor(step / spacing);

/** Whether the newest frame stays only until the next one comes. */
export function isTailPassing<Entry extends ReelEntry>(track: Track<Entry>): boolean {
  const [before, last] = track.entries.slice(-2);
  return before !== undefined && last !== undefined && bucketOf(track, before) === bucketOf(track, last);
}

/** Adds the newest frame. A run that went back to a checkpoint forgets what it showed from there on. */
export function addToTrack<Entry extends ReelEntry>(track: Track<Entry>, entry: Entry): void {
  cutTrack(track, entry.step - 1);
  if (isTailPassing(track)) track.entries.pop();
  track.entries.push(entry);
}

/** Drops the frames after `step`. @returns whether there were any. */
export function cutTrack<Entry extends ReelEntry>({ entries }: Track<Entry>, step: number): boolean {
  const before = entries.length;
  while ((entries.at(-1)?.step ?? step) > step) entries.pop();
  return entries.length < before;
}

export function isTrackFull({ entries }: Track): boolean {
  return entries.length > limits.reelFrames;
}

export function bytesOf({ entries }: Track): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}

/** Doubles the spacing until at most three quarters of the frames are left; the newest always is. */
export function thinTrack<Entry extends ReelEntry>(track: Track<Entry>): void {
  const most = Math.max(1, Math.floor(THINNED * track.entries.length));
  while (track.entries.length > most) {
    track.spacing *= 2;
    const { entries } = track;
    track.entries = entries.filter((entry, i) => {
      const before = entries[i - 1];
      const isFirst = before === undefined || bucketOf(track, before) !== bucketOf(track, entry);
      return isFirst || i === entries.length - 1;
    });
    // Two frames may be neighbours at any spacing: the first and the newest.
    if (track.entries.length <= 2) return;
  }
}

/** The index of the newest of the ordered `steps` up to `step`; -1 if all come later. */
export function indexBy(steps: ArrayLike<number>, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The index of the moment to be shown for `step`: the newest up to it, else the first; -1 if there is none. */
export function indexAt(steps: ArrayLike<number>, step: number): number {
  return steps.length === 0 ? -1 : Math.max(0, indexBy(steps, step));
}
