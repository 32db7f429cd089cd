/** Numbers as the person's locale writes them, and as people type them. */

/** Digits of a value that is shown; more would be noise of binary fractions. */
const DIGITS = 7;
/** Values nearer to zero are written with an exponent. */
const TINY = 1e-6;

/** In the figures of the page's typefaces, with the separators of the person's locale; English where nobody looks. */
export const numberLocale: string =
  typeof document === 'undefined' ? 'en' : localeOf(navigator.languages?.[0] ?? navigator.language);

function localeOf(tag: string): string {
  try {
    const locale = new Intl.Locale(tag, { numberingSystem: 'latn' }).toString();
    const sample = 1_234_567.5;
    // The same name for what is written alike, so that a page has nothing to write anew.
    return sample.toLocaleString(locale) === sample.toLocaleString('en') ? 'en' : locale;
  } catch {
    return 'en'; // no language tag, as of some embedded browsers
  }
}

const formats = new Map<string, Intl.NumberFormat>();

/** A format of a locale, made once. */
export function numberFormat(options: Intl.NumberFormatOptions, locale = numberLocale): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** With so many decimals, zeros included: 0.50. */
export const fixed = (value: number, decimals: number): string =>
  numberFormat({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);

/** Whole: 12,345. */
export const whole = (value: number): string => numberFormat({ maximumFractionDigits: 0 }).format(value);

/** As it stands in a text field or in a sentence, without trailing noise: 0.00001, 1,000, 2e-8. */
export function formatNumber(value: number, locale = numberLocale): string {
  if (value === 0 || Math.abs(value) >= TINY)
    return numberFormat({ maximumSignificantDigits: DIGITS, maximumFractionDigits: 20 }, locale).format(
      value,
    );
  const [digits, exponent] = Number(value.toPrecision(DIGITS)).toExponential().split('e');
  return `${formatNumber(Number(digits), locale)}e${exponent}`;
}

/** A digit of any script by its value: the ten of a script follow one another. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** Spaces, signs, apostrophes and digits in one form each; what says nothing is left out. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u061c\u200e\u200f]/g, '')
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2019\u02bc`´]/g, "'")
    .replaceAll('٬', "'")
    .trim();
}

/** Between three digits each, or after the last three between two, as in India. */
const GROUPED = /^[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*$|^[1-9]\d?(?:,\d{2})+,\d{3}$/;

/** Digits with `decimal` before the fraction and other marks between groups, as a program writes them; `null` if they don't fit. */
function readDigits(digits: string, decimal: string): string | null {
  const [integer = '', fraction = '', ...rest] = digits.split(decimal);
  const isWhole = /^\d*$/.test(integer) || GROUPED.test(integer);
  if (rest.length > 0 || !isWhole || !/^\d*$/.test(fraction) || integer + fraction === '') return null;
  return `${integer.replace(/\D/g, '')}.${fraction}`;
}

/** What somebody typed. */
export interface Reading {
  /** What it may mean, as the locale would have it first; empty where it is no number. */
  readonly values: readonly number[];
  /** Whether the first is meant for certain: there is no other, or the locale writes it just so. */
  readonly isCertain: boolean;
}

/**
 * Reads a number as people write it: with point or comma, groups, an exponent, in any script's digits. "1.000" may be one
 * or a thousand; only where the locale writes a number just so is one of them certain.
 */
export function readNumber(text: string, locale = numberLocale): Reading {
  const parts = /^([+-]?)([\d.,' ٫]*)(?:e([+-]?\d{1,3}))?$/i.exec(plain(text));
  const [, sign = '', digits = '', exponent = '0'] = parts ?? [];
  const point = numberFormat({}, locale)
    .formatToParts(0.5)
    .find(({ type }) => type === 'decimal')?.value;
  const marks = digits.includes('٫') ? ['٫'] : point === ',' ? [',', '.'] : ['.', ','];
  const read = marks.flatMap((mark) => readDigits(digits, mark) ?? []);
  const numbers = read.map((each) => Number(`${sign}${each}e${exponent}`));
  const values = [...new Set(numbers)].filter(Number.isFinite);
  const first = read[0] && Number(read[0]);
  const isWritten = (grouping: 'always' | 'auto') =>
    typeof first === 'number' &&
    plain(numberFormat({ useGrouping: grouping, maximumFractionDigits: 20 }, locale).format(first)) ===
      digits;
  return { values, isCertain: values.length === 1 || isWritten('auto') || isWritten('always') };
}
