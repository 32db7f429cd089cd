import * as z from 'zod/mini';
import { generatorInfoSchema, generatorReadingSchema } from '@/lib/protocol/generator';
import { sentenceSchema } from '@/lib/text/sentenceSchema';

/**
 * What the server and the process of somebody's own generator say to each other, by IPC with structured clones.
 * The server asks one thing at a time, `load` first; every question gets one answer.
 */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Bytes expected');

export const toGeneratorSchema = z.discriminatedUnion('kind', [
  /** The .onnx file, and how it is read; answered with `loaded`. */
  z.object({ kind: z.literal('load'), model: bytes, reading: generatorReadingSchema }),
  /** What a request for images says (lib/protocol/sampling); answered with `drawn`. */
  z.object({
    kind: z.literal('sample'),
    latents: bytes,
    mixed: z.optional(z.object({ others: bytes, shares: bytes })),
    fields: z.optional(z.array(z.number())),
  }),
]);
export type ToGenerator = z.infer<typeof toGeneratorSchema>;

export const fromGeneratorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded'), info: generatorInfoSchema }),
  /** uint8 [count, height, width, channels]. */
  z.object({ kind: z.literal('drawn'), pixels: bytes }),
  /** The question can't be answered; says why, for the person who asked. */
  z.object({ kind: z.literal('refused'), sentence: sentenceSchema }),
  /** The process holds more than it may, and should be ended. */
  z.object({ kind: z.literal('exceeded'), megabytes: z.number() }),
]);
export type FromGenerator = z.infer<typeof fromGeneratorSchema>;
