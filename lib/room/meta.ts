import * as z from 'zod/mini';
import { limits } from '../protocol/limits';
import { UNTITLED } from '../text/names';
import { say } from '../text/sentence';
import { complaint } from '../text/sentenceSchema';
import { check, type Root } from './root';

/** The version of documents; `migrations` of the roots say what each changed. */
export const DOCUMENT_SCHEMA = 2;

const tooLong = say('A title has at most {most} characters', { most: limits.titleCharacters });
const metaSchema = z.strictObject({
  schema: z.literal(DOCUMENT_SCHEMA),
  title: z.string().check(z.refine(({ length }) => length <= limits.titleCharacters, complaint(tooLong))),
});

/** What the playground is: `{ schema, title }`. */
export const meta = {
  content: ['number', 'string'],
  isUndoable: true,
  isLogged: true,
  read: (json) => check(metaSchema, json),
  seed: (root) => {
    if (!root.has('schema')) root.set('schema', DOCUMENT_SCHEMA);
    if (!root.has('title')) root.set('title', UNTITLED);
  },
} as const satisfies Root<z.infer<typeof metaSchema>>;
