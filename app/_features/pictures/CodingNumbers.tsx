import type { Codings } from '@/app/_room/pictures';
import { useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';

/** Numbers that are told at a time: of a longer coding those around the one that is pointed at. */
const TOLD = 60;

interface CodingNumbersProps {
  codings: Codings;
  picture: number;
  /** The number that is pointed at; `null` for none. */
  marked: number | null;
}

/** A picture's coding as numbers. */
export function CodingNumbers({ codings: { size, values }, picture, marked }: CodingNumbersProps) {
  const t = useText();
  const own = values.subarray(picture * size, (picture + 1) * size);
  const from = TOLD * Math.floor((marked ?? 0) / TOLD);
  const told = Array.from(own.subarray(from, from + TOLD), (value, i) => ({ place: from + i, value }));
  if (told.length === 0) return null;
  return (
    <span className="mt-1 block border-t border-line pt-1">
      <span className="block text-ink-soft tabular-nums">
        {marked === null
          ? size > TOLD
            ? t('Its coding, {n} numbers; the first {shown}:', { n: size, shown: TOLD })
            : t('Its coding, {n} numbers:', { n: size })
          : t('Number {place}: {value}', { place: marked + 1, value: written(own[marked] ?? 0) })}
      </span>
      <span className="grid grid-cols-6 gap-x-2 text-right text-[0.6875rem] tabular-nums">
        {told.map(({ place, value }) => (
          <span key={place} className={place === marked ? 'rounded-sm bg-sunken font-semibold' : ''}>
            {written(value)}{' '}
          </span>
        ))}
      </span>
    </span>
  );
}

/** Two decimals, with a minus sign as wide as a digit. */
const written = (value: number): string => fixed(value, 2).replace('-', '−');
