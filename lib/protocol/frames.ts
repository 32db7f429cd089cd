import * as z from 'zod/mini';
import { sourceIds } from '../catalog/sources';
import { writtenParts } from '../room/written';
import type { History } from '../runs/history';
import { sentenceSchema } from '../text/sentenceSchema';
import { limits } from './limits';
import { packingShape } from './points';
import { picturedParts } from './topics';

/**
 * A frame is one streamed message in one binary buffer, encoded once and sent to all:
 *   u32 header length | header (JSON, UTF-8) | zero padding to a multiple of 4 | payload
 * All numbers are little endian. PROTOCOL.md lists kinds and payloads.
 */

/** How far a run goes, how fast, and what computes it. */
export const paceSchema = z.object({
  stepsPerEpoch: z.number(),
  /** Steps in the whole run, as the epochs stand now. */
  totalSteps: z.int(),
  /** Training steps a second, averaged over the last seconds; 0 while unknown. */
  stepsPerSecond: z.number(),
  executor: z.string(),
  /** The most memory that the run's process has held so far. */
  peakBytes: z.optional(z.number()),
});
export type Pace = z.infer<typeof paceSchema>;

/** Metrics of training steps. Payload: for each metric of the model, in the catalog's order, float32 [count]. */
const metricsHeader = z.object({
  kind: z.literal('metrics'),
  run: z.string(),
  /** The first step in the payload, counted from 1. */
  firstStep: z.int(),
  count: z.int(),
  pace: paceSchema,
  /** An evaluation of the validation set after `step`, if one was made; one value a metric. */
  validation: z.optional(z.object({ step: z.int(), values: z.array(z.number()) })),
});

/**
 * The whole curve so far; replaces whatever the client has. Payload: for each training point
 * float32 step and one float32 a metric, then the same for each validation point, then for each measurement
 * of diversity float32 step, spread and coverage (NaN where there is none).
 */
const historyHeader = z.object({
  kind: z.literal('history'),
  run: z.string(),
  stride: z.int(),
  step: z.int(),
  open: z.object({ count: z.int(), values: z.array(z.number()) }),
  training: z.int(),
  validation: z.int(),
  /** Measurements of diversity; absent for none. */
  diversity: z.optional(z.int()),
  /** The same in stored histories of earlier versions. */
  variety: z.optional(z.int()),
  /** `null` before the first metrics. */
  pace: z.nullable(paceSchema),
});

/** The diversity of a generator's samples after `step` (lib/runs/diversity). No payload. */
const diversityHeader = z.object({
  kind: z.literal('diversity'),
  run: z.string(),
  step: z.int(),
  spread: z.number(),
  coverage: z.nullable(z.number()),
});

/**
 * Pictures in a row, 0 black to 255 white. Payload: uint8 [count, height, width, channels]. With `codings`, int16
 * [count - drawn, size] behind them, without padding: a number is payload / 32767 * scale.
 */
const imagesHeader = z.object({
  kind: z.literal('images'),
  run: z.string(),
  step: z.int(),
  count: z.int(),
  height: z.int(),
  width: z.int(),
  channels: z.int(),
  /** Of a generator: how many at the end are of fresh noise; those before are of the same noise throughout. */
  fresh: z.optional(z.int()),
  /** Of a generator: its discriminator's score of each, 0 to 1. */
  scores: z.optional(z.array(z.number())),
  /** Of an autoencoder with a prior: how many at the end are samples of it, of the same noise throughout. */
  drawn: z.optional(z.int()),
  /** Of an autoencoder: the coding of each reconstruction. `scale`: the largest magnitude of all numbers. */
  codings: z.optional(z.object({ size: z.int(), scale: z.number() })),
});

/** The latent cloud. Payload: the points packed as the header says, then each channel in turn (points.ts). */
const pointsHeader = z.object({
  kind: z.literal('points'),
  run: z.string(),
  step: z.int(),
  ...packingShape,
  projection: z.enum(['pca', 'tsne', 'umap']),
  /** The source of the points; absent in frames of earlier versions: the model's first one. */
  source: z.optional(z.enum(sourceIds)),
  /** The layer of hidden states, counted from 0. */
  layer: z.optional(z.int()),
  /** Absent: '3'. */
  dimensions: z.optional(z.enum(['2', '3'])),
  /** Of a projection that comes step by step. */
  iteration: z.optional(z.int()),
  /** Names of the classes of a channel `class`; absent, the pictures' own count. */
  classes: z.optional(z.array(z.string())),
  /** Share of the variance that each axis explains; empty where axes mean nothing. */
  explained: z.array(z.number()),
});

/**
 * What the points of sources other than real images stand for, point by point. Pictures are fetched from
 * `/api/blobs/<hash>`: uint8 [count, height, width, channels], made by the weights after `step`; no payload.
 * Characters follow one another in a text: UTF-8.
 */
const subjectsHeader = z.object({
  kind: z.literal('subjects'),
  run: z.string(),
  step: z.int(),
  count: z.int(),
  /** Absent: characters. */
  pictures: z.optional(z.object({ hash: z.string(), height: z.int(), width: z.int(), channels: z.int() })),
});

const passage = {
  temperature: z.number(),
  text: z.string(),
  /** The likeliest characters at each place, falling; absent in frames of earlier versions. */
  best: z.optional(z.string()),
};

/**
 * What a text model writes by itself, after `prompt`. Payload, for each passage (writings.ts): uint8 [characters],
 * how probable each was, 255 certain, then the same for each of `best`.
 */
const textHeader = z.object({
  kind: z.literal('text'),
  run: z.string(),
  step: z.int(),
  prompt: z.string(),
  ...passage,
  /** The same at other temperatures. */
  others: z.optional(z.array(z.object(passage))),
});

/**
 * Pictures of what is explored, to all who look. Payload: float32 [coding], the picture's own numbers, then uint8
 * [count, height, width, channels]. With `problem`, the pictures are the last ones that could be had, perhaps none.
 */
const exploredHeader = z.object({
  kind: z.literal('explored'),
  /** The run's id, or the generator's hash. */
  run: z.string(),
  part: z.enum(picturedParts),
  /** What of the document it answers, as lib/room/explore has it. */
  asked: z.string(),
  step: z.int(),
  count: z.int(),
  height: z.int(),
  width: z.int(),
  channels: z.int(),
  /** Numbers of the coding before the pictures. */
  coding: z.int(),
  /** Of the path: where on it, and when it is to be shown, by the server's clock; `null` for at once. */
  place: z.optional(z.object({ position: z.number(), at: z.nullable(z.number()) })),
  /** Why the newest question brought nothing. */
  problem: z.optional(sentenceSchema),
});

/**
 * A text that people let the model write together, as far as it has come, to all who look. Payload as of `text`, of
 * one passage. With `problem`, it is what could be had, perhaps nothing.
 */
const writtenHeader = z.object({
  kind: z.literal('written'),
  run: z.string(),
  part: z.enum(writtenParts),
  /** What of the document it answers, as lib/room/written has it. */
  asked: z.string(),
  /** Who asked for it, as they were called then; `null` if that isn't known any more. */
  by: z.nullable(z.object({ name: z.string(), color: z.int() })),
  step: z.int(),
  prompt: z.string(),
  /** Characters of the prompt that the model doesn't know. */
  unknown: z.string(),
  ...passage,
  /** Whether nothing more follows. */
  isDone: z.boolean(),
  problem: z.optional(sentenceSchema),
});

export const frameHeaderSchema = z.discriminatedUnion('kind', [
  metricsHeader,
  historyHeader,
  diversityHeader,
  imagesHeader,
  pointsHeader,
  subjectsHeader,
  textHeader,
  exploredHeader,
  writtenHeader,
]);
export type FrameHeader = z.infer<typeof frameHeaderSchema>;
export type FrameKind = FrameHeader['kind'];

/** A frame that can't be read; says what was expected. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** @throws FrameError above `limits.frameBytes`. */
export function encodeFrame(header: FrameHeader, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 4) * 4;
  const bytes = start + payload.length;
  const most =
    header.kind === 'explored' || header.kind === 'written' ? limits.exploredBytes : limits.frameBytes;
  if (bytes > most) throw new FrameError(`A ${header.kind} frame of ${bytes} bytes exceeds ${most}`);
  const frame = new Uint8Array(bytes);
  new DataView(frame.buffer).setUint32(0, text.length, true);
  frame.set(text, 4);
  frame.set(payload, start);
  return frame;
}

/** The header alone, and where the payload begins. */
export function decodeHeader(frame: Uint8Array): { header: FrameHeader; start: number } {
  if (frame.length < 4) throw new FrameError(`A frame has at least 4 bytes, got ${frame.length}`);
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  if (4 + length > frame.length)
    throw new FrameError(`A header of ${length} bytes doesn't fit into ${frame.length}`);
  const text = new TextDecoder().decode(frame.subarray(4, 4 + length));
  return { header: frameHeaderSchema.parse(JSON.parse(text)), start: Math.ceil((4 + length) / 4) * 4 };
}

/** The header and a copy of the payload, aligned for typed arrays of 4-byte numbers. */
export function decodeFrame(frame: Uint8Array): { header: FrameHeader; payload: ArrayBuffer } {
  const { header, start } = decodeHeader(frame);
  // Not slice(): Node's Buffer would share its memory.
  return { header, payload: new Uint8Array(frame.subarray(start)).buffer };
}

/** Float32 values of several arrays behind one another, as bytes. */
export function floatPayload(...parts: readonly (Float32Array | readonly number[])[]): Uint8Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return new Uint8Array(all.buffer);
}

export function encodeHistory(run: string, history: History, pace: Pace | null): Uint8Array<ArrayBuffer> {
  const { stride, step, open, training, validation, diversity } = history;
  const rows = [...training, ...validation].flatMap((p) => [p.step, ...p.values]);
  const varied = diversity.flatMap((p) => [p.step, p.spread, p.coverage ?? Number.NaN]);
  const header = { kind: 'history', run, stride, step, open, pace } as const;
  return encodeFrame(
    { ...header, training: training.length, validation: validation.length, diversity: diversity.length },
    floatPayload(rows, varied),
  );
}

export function decodeHistory(
  header: Extract<FrameHeader, { kind: 'history' }>,
  payload: ArrayBuffer,
): History {
  const rows = new Float32Array(payload);
  const width = 1 + header.open.values.length;
  const point = (i: number) => ({
    step: rows[width * i] as number,
    values: [...rows.subarray(width * i + 1, width * (i + 1))],
  });
  const curves = header.training + header.validation;
  const all = Array.from({ length: curves }, (_, i) => point(i));
  const varied = (i: number) => {
    const [at, spread, coverage] = rows.subarray(width * curves + 3 * i) as unknown as [
      number,
      number,
      number,
    ];
    return { step: at, spread, coverage: Number.isNaN(coverage) ? null : coverage };
  };
  const { stride, step, open, diversity = header.variety ?? 0 } = header;
  return {
    stride,
    step,
    open,
    training: all.slice(0, header.training),
    validation: all.slice(header.training),
    diversity: Array.from({ length: diversity }, (_, i) => varied(i)),
  };
}
