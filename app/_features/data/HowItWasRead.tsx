import { useId } from 'react';
import { type Text, useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { type EncodingId, encodingOf, encodings } from '@/lib/catalog/encodings';
import { MERGED, type TextReading } from '@/lib/protocol/ownData';

interface HowItWasReadProps {
  reading: TextReading;
  /** Has it read in another encoding; absent where that can't be any more. */
  onEncoding?(encoding: EncodingId): void;
}

/** How a text's bytes became characters, what was left out, and the choice of another encoding. */
export function HowItWasRead({ reading, onEncoding }: HowItWasReadProps) {
  const t = useText();
  const isOpen = reading.isUncertain && onEncoding !== undefined;
  return (
    <>
      {isOpen && <OtherEncoding reading={reading} onEncoding={onEncoding} />}
      <ul className="mt-2 grid gap-0.5 text-xs wrap-break-word text-ink-soft empty:hidden">
        {factsOf(reading, isOpen, t).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </>
  );
}

/** What is worth to know: nothing of a whole text in UTF-8. */
function factsOf(reading: TextReading, isOpen: boolean, t: Text): string[] {
  const { texts, encodings: found, cut, broken, merged } = reading;
  const names = found.map((id) => t(encodingOf(id).label)).join(', ');
  const isPlain = found.length === 1 && found[0] === 'utf-8';
  return [
    texts > 1 && t('{n} texts in the order of their names', { n: texts }),
    !isPlain && !isOpen && t('Read as {encodings}', { encodings: names }),
    cut > 0 && t('{n} {n|text was|texts were} cut within a character, which was left out', { n: cut }),
    broken > 0 && t('{n} {n|place|places} with bytes that are no characters left out', { n: broken }),
    merged.distinct > 0 &&
      t('{distinct} rare characters, in {places} places, are read as one ({mark})', {
        ...merged,
        mark: MERGED,
      }),
  ].filter((fact) => fact !== false);
}

/** Reads the text anew in another encoding; its first lines show whether that was right. */
function OtherEncoding({ reading, onEncoding }: Required<HowItWasReadProps>) {
  const t = useText();
  const id = useId();
  return (
    <div className="mt-3 text-sm">
      <label htmlFor={id} className="mb-1 block text-xs text-ink-soft">
        {t('Read as')}
      </label>
      <Select
        id={id}
        value={reading.encodings.findLast((each) => each !== 'utf-8') ?? 'utf-8'}
        options={encodings.map(({ id: value, label }) => ({ value, label: t(label) }))}
        onChange={(event) => onEncoding(event.target.value as EncodingId)}
      />
      <p className="mt-1 text-xs text-ink-soft">
        {t('If letters look wrong, choose another encoding: the text is read anew.')}
      </p>
    </div>
  );
}
