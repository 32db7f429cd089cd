import { useLayoutEffect, useRef } from 'react';
import type { Candidate } from '@/app/_room/passages';
import { useText } from '@/app/_ui/language';

/** A visible form of a character, such as of a space. */
export const visible = (character: string): string =>
  ({ ' ': '␣', '\n': '↵', '\t': '⇥' })[character] ?? character;

export function percent(probability: number): string {
  const whole = Math.round(100 * probability);
  return whole < 1 ? '< 1 %' : `${whole} %`;
}

interface BestFiveProps {
  candidates: readonly Candidate[];
  /** The written character and its probability. */
  written: Candidate;
  /** The character's index, at which the card stands. */
  place: number;
  onChoose(character: string): void;
}

const EDGE = 4;

/** The five likeliest characters at a position; a press writes one instead, and goes on from there. */
export function BestFive({ candidates, written, place, onChoose }: BestFiveProps) {
  const t = useText();
  const card = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    const page = element?.offsetParent;
    const anchor = page?.querySelector<HTMLElement>(`[data-place="${place}"]`);
    if (!element || !page || !anchor) return;
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = anchor;
    const below = offsetTop + offsetHeight;
    const bottom = page.scrollTop + page.clientHeight;
    const isAbove =
      below + element.offsetHeight > bottom && offsetTop - element.offsetHeight > page.scrollTop;
    const left = offsetLeft + offsetWidth / 2 - element.offsetWidth / 2;
    const most = page.clientWidth - element.offsetWidth - EDGE;
    element.style.left = `${Math.max(EDGE, Math.min(left, most))}px`;
    element.style.top = `${isAbove ? offsetTop - element.offsetHeight : below}px`;
  });
  const isAmong = candidates.some(({ character }) => character === written.character);
  return (
    <fieldset
      ref={card}
      aria-label={t('Likeliest here')}
      data-card
      className="absolute z-30 grid w-44 gap-px rounded-lg border border-line bg-surface p-1 font-sans text-xs leading-normal text-ink shadow-(--shadow)"
    >
      {[...candidates, ...(isAmong ? [] : [written])].map((each) => (
        <button
          key={each.character}
          type="button"
          tabIndex={-1}
          aria-label={t('{character}, {percent}: go on with it', {
            character: visible(each.character),
            percent: percent(each.probability),
          })}
          aria-current={each.character === written.character || undefined}
          onClick={() => onChoose(each.character)}
          className="grid h-6 grid-cols-[1.5rem_minmax(0,1fr)_3rem] items-center gap-1 rounded-md px-1 hover:bg-sunken focus-visible:bg-sunken aria-[current]:font-semibold"
        >
          <span className="font-mono text-sm">{visible(each.character)}</span>
          <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
            <span
              className="block h-full bg-generated"
              style={{ width: `${Math.max(2, 100 * each.probability)}%` }}
            />
          </span>
          <span className="text-right tabular-nums">{percent(each.probability)}</span>
        </button>
      ))}
    </fieldset>
  );
}
