import type { Text } from '@/app/_ui/language';
import type { GeneratorField } from '@/lib/protocol/generator';
import { shortName } from '@/lib/text/names';

/** Visible characters of a class's name in a chooser; a longer one is shown by its ends. */
const SHOWN = 40;

/** What a class field's classes are called, in order: by the file's names, with their numbers where two look the same. */
export function classLabels({ most, classNames = [] }: GeneratorField, t: Text): string[] {
  const names = classNames.map((name) => shortName(name, SHOWN));
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return Array.from({ length: most + 1 }, (_, n) => {
    const name = names[n];
    if (!name) return t('Class {n}', { n });
    return seen.get(name) === 1 ? name : `${name} (${n})`;
  });
}
