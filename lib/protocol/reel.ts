import * as z from 'zod/mini';
import { runSpecSchema, runStatusSchema } from '../runs/status';
import { FrameError } from './frames';
import { assetsSchema } from './messages';
import { reelTopics } from './topics';

/** What a run's reel holds: for each topic the step and the bytes of every frame, in order. */
export const reelIndexSchema = z.object({
  run: z.string(),
  topics: z.partialRecord(
    z.enum(reelTopics),
    z.array(z.tuple([z.int().check(z.gte(0)), z.int().check(z.gte(0))])),
  ),
});
export type ReelIndex = z.infer<typeof reelIndexSchema>;

/** A run that was followed by another or reset, as it is kept. */
export const pastRunSchema = z.object({
  spec: runSpecSchema,
  status: runStatusSchema,
  assets: z.nullable(assetsSchema),
  /** The step of its weights; `null` once they had to go. */
  weights: z.nullable(z.int()),
});
export type PastRun = z.infer<typeof pastRunSchema>;

/** Newest first. */
export const pastRunsSchema = z.array(pastRunSchema);

/** Several frames in one buffer: for each `u32 length | frame | zero padding to a multiple of 4`, little endian. */
export function encodePack(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const padded = frames.map(({ length }) => 4 + Math.ceil(length / 4) * 4);
  const pack = new Uint8Array(padded.reduce((sum, size) => sum + size, 0));
  const view = new DataView(pack.buffer);
  let at = 0;
  for (const [i, frame] of frames.entries()) {
    view.setUint32(at, frame.length, true);
    pack.set(frame, at + 4);
    at += padded[i] as number;
  }
  return pack;
}

/** @throws FrameError if the pack breaks off. */
export function decodePack(pack: Uint8Array): Uint8Array[] {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < pack.length; ) {
    const length = at + 4 <= pack.length ? view.getUint32(at, true) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > pack.length)
      throw new FrameError(`A pack of ${pack.length} bytes breaks off in frame ${frames.length + 1}`);
    frames.push(pack.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return frames;
}
