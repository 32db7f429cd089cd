import { english, pieces, type Value, type ValuesOf } from './format';
import type { OwnGeneratorText } from './keys/ownGenerator';

/** A sentence about somebody's generator in English; every language knows it, ready made as it is. */
export function generatorAnswer<M extends OwnGeneratorText>(message: M, ...values: ValuesOf<M>): string {
  const filled: Readonly<Record<string, Value>> = values[0] ?? {};
  return pieces(message, filled, english)
    .map(({ text }) => text)
    .join('');
}
