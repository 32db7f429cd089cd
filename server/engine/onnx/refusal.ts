import type { Value, ValuesOf } from '@/lib/text/format';
import type { OwnGeneratorText } from '@/lib/text/keys/ownGenerator';
import { own, SentenceError } from '@/lib/text/sentence';

/** Somebody's model that can't serve as a generator; says what to do, for the person who brought it. */
export class ImportedModelError extends SentenceError {
  override readonly name = 'ImportedModelError';
}

/** @param values what the file has: its texts are the same in every language. */
export function refusal<M extends OwnGeneratorText>(message: M, ...values: ValuesOf<M>): ImportedModelError {
  const given: Readonly<Record<string, Value>> = values[0] ?? {};
  const parts = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? own(value) : value,
  ]);
  return new ImportedModelError({ message, values: Object.fromEntries(parts) });
}
