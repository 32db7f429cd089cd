import * as z from 'zod/mini';
import { modelIds, recipeSchema } from '@/lib/catalog/models';
import { projectionSchema } from '@/lib/catalog/projections';
import { paceSchema } from '@/lib/protocol/frames';
import { speedSchema } from '@/lib/protocol/messages';
import { sampleRequestSchema, sampleResultSchema } from '@/lib/protocol/sampling';
import { storedTopics } from '@/lib/protocol/topics';
import { networks, runSpecSchema, runStatusSchema } from '@/lib/runs/status';
import { sentenceSchema } from '@/lib/text/sentenceSchema';
import { executorIds } from '@/server/engine/program';

/** What the server and its worker processes say to each other, by IPC with structured clones. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Bytes expected');
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array, 'Float32 values expected');
const executor = z.enum(executorIds);
const liveValues = z.record(z.string(), z.number());

/** Threads within one operator, at most; absent lets the executor choose. */
const threads = z.optional(z.int().check(z.gte(1)));

/** What a worker computes with, and where its data is. */
const placement = {
  executor,
  threads,
  /** A local folder or a mirror's address, instead of the published sources. */
  datasets: z.optional(z.string()),
  dataDir: z.string(),
};

const expectSchema = z.object({ kind: z.literal('expect'), recipe: recipeSchema, ...placement });
/** What a run's preparation depends on: recipe, executor, threads and data. */
export type Basis = Omit<z.infer<typeof expectSchema>, 'kind'>;

const startSchema = z.object({
  kind: z.literal('start'),
  spec: runSpecSchema,
  /** Values of `live` parameters that changed since the spec was frozen. */
  live: liveValues,
  /** How codings become points; absent: as the catalog's defaults say. */
  projection: z.optional(projectionSchema),
  /** `serve` trains nothing: it answers samples of the checkpoint in `from` until it is ended. */
  begin: z.enum(['train', 'step', 'serve']),
  /** With `step`: the only one of two networks that takes it. */
  network: z.optional(z.enum(networks)),
  /** Bytes of a checkpoint to go on from, or `null` for fresh weights. */
  from: z.nullable(bytes),
  ...placement,
});
export type StartMessage = z.infer<typeof startSchema>;

export const toWorkerSchema = z.discriminatedUnion('kind', [
  /** A run of this recipe may be started: prepare it, and give up any earlier preparation. */
  expectSchema,
  /** Train this run. Sent once: a process trains one run. */
  startSchema,
  /** Find out which of these executors work here, and which is the fastest for which model; answered with `probed`. */
  z.object({ kind: z.literal('probe'), executors: z.array(executor), threads }),
  /** Hold after the present chunk. */
  z.object({ kind: z.literal('pause') }),
  /** Go on after a pause. */
  z.object({ kind: z.literal('resume') }),
  /** Take one step, of one of two networks only if it is named, and hold again. */
  z.object({ kind: z.literal('step'), network: z.optional(z.enum(networks)) }),
  /** End the run after a last checkpoint; answered with the status `stopped`. */
  z.object({ kind: z.literal('stop') }),
  /** The server closes: send a last checkpoint and exit, with no change of status. */
  z.object({ kind: z.literal('park') }),
  /** New values of `live` parameters. */
  z.object({ kind: z.literal('live'), values: liveValues }),
  /** New settings of the projection, also while the run is paused or only served; `shown` as Trainer.project says. */
  z.object({ kind: z.literal('projection'), settings: projectionSchema, shown: z.nullable(bytes) }),
  /** Samples of the present weights, between two chunks; answered with `sampled` of the same id. */
  z.object({ kind: z.literal('sample'), id: z.int(), request: sampleRequestSchema }),
  /**
   * The present weights as a file (lib/catalog/exports), between two chunks; answered with `exported` of the
   * same id.
   */
  z.object({ kind: z.literal('export'), id: z.int(), name: z.string() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

/** Kinds of frames besides metrics. */
const shownKinds = [...storedTopics, 'diversity'] as const;
export type ShownKind = (typeof shownKinds)[number];

const curvePoint = z.object({ step: z.int(), values: z.array(z.number()) });

export const fromWorkerSchema = z.discriminatedUnion('kind', [
  /** The process has loaded its code and can start a run without delay. */
  z.object({ kind: z.literal('ready') }),
  /** Still alive; sent every `heartbeatMs`. Every other message counts as one too. */
  z.object({ kind: z.literal('heartbeat') }),
  /** The run's state changed, or its preparation went on. */
  z.object({ kind: z.literal('status'), status: runStatusSchema }),
  /** The fixed pictures behind the run; `blob` as `assetsSchema` says. */
  z.object({
    kind: z.literal('assets'),
    assets: z.object({
      count: z.int(),
      height: z.int(),
      width: z.int(),
      channels: z.int(),
      classes: z.array(z.string()),
      labelled: z.optional(z.int()),
    }),
    blob: bytes,
  }),
  /** Metrics of training steps, and the same as an encoded frame. */
  z.object({
    kind: z.literal('metrics'),
    firstStep: z.int(),
    values: z.array(floats),
    validation: z.nullable(curvePoint),
    pace: paceSchema,
    frame: bytes,
  }),
  /** An encoded frame of what is shown after `step`; `blob` is what it names by its SHA-256. */
  z.object({
    kind: z.literal('frame'),
    frame: z.enum(shownKinds),
    step: z.int(),
    bytes,
    blob: z.optional(bytes),
  }),
  /** The whole state after `step`. */
  z.object({ kind: z.literal('checkpoint'), step: z.int(), bytes }),
  /** Answer to `sample`: the result, or why there is none. */
  z.object({
    kind: z.literal('sampled'),
    id: z.int(),
    result: z.nullable(sampleResultSchema),
    refusal: z.nullable(sentenceSchema),
  }),
  /** Answer to `export`: the file's bytes, or why there are none. */
  z.object({
    kind: z.literal('exported'),
    id: z.int(),
    result: z.nullable(bytes),
    refusal: z.nullable(sentenceSchema),
  }),
  /** Answer to `probe`: why some don't work, the fastest for each model, and the machine's speed. */
  z.object({
    kind: z.literal('probed'),
    failures: z.partialRecord(executor, z.string()),
    fastest: z.partialRecord(z.enum(modelIds), executor),
    speed: z.nullable(speedSchema),
  }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;

/** Milliseconds between two heartbeats of a worker. */
export const heartbeatMs = 2_000;
