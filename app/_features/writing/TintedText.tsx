import { memo } from 'react';
import { useText } from '@/app/_ui/language';
import { surprise, TINTS, tint } from '@/app/_view/tint';

interface TintedTextProps {
  characters: readonly string[];
  /** uint8, one a character, 255 certain. */
  probabilities: Uint8Array;
  /** So many are shown. */
  shown: number;
  /** A character that is pointed at. */
  at?: number | null;
}

/** Characters of one part; parts that don't change aren't drawn again. */
const PART = 64;

/** A model's text, every character the more coloured the less it was to be expected. */
export function TintedText({ characters, probabilities, shown, at = null }: TintedTextProps) {
  const parts = Math.ceil(shown / PART);
  return Array.from({ length: parts }, (_, part) => {
    const from = part * PART;
    const to = Math.min(shown, from + PART);
    const isHere = at !== null && at >= from && at < to;
    return (
      <Part
        key={from}
        from={from}
        text={characters.slice(from, to).join('')}
        probabilities={probabilities}
        at={isHere ? at : null}
      />
    );
  });
}

interface PartProps {
  from: number;
  text: string;
  probabilities: Uint8Array;
  at: number | null;
}

const Part = memo(
  function Part({ from, text, probabilities, at }: PartProps) {
    return [...text].map((character, i) => {
      const place = from + i;
      const bits = surprise(probabilities[place] ?? 255);
      return (
        <span
          key={place}
          data-place={place}
          className={place === at ? 'rounded-xs outline-2 outline-ink' : undefined}
          style={bits > 0 ? { background: tint(bits) } : undefined}
        >
          {character}
        </span>
      );
    });
  },
  // A text that grows keeps what it had.
  (before, after) => before.text === after.text && before.at === after.at && sameBytes(before, after),
);

function sameBytes(a: PartProps, b: PartProps): boolean {
  if (a.probabilities === b.probabilities) return true;
  for (let i = a.from; i < a.from + PART; i++) if (a.probabilities[i] !== b.probabilities[i]) return false;
  return true;
}

/** What the tint means. */
export function TintLegend() {
  const t = useText();
  return (
    <p className="flex items-center gap-2 text-xs text-ink-soft">
      {t('Expected')}
      <span aria-hidden className="flex overflow-hidden rounded-sm border border-line">
        {Array.from({ length: TINTS + 1 }, (_, bits) => (
          <span key={tint(bits)} className="h-3 w-3" style={{ background: tint(bits) }} />
        ))}
      </span>
      {t('surprising')}
    </p>
  );
}
