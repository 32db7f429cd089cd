import type { ValuesOf } from '@/lib/messages/format';
import { generatorAnswer } from '@/lib/messages/generatorAnswer';
import type { GeneratorAnswer } from '@/lib/messages/ko/ownGenerator';

/** Somebody's model that can't serve as a generator; says what to do, for the person who brought it. */
export class ImportedModelError extends Error {
  override readonly name = 'ImportedModelError';
}

export function refusal<M extends GeneratorAnswer>(message: M, ...values: ValuesOf<M>): ImportedModelError {
  return new ImportedModelError(generatorAnswer(message, ...values));
}
