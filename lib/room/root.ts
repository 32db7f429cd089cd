import * as Y from 'yjs';
import type * as z from 'zod/mini';
import { SentenceError } from '../text/sentence';
import { complaintIn } from '../text/sentenceSchema';

/** What may be brought into a root of the document: numbers, strings, bytes, and containers of these. */
export type ContentKind = 'number' | 'string' | 'bytes' | 'map' | 'array' | 'text';

/** A root map of the document as plain values: maps are objects, arrays are arrays. */
export type RootJson = Readonly<Record<string, unknown>>;

/** A root map of the document: a row of the table `roots`. */
export interface Root<Content> {
  /** What clients may bring into it; whatever else comes is refused. */
  readonly content: readonly ContentKind[];
  /** Whether Undo takes back what somebody has changed in it. */
  readonly isUndoable: boolean;
  /** Whether the log records its changes. */
  readonly isLogged: boolean;
  /** Checks all of it. @throws DocumentError naming the first thing that is wrong. */
  read(json: RootJson): Content;
  /** The same where only `entries` have changed since it was `known`; those that are gone are `undefined`. */
  reread?(entries: RootJson, known: Content): Content;
  /** The keys of a control by its name in this root; by itself the parts between `/`. */
  pathOf?(name: string): readonly string[];
  /** Adds what it lacks. Only the server calls this. */
  seed?(root: Y.Map<unknown>): void;
  /** By schema, what changed in this root from the schema before. */
  readonly migrations?: Readonly<Record<number, (root: Y.Map<unknown>) => void>>;
}

/** A document that its roots don't accept; says what was expected. */
export class DocumentError extends SentenceError {
  override readonly name = 'DocumentError';
}

export function check<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DocumentError(complaintIn(parsed.error) ?? 'Malformed document');
}

function plain(value: unknown): unknown {
  if (value instanceof Y.Map) return jsonOf(value);
  if (value instanceof Y.Array) return value.toArray().map(plain);
  return value instanceof Y.Text ? value.toString() : value;
}

/** Not by `toJSON()`, which would lose an entry of the name `__proto__`. */
export function jsonOf(map: Y.Map<unknown>, keys: Iterable<string> = map.keys()): RootJson {
  return Object.fromEntries([...keys].map((key) => [key, plain(map.get(key))]));
}
