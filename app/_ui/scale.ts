import type { NumberParameter } from '@/lib/catalog/parameters';

/** What a number control needs to know of its parameter. */
export type Range = Pick<NumberParameter, 'min' | 'max' | 'integer' | 'scale'>;

/** Digits that a dragged or stepped value keeps. */
const DIGITS = 3;

function tidy(value: number, { min, max, integer }: Range): number {
  const rounded = integer ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return Math.min(max, Math.max(min, rounded));
}

/** Where a value stands on its slider, 0 to 1. */
export function toFraction(value: number, { min, max, scale }: Range): number {
  const even = (value - min) / (max - min);
  const fraction = {
    linear: () => even,
    log: () => Math.log(value / min) / Math.log(max / min),
    square: () => Math.sqrt(Math.max(0, even)),
  }[scale]();
  return Math.min(1, Math.max(0, fraction));
}

/** The value at a place on the slider, rounded to what a person would choose. */
export function fromFraction(fraction: number, range: Range): number {
  const { min, max, scale } = range;
  const value = {
    linear: () => min + fraction * (max - min),
    log: () => min * (max / min) ** fraction,
    square: () => min + fraction ** 2 * (max - min),
  }[scale]();
  return tidy(value, range);
}

/** One key press up or down; a `large` one is ten small ones. Log scales move by factors, 1.1 and 2; squares by hundredths of the way. */
export function nudge(value: number, direction: 1 | -1, large: boolean, range: Range): number {
  if (range.scale === 'log') {
    const next = tidy(value * (large ? 2 : 1.1) ** direction, range);
    return next === value ? tidy(value + direction, range) : next;
  }
  if (range.scale === 'square' && !range.integer)
    return fromFraction(toFraction(value, range) + direction * (large ? 0.1 : 0.01), range);
  const step = range.integer ? 1 : 10 ** Math.floor(Math.log10((range.max - range.min) / 20));
  return tidy(Math.round(value / step + direction * (large ? 10 : 1)) * step, range);
}
