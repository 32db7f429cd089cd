import type { Range } from './pixelForms';
import { refusal } from './refusal';
import type { NumberType } from './values';

/** How far beyond a usual range values may lie by rounding, in units of the values. */
const slack = 1e-3;
/** The share of the lowest and of the highest values that may be strays, and how many of each image in any case. */
const strayShare = 0.005;
/** Values that are put in order; of more, every second, third, ... */
const mostSorted = 2 ** 17;

const usual: readonly Range[] = [
  { low: 0, high: 1 },
  { low: -1, high: 1 },
  { low: 0, high: 255 },
];

/** What types of whole numbers hold, as pictures use them. */
const whole: Readonly<Partial<Record<NumberType, Range>>> = {
  bool: { low: 0, high: 1 },
  uint8: { low: 0, high: 255 },
  int8: { low: -128, high: 127 },
  uint16: { low: 0, high: 65_535 },
};

/**
 * The extremes without strays: the few lowest and highest values count only if they lie no farther away than the others
 * are apart. So one broken pixel doesn't grey a picture.
 */
function extremes(values: Float32Array, few: number): Range {
  const every = Math.ceil(values.length / mostSorted);
  const sorted = values.filter((_, i) => i % every === 0).sort();
  const strays = Math.ceil(Math.max(few, strayShare * values.length) / every);
  const trim = Math.min(strays, Math.floor((sorted.length - 1) / 4));
  const [low, high] = [sorted[trim] as number, sorted[sorted.length - 1 - trim] as number];
  const reach = high - low;
  // Pictures that are nearly empty: nothing is a stray.
  const most = reach === 0 ? Infinity : reach;
  const found = { low, high };
  for (const value of values) {
    if (value < found.low && value >= low - most) found.low = value;
    if (value > found.high && value <= high + most) found.high = value;
  }
  return found;
}

/**
 * Which values of a generator's output are black and white: for small whole numbers the range of their type, else
 * the first of 0 to 1, -1 to 1 and 0 to 255 that holds all values but strays, else their own extremes.
 * @param values pixels of `images` images with so many `channels`, in any layout.
 * @param type of the output. @throws ImportedModelError if a value is not finite.
 */
export function rangeOf(values: Float32Array, images: number, channels: number, type: NumberType): Range {
  if (!values.every(Number.isFinite))
    throw refusal('It makes pixels that are no numbers (NaN or infinite). Train or export it anew');
  const known = whole[type];
  if (known) return known;
  const { low, high } = extremes(values, images * channels);
  const found = usual.find((range) => low >= range.low - slack && high <= range.high + slack);
  return found ?? { low, high: high > low ? high : low + 1 };
}
