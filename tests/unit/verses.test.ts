import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { datasetOf } from '@/lib/catalog/datasets';
import { generateVerses } from '@/server/datasets/verses/index';
import { rhymes } from '@/server/datasets/verses/lexicon';

const text = generateVerses();
/** All but the last play, which is cut. */
const plays = text.split('\n\n\n').slice(0, -1);
const blocksOf = (play: string) => play.split('\n\n');

const speech = /^([A-Z]+(?: [A-Z]+)?):\n((?:.+\n?)+)$/;
/** The verses of a speech, without its speaker and directions. */
const versesOf = (block: string) =>
  (speech.exec(block)?.[2] ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('['));

test('half a million printable characters, as many different ones as the catalog says', () => {
  expect(text).toHaveLength(500_000);
  expect(text).toMatch(/^[\n -~]*$/);
  const { vocabulary } = datasetOf('verses');
  expect({ lower: new Set(text.toLowerCase()).size, 'as-is': new Set(text).size }).toEqual(vocabulary);
});

test('the same seed writes the same plays, another seed others', () => {
  const hash = createHash('sha256').update(text).digest('hex');
  expect(hash).toBe('0a8f9a46e74262f0b83f400c99a7fb56c828c8027c917f1bb5cae07b4bf243b6');
  expect(text.startsWith(generateVerses(10_000))).toBe(true);
  expect(generateVerses(10_000, 7)).not.toBe(generateVerses(10_000));
});

test('a play has a title, its persons, five acts with scenes, directions, speeches and an end', () => {
  expect(plays.length).toBeGreaterThan(10);
  for (const play of plays) {
    const [title, persons, ...blocks] = blocksOf(play);
    expect(title).toMatch(/^[A-Z ]+\nA Play in Five Acts$/);
    const [heading, ...cast] = (persons ?? '').split('\n');
    expect(heading).toBe('PERSONS OF THE PLAY');
    const styles = cast.map((person) => person.split(',')[0]);
    expect(new Set(styles).size).toBe(6);
    expect(blocks.filter((block) => block.startsWith('ACT'))).toEqual([
      'ACT I',
      'ACT II',
      'ACT III',
      'ACT IV',
      'ACT V',
    ]);
    expect(blocks.at(-1)).toBe('THE END');
    for (const block of blocks) {
      const [, speaker] = speech.exec(block) ?? [];
      if (speaker) expect(styles).toContain(speaker);
      else expect(block).toMatch(/^(ACT [IV]+|SCENE I{1,3}\. [A-Z].*\.|\[[A-Z].*\.\]|THE END)$/);
    }
  }
});

test('verses rhyme, in couplets or in turns, on two different words', () => {
  const soundOf = new Map(rhymes.map(({ word, sound }) => [word, sound]));
  const ending = (line: string | undefined) => /([a-z]+)[,;:.!?]$/.exec(line ?? '')?.[1] ?? '';
  const agree = (one: string | undefined, other: string | undefined) => {
    const sound = soundOf.get(ending(one));
    return sound !== undefined && sound === soundOf.get(ending(other)) && ending(one) !== ending(other);
  };
  const counts = { couplets: 0, quatrains: 0 };
  for (const block of plays.flatMap(blocksOf)) {
    let rest = versesOf(block);
    while (rest.length > 0) {
      const couplet = agree(rest[0], rest[1]);
      const quatrain = agree(rest[0], rest[2]) && agree(rest[1], rest[3]) && !agree(rest[0], rest[1]);
      expect(couplet || quatrain, block).toBe(true);
      counts[couplet ? 'couplets' : 'quatrains'] += 1;
      rest = rest.slice(couplet ? 2 : 4);
    }
  }
  expect(counts.couplets).toBeGreaterThan(1000);
  expect(counts.quatrains).toBeGreaterThan(1000);
});

test('rhyming words end as their sound is spelled, and belong to one sound', () => {
  for (const { word, sound } of rhymes)
    expect(
      sound.split(' ').some((spelling) => word.endsWith(spelling)),
      `${word} on ${sound}`,
    ).toBe(true);
  const soundsOf = new Map<string, Set<string>>();
  for (const { word, sound } of rhymes)
    soundsOf.set(word, (soundsOf.get(word) ?? new Set<string>()).add(sound));
  expect([...soundsOf].filter(([, sounds]) => sounds.size > 1)).toEqual([]);
});

test('verses are about as long as one another, and hardly one comes twice', () => {
  const verses = plays.flatMap(blocksOf).flatMap(versesOf);
  const lengths = verses.map((verse) => verse.length).sort((a, b) => a - b);
  expect(lengths[0]).toBeGreaterThanOrEqual(24);
  expect(lengths.at(-1)).toBeLessThanOrEqual(56);
  const within = lengths.filter((length) => length >= 32 && length <= 50).length;
  expect(within / lengths.length).toBeGreaterThan(0.9);
  expect(new Set(verses).size / verses.length).toBeGreaterThan(0.95);
  expect(verses.filter((verse) => !/^[A-Z]/.test(verse))).toEqual([]);
});

test('an article fits the word after it', () => {
  expect(text).not.toMatch(/\ba (?:[aeiou]|honest|honor|heir)/i);
  expect(text).not.toMatch(/\ban [^aeiouh]/i);
});
