import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, readNumber } from '@/app/_ui/numbers';

/** Locales that write numbers in every way there is: points, commas, spaces, apostrophes, lakhs, other digits. */
const locales = [
  ...[
    'en',
    'en-IN',
    'ko',
    'ja',
    'zh',
    'de',
    'de-CH',
    'de-AT',
    'fr',
    'fr-CH',
    'es',
    'es-MX',
    'pt',
    'pt-PT',
    'it',
    'nl',
  ],
  ...[
    'pl',
    'cs',
    'ru',
    'uk',
    'sv',
    'fi',
    'da',
    'nb',
    'tr',
    'vi',
    'id',
    'hi',
    'bn',
    'th',
    'el',
    'hu',
    'sl',
    'et',
    'lv',
  ],
  ...['ar-EG', 'ar-SA', 'fa', 'ur', 'he', 'mr', 'ne', 'my', 'en-ZA', 'af', 'hi-u-nu-deva', 'ar-u-nu-arab'],
];

const values = fc.oneof(
  fc.integer({ min: -2_000_000, max: 2_000_000 }),
  fc.integer({ min: 0, max: 1200 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ min: 0, max: 1e-4, noNaN: true }),
  fc.constantFrom(0, 0.5, 1.125, 1000, 1024, 1e-5, 2e-8, 10_000, 123_456),
);
const close = (a: number | undefined, b: number) =>
  a !== undefined && Math.abs(a - b) <= 1e-6 * Math.abs(b) + Number.MIN_VALUE;

test('what the page writes is read back as itself, and for certain, in every locale', () => {
  fc.assert(
    fc.property(fc.constantFrom(...locales), values, (locale, value) => {
      const written = formatNumber(value, locale);
      const { values: read, isCertain } = readNumber(written, locale);
      expect([locale, written, isCertain, close(read[0], value)]).toEqual([locale, written, true, true]);
    }),
    { seed: 20260324, numRuns: 2000 },
  );
});

/** Beyond as many decimals as a locale writes there is nothing left. */
const written20 = values.filter((value) => value === 0 || Math.abs(value) > 1e-9);

test('what a locale writes itself is read for certain, whatever its digits and groups', () => {
  fc.assert(
    fc.property(fc.constantFrom(...locales), written20, fc.boolean(), (locale, value, useGrouping) => {
      const written = new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping }).format(value);
      const { values: read } = readNumber(written, locale);
      expect([locale, written, close(read[0], value)]).toEqual([locale, written, true]);
    }),
    { seed: 20260325, numRuns: 2000 },
  );
});

test.each([
  ['1,5', 1.5],
  ['0,5', 0.5],
  ['0,0001', 0.0001],
  ['0.125', 0.125],
  ['0,125', 0.125],
  ['1,234,567', 1_234_567],
  ['1.234.567', 1_234_567],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1 000', 1000],
  ['1\u202f000,5', 1000.5],
  ["1'000", 1000],
  ['1’000’000', 1_000_000],
  ['1,00,000', 100_000],
  ['1e-4', 0.0001],
  ['1E-4', 0.0001],
  ['1,5e3', 1500],
  ['2e−3', 0.002],
  ['−0.5', -0.5],
  ['+5', 5],
  [' 0.5 ', 0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['０．５', 0.5],
  ['١٬٠٠٠', 1000],
  ['٠٫٥', 0.5],
  ['०.५', 0.5],
])('in English %s is %d', (text, value) => {
  expect(readNumber(text, 'en')).toEqual({ values: [value], isCertain: true });
});

test.each([
  ['en', '1.000', [1, 1000]],
  ['en', '12.500', [12.5, 12_500]],
  ['de', '1,000', [1, 1000]],
  ['fr', '1.000', [1000, 1]],
  ['de-CH', '1,000', [1000, 1]],
])('in %s %s is ambiguous: %j', (locale, text, values) => {
  expect(readNumber(text, locale)).toEqual({ values, isCertain: false });
});

test.each([
  ['en', '1,000', 1000],
  ['en', '1.125', 1.125],
  ['de', '1.000', 1000],
  ['de', '1,125', 1.125],
  ['es', '1.000', 1000],
  ['ko', '1,000', 1000],
])('in %s %s is what the locale writes: %d', (locale, text, value) => {
  const { values, isCertain } = readNumber(text, locale);
  expect([values[0], isCertain]).toEqual([value, true]);
});

test.each([
  '',
  ' ',
  '-',
  '.',
  ',',
  'abc',
  '1 2',
  '1,2,3',
  '1.2.3',
  '1,,000',
  '0x10',
  'Infinity',
  'NaN',
  '1e999',
  '5%',
  '1/2',
  '1-2',
  'e5',
])('"%s" is no number', (text) => {
  expect(readNumber(text, 'en').values).toEqual([]);
});

test('a shown number has no trailing noise', () => {
  expect(formatNumber(0.00001, 'en')).toBe('0.00001');
  expect(formatNumber(8.3333, 'de')).toBe('8,3333');
  expect(formatNumber(0.1 + 0.2, 'en')).toBe('0.3');
  expect(formatNumber(2e-8, 'de')).toBe('2e-8');
});

test('whatever is typed, reading it never fails and gives finite numbers', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[-\d.,' e]{0,12}$/)),
      (text) => {
        const { values, isCertain } = readNumber(text, 'en');
        expect(values.every(Number.isFinite) && values.length <= 2).toBe(true);
        if (values.length === 1) expect(isCertain).toBe(true);
      },
    ),
    { seed: 20260326, numRuns: 2000 },
  );
});
