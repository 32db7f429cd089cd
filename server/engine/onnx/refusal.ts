import type { Value, ValuesOf } from '@/lib/text/format';
import type { OwnGeneratorText } from '@/lib/text/keys/ownGenerator';
import { own, SentenceError } from '@/lib/text/sentence';

/** An .onnx file that can't serve as a generator; the sentence tells the person who brought it what to do. */
export class ImportedModelError extends SentenceError {
  override readonly name = 'ImportedModelError';
}

/** An error of that sentence. @param values of its places; texts are the file's own words, the same in every language. */
export function refusal<M extends OwnGeneratorText>(message: M, ...values: ValuesOf<M>): ImportedModelError {
  const given: Readonly<Record<string, Value>> = values[0] ?? {};
  const parts = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? own(value) : value,
  ]);
  return new ImportedModelError({ message, values: Object.fromEntries(parts) });
}
