import * as z from 'zod/mini';
import { inEnglish, type Part, type Sentence } from './sentence';

/** What fills a place. */
export const partSchema: z.ZodMiniType<Part> = z.lazy(() => z.union([z.number(), sentenceSchema]));

/** Sentences as they come over a wire or from the disk; those of other versions have texts that nobody knows here. */
export const sentenceSchema = z.union([
  z.string(),
  z.object({ message: z.string(), values: z.record(z.string(), partSchema) }),
  z.object({ own: z.string() }),
]) as unknown as z.ZodMiniType<Sentence>;

/** What a check of a value, by `z.custom` or `z.refine`, complains of. */
export const complaint = (sentence: Sentence) => ({ error: inEnglish(sentence), params: { sentence } });

/** The first complaint of a failed check; `null` where it has none that people read. */
export function complaintIn({ issues: [issue] }: z.core.$ZodError): Sentence | null {
  const given: unknown = issue?.code === 'custom' ? issue.params?.sentence : undefined;
  return sentenceSchema.safeParse(given).data ?? null;
}
