import * as z from 'zod/mini';
import { imageChoicesSchema, ownDataSchema, uploadFormSchema } from '@/lib/protocol/ownData';
import { sentenceSchema } from '@/lib/text/sentenceSchema';

/** What the server and the process that reads one upload say to each other, by IPC with structured clones. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Bytes expected');

/** The only question: read this file, which its person calls `name`. Answered with `read` or `refused`. */
export const toReaderSchema = z.object({ file: z.string(), name: z.string(), form: uploadFormSchema });
export type ToReader = z.infer<typeof toReaderSchema>;

export const fromReaderSchema = z.discriminatedUnion('kind', [
  /** Files read so far, and in all. */
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({
    kind: z.literal('read'),
    data: ownDataSchema,
    content: bytes,
    preview: bytes,
    choices: z.nullable(imageChoicesSchema),
  }),
  /** It can't be learned from; says why, for the person who brought it. */
  z.object({ kind: z.literal('refused'), sentence: sentenceSchema }),
  /** The process holds more than it may, and should be ended. */
  z.object({ kind: z.literal('exceeded'), megabytes: z.number() }),
]);
export type FromReader = z.infer<typeof fromReaderSchema>;
