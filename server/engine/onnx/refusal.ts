import type { ValuesOf } from '@/lib/text/format';
import { generatorAnswer } from '@/lib/text/generatorAnswer';
import type { OwnGeneratorText } from '@/lib/text/keys/ownGenerator';

/** Somebody's model that can't serve as a generator; says what to do, for the person who brought it. */
export class ImportedModelError extends Error {
  override readonly name = 'ImportedModelError';
}

export function refusal<M extends OwnGeneratorText>(message: M, ...values: ValuesOf<M>): ImportedModelError {
  return new ImportedModelError(generatorAnswer(message, ...values));
}
