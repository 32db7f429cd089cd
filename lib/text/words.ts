import * as z from 'zod/mini';

/**
 * A piece of a sentence: what the program wrote, in English, for a page to put into its language; or what a person wrote
 * (a title, a file's name), which stays as it is in every language.
 */
export const wordsSchema = z.union([z.string(), z.object({ own: z.string() })]);
export type Words = z.infer<typeof wordsSchema>;

/** The words as a page shows them. */
export const wordsIn = (words: Words, translate: (text: string) => string): string =>
  typeof words === 'string' ? translate(words) : words.own;
