import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { english, type Language, pieces } from '@/lib/text/format';
import { korean } from '@/lib/text/ko';

const root = fileURLToPath(new URL('../..', import.meta.url));

const fill = (message: string, values: Record<string, string | number>, language: Language) =>
  pieces(message, values, language)
    .map(({ text }) => text)
    .join('');

test('a message takes its values, and English its plurals', () => {
  const message = '{n} {n|step|steps} by {name}##told apart';
  expect(fill(message, { n: 1, name: 'Ana' }, english)).toBe('1 step by Ana');
  expect(fill(message, { n: 12345, name: 'Ana' }, english)).toBe('12,345 steps by Ana');
  expect(fill('{min} to {max}', { min: 0.00001, max: 10 }, english)).toBe('0.00001 to 10');
});

test.each([
  ['학습률', '을', '로'],
  ['배치', '를', '로'],
  ['과정', '을', '으로'],
  ['Curious Otter', '을', '로'],
  ['GAN', '을', '으로'],
  ['Ana', '를', '로'],
  ['10', '을', '으로'],
  ['1', '을', '로'],
  ['2', '를', '로'],
  ['(손실)', '을', '로'],
])('after %s come %s and %s', (name, object, by) => {
  const language: Language = { ...korean, messages: null };
  expect(fill('{name|을|를}', { name }, language)).toBe(object);
  expect(fill('{name|으로|로}', { name }, language)).toBe(by);
});

test('no key stands twice', () => {
  const folder = join(root, 'lib/text/keys');
  const keys = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}\| (?:'((?:[^'\\]|\\.)*)'|"([^"]*)");?$/gm),
    ].map(([, single, double]) => single ?? double),
  );
  expect(keys.length).toBeGreaterThanOrEqual(Object.keys(korean.messages ?? {}).length);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

const placesOf = (text: string, pattern = /\{(\w+)/g) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

test.each(Object.entries(korean.messages ?? {}))('"%s" keeps its places in Korean', (message, translated) => {
  // A place that only chooses a wording is of no use to a language that has one.
  expect(placesOf(translated)).toEqual(expect.arrayContaining(placesOf(message, /\{(\w+)\}/g)));
  expect(placesOf(message)).toEqual(expect.arrayContaining(placesOf(translated)));
  expect(translated === '').toBe(message === '');
});

function sources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .filter((entry) => !/text.(keys|ko)$/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test('every translated text is shown somewhere', () => {
  const shown = ['app', 'lib', 'server'].map(sources).join('\n').replaceAll("\\'", "'");
  const templates = /\$\{[^}]*\}/;
  // Texts with a part filled in by the source, as `Theme: ${theme}`.
  const built = [...shown.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)].map(([, text = '']) => {
    const literal = text.split(templates).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${literal.join('.+')}$`);
  });
  const meaningful = built.filter(({ source }) => source.replace(/[^a-z]/gi, '').length > 3);
  const unused = Object.keys(korean.messages ?? {}).filter(
    (message) => !shown.includes(message) && !meaningful.some((pattern) => pattern.test(message)),
  );
  expect(unused).toEqual([]);
});
