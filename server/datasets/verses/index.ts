import { RandomStream } from '@/lib/random';
import type { Mood } from './lines';
import { Poet } from './poet';

/** Verses: plays written by this folder, so there is no source and no licence beyond the project's own. */
const defaultLength = 500_000;
const defaultSeed = 1616;

const numerals = ['I', 'II', 'III', 'IV', 'V'] as const;

const women = 'Agnes Alice Clara Cora Edith Ellen Elsa Greta Hazel Helen Linnet Nora Petra Thora Vera'.split(
  ' ',
);
const men =
  'Bruno Cedric Conrad Damon Edgar Felix Hugo Jasper Magnus Martin Oscar Oswin Rowan Rupert Silas Wilfred'.split(
    ' ',
  );
/** The cast of each play: titles of a woman and a man, and what the list of persons says of them. */
const roles = [
  { titles: ['Queen ', 'King '], about: '' },
  { titles: ['', ''], about: ', a {fair2} {person2}' },
  { titles: ['', ''], about: ', a {fair2} {person2}' },
  { titles: ['Lady ', 'Lord '], about: ', a {foul2} {person2}' },
  { titles: ['Sister ', 'Brother '], about: '' },
  { titles: ['', ''], about: ', a fool' },
] as const;

/** What a scene goes through. */
const scenes = {
  meeting: ['greet', 'tell', 'jest', 'tell', 'part'],
  revels: ['jest', 'greet', 'song', 'jest', 'woo', 'part'],
  wooing: ['greet', 'woo', 'muse', 'woo', 'vow', 'part'],
  plot: ['tell', 'scheme', 'vow', 'scheme', 'part'],
  quarrel: ['greet', 'quarrel', 'vow', 'quarrel', 'part'],
  mourning: ['tell', 'grieve', 'muse', 'grieve', 'song', 'vow'],
  feast: ['greet', 'jest', 'woo', 'song', 'vow', 'part'],
} as const satisfies Record<string, readonly Mood[]>;
type Scene = keyof typeof scenes;

const acts: readonly (readonly Scene[])[] = [
  ['meeting', 'revels', 'wooing'],
  ['wooing', 'plot'],
  ['revels', 'quarrel', 'plot'],
  ['quarrel', 'mourning'],
  ['mourning', 'wooing', 'feast'],
];

const titles = [
  'The {old2} {thing2}',
  'The {person2} and the {beast2}',
  'The {thing1} of the {old2} {person1}',
  'A {sky2} in the {place2}',
  'The {fair2} {person2}',
];
const settings = [
  'A {old2} {place2}',
  'A {place1} by the {place2}',
  'Before the {place1}',
  'Another part of the {place2}',
];
const hours = ['Night', 'Morning', 'Noon', 'Evening', 'Thunder', 'Wind and rain', 'Moonlight', 'Snow'];
const directions = [
  'Thunder.',
  'A bell rings.',
  'Music.',
  'A knock at the door.',
  'A {beast2} calls.',
  '{name2} kneels.',
  '{name2} weeps.',
  '{name2} laughs.',
  '{name2} lifts a {thing2}.',
  'A {person2} crosses with a {thing2}.',
];

interface Character {
  readonly name: string;
  /** Title and name. */
  readonly style: string;
  /** What the list of persons adds. */
  readonly about: string;
}

function castOf(poet: Poet): Character[] {
  const taken = new Set<string>();
  return roles.map(({ titles, about }) => {
    const gender = poet.chance(0.5) ? 0 : 1;
    const name = poet.pick((gender === 0 ? women : men).filter((each) => !taken.has(each)));
    taken.add(name);
    return { name, style: titles[gender] + name, about: poet.fill(about) };
  });
}

/** A speech to `name`, or to nobody in particular when it is a song or a soliloquy. */
function speech(poet: Poet, mood: Mood, name: string): string[] {
  if (mood === 'song') return ['[Sings.]', ...poet.quatrain(mood, name), ...poet.quatrain(mood, name)];
  if (poet.chance(0.4)) return poet.couplet(mood, name);
  if (poet.chance(0.5)) return poet.quatrain(mood, name);
  return [...poet.couplet(mood, name), ...poet.couplet(mood, name)];
}

/** Fourteen lines: three quatrains and a couplet. */
function sonnet(poet: Poet, mood: Mood, name: string): string[] {
  const quatrains = [1, 2, 3].flatMap(() => poet.quatrain(mood, name));
  return [...quatrains, ...poet.couplet(mood, name)];
}

function named(people: readonly Character[]): string {
  const names = people.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The blocks of one scene below its heading: directions and speeches. */
function scene(poet: Poet, kind: Scene, cast: readonly Character[]): string[] {
  const present: Character[] = [];
  for (const _ of Array(poet.pick([2, 2, 3])))
    present.push(poet.pick(cast.filter((each) => !present.includes(each))));
  const [first, second] = present as [Character, Character];
  const said = (speaker: Character, lines: readonly string[]) =>
    [`${speaker.style.toUpperCase()}:`, ...lines].join('\n');
  const blocks = [`[Enter ${named(present)}${poet.fill(poet.pick(['', ', with a {thing2}']))}.]`];
  let speaker = first;
  let listener = second;
  for (const mood of scenes[kind])
    for (const _ of Array(mood === 'song' ? 1 : poet.pick([2, 3]))) {
      blocks.push(said(speaker, speech(poet, mood, listener.name)));
      if (poet.chance(0.08)) blocks.push(`[${poet.fill(poet.pick(directions), { name2: listener.name })}]`);
      const next = poet.pick(present.filter((each) => each !== speaker));
      listener = poet.chance(0.8) ? speaker : poet.pick(present.filter((each) => each !== next));
      speaker = next;
    }
  if (poet.chance(0.6)) return [...blocks, '[Exeunt.]'];
  const left = speaker;
  const alone = said(left, sonnet(poet, poet.pick(['muse', 'grieve']), listener.name));
  return [...blocks, `[Exeunt all but ${left.name}.]`, alone, '[Exit.]'];
}

function play(poet: Poet): string[] {
  const cast = castOf(poet);
  const persons = cast.map(({ style, about }) => style.toUpperCase() + about);
  const title = poet.fill(poet.pick(titles)).toUpperCase();
  const head = [`${title}\nA Play in Five Acts`, ['PERSONS OF THE PLAY', ...persons].join('\n')];
  const body = acts.flatMap((kinds, act) => [
    `ACT ${numerals[act]}`,
    ...kinds.flatMap((kind, number) => [
      `SCENE ${numerals[number]}. ${poet.fill(poet.pick(settings))}. ${poet.pick(hours)}.`,
      ...scene(poet, kind, cast),
    ]),
  ]);
  return [...head, ...body, 'THE END'];
}

/**
 * Plays in rhyme, one after another, the same ones for the same seed, cut after `length` characters: printable
 * ASCII and line ends. A blank line parts headings, directions in brackets and speeches; a speech is the speaker's
 * name in capitals with a colon, then verses in couplets or quatrains that rhyme in turns.
 */
export function generateVerses(length = defaultLength, seed = defaultSeed): string {
  const poet = new Poet(new RandomStream(seed, 'verses'));
  let text = '';
  while (text.length < length) text += `${play(poet).join('\n\n')}\n\n\n`;
  return text.slice(0, length);
}
