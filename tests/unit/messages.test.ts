import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { english, type Language, pieces } from '@/lib/text/format';
import { korean } from '@/lib/text/ko';
import { ownData } from '@/lib/text/ko/ownData';
import { ownGenerator } from '@/lib/text/ko/ownGenerator';
import { refusals } from '@/lib/text/ko/refusals';
import { server } from '@/lib/text/ko/server';
import { texts } from '@/lib/text/ko/texts';
import { wordsIn } from '@/lib/text/words';

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

test.each([
  ['Finished after 1,000 steps', '1,000 스텝 만에 완료'],
  [
    'Your last change could not be kept: This playground is gone.',
    '마지막 변경을 저장하지 못했습니다. 이 놀이터는 없어졌습니다.',
  ],
  ['Downloading train-images-idx3-ubyte.gz', 'train-images-idx3-ubyte.gz 내려받는 중'],
  ['Batch size must be a whole number from 1 to 512', '배치 크기: 1~512 범위의 정수여야 합니다'],
  ['100, 50 units', '100, 50 유닛'],
  ['Nobody knows this text', 'Nobody knows this text'],
])('the ready-made text "%s" is known by its pattern', (text, translated) => {
  expect(korean.foreign(text)).toBe(translated);
  expect(english.foreign(text)).toBe(text);
});

/** What comes ready made: nobody writes it in the page's source. */
const answers = [server, ownData, texts, ownGenerator, refusals];

test("people's own words are never translated, even where they are words of the page", () => {
  expect(wordsIn({ own: 'Starting' }, korean.foreign)).toBe('Starting');
  expect(wordsIn('Untitled playground', korean.foreign)).toBe('이름 없는 놀이터');
  expect(korean.foreign('The present run learned from Starting. Reset the run first')).toContain('Starting');
  expect(korean.foreign('The text that this model learns from has no Train')).toContain('Train');
  expect(korean.foreign('GAN is set to learn from Glyphs. Choose another data set there first')).toContain(
    'Glyphs',
  );
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

const placesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

test.each(Object.entries(korean.messages ?? {}))('"%s" keeps its places in Korean', (message, translated) => {
  expect(placesOf(translated)).toEqual(placesOf(message));
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
  const shown = ['app', 'lib'].map(sources).join('\n').replaceAll("\\'", "'");
  const templates = /\$\{[^}]*\}/;
  // Texts with a part filled in by the source, as `Theme: ${theme}`.
  const built = [...shown.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)].map(([, text = '']) => {
    const literal = text.split(templates).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${literal.join('.+')}$`);
  });
  const meaningful = built.filter(({ source }) => source.replace(/[^a-z]/gi, '').length > 3);
  const unused = Object.keys(korean.messages ?? {})
    .filter((message) => !answers.some((known) => message in known))
    .filter((message) => !shown.includes(message) && !meaningful.some((pattern) => pattern.test(message)));
  expect(unused).toEqual([]);
});
