import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { korean } from '@/lib/text/ko';
import {
  inEnglish,
  inWords,
  listed,
  own,
  type Sentence,
  SentenceError,
  say,
  sentenceOf,
} from '@/lib/text/sentence';
import { complaint, complaintIn, sentenceSchema } from '@/lib/text/sentenceSchema';

const inKorean = (sentence: Sentence) => inWords(sentence, korean);

const sentences: readonly (readonly [Sentence, english: string, korean: string])[] = [
  ['Starting', 'Starting', '시작하는 중'],
  [
    say('Finished after {steps} {steps|step|steps}', { steps: 1000 }),
    'Finished after 1,000 steps',
    '1,000 스텝 만에 완료',
  ],
  [
    say('Your last change could not be kept: {reason}.', { reason: 'This playground is gone' }),
    'Your last change could not be kept: This playground is gone.',
    '마지막 변경을 저장하지 못했습니다. 이 놀이터는 없어졌습니다.',
  ],
  [say('Downloading {name}', { name: own('a.gz') }), 'Downloading a.gz', 'a.gz 내려받는 중'],
  [
    say('{label} must be a whole number from {range}', {
      label: 'Batch size',
      range: say('{min} to {max}', { min: 1, max: 512 }),
    }),
    'Batch size must be a whole number from 1 to 512',
    '배치 크기: 1~512 범위의 정수여야 합니다',
  ],
  [
    say('{value} {value|unit|units}', { value: listed([100, 50], '{first}, {other}') }),
    '100, 50 units',
    '100, 50 유닛',
  ],
];

test.each(sentences)('%j is put into words', (sentence, english, translated) => {
  expect(inEnglish(sentence)).toBe(english);
  expect(inKorean(sentence)).toBe(translated);
});

test("people's own words are never translated, even where they are words of the page", () => {
  expect(inKorean(own('Starting'))).toBe('Starting');
  expect(inKorean('Untitled playground')).toBe('이름 없는 놀이터');
  const name = own('Starting');
  expect(inKorean(say('The present run learned from {name}. Reset the run first', { name }))).toContain(
    'Starting',
  );
});

test('what goes over the wire or lies on the disk reads as it did', () => {
  const parts: fc.Arbitrary<Sentence> = fc.letrec<{ sentence: Sentence; part: Sentence | number }>((tie) => ({
    sentence: fc.oneof(
      { maxDepth: 4 },
      fc.string().map(own),
      fc.constantFrom<Sentence>('Starting', 'Learning rate', ''),
      tie('part').map((name) => say('Downloading {name}', { name })),
    ),
    part: fc.oneof(fc.integer(), tie('sentence')),
  })).sentence;
  fc.assert(
    fc.property(parts, (sentence) => {
      const read = sentenceSchema.parse(JSON.parse(JSON.stringify(sentence)));
      expect(read).toEqual(sentence);
      expect(inKorean(read)).toBe(inKorean(sentence));
    }),
  );
});

test('what another version has written is shown as it is', () => {
  const stored = sentenceSchema.parse('Finished after 1,000 steps {of} 5');
  expect([inEnglish(stored), inKorean(stored)]).toEqual(Array(2).fill('Finished after 1,000 steps {of} 5'));
  const newer = sentenceSchema.parse({
    message: '{n} {n|whale|whales} of {name}',
    values: { n: 1, name: { own: 'Ada' } },
  });
  expect([inEnglish(newer), inKorean(newer)]).toEqual(['1 whale of Ada', '1 whale of Ada']);
  for (const text of ['constructor', '__proto__', 'toString'])
    expect(inKorean(sentenceSchema.parse(text))).toBe(text);
  expect(sentenceSchema.safeParse({ message: 'Downloading {name}' }).success).toBe(false);
});

test('an error says in English what people are told, and one that nobody meant for them what it says', () => {
  const told = new SentenceError(say('A title has at most {most} characters', { most: 1200 }));
  expect(told.message).toBe('A title has at most 1,200 characters');
  expect(inKorean(sentenceOf(told))).toBe('제목은 1,200글자까지입니다');
  expect(sentenceOf(new Error('EIO'))).toEqual({ own: 'EIO' });
});

test('a check complains with a sentence', () => {
  const even = z.object({
    n: z.number().check(z.refine((n) => n % 2 === 0, complaint('Malformed message'))),
  });
  const { error } = even.safeParse({ n: 3 });
  expect(error && complaintIn(error)).toBe('Malformed message');
  expect(error?.issues[0]?.message).toBe('Malformed message');
  const strange = even.safeParse({ n: 'x' }).error;
  expect(strange && complaintIn(strange)).toBeNull();
});
