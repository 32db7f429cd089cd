import type { RandomStream } from '@/lib/random';
import { type Rhyme, rhymes, words } from './lexicon';
import { type Mood, moods } from './lines';

/** A line before its words are chosen. */
interface Pattern {
  readonly text: string;
  /** What its rhyming word must be. */
  readonly ending: string;
}

/** A line whose words are chosen, before its last sign. */
interface Verse {
  readonly text: string;
  readonly sound: string;
}

const slot = /\{(\w+)\}/g;

function patternOf(text: string): Pattern {
  const ending = [...text.matchAll(slot)].at(-1)?.[1];
  if (ending === undefined || !rhymes.some((rhyme) => rhyme.ending === ending))
    throw new RangeError(`"${text}" should end with a slot for a rhyming word`);
  return { text, ending };
}

const patterns = new Map(
  (Object.keys(moods) as Mood[]).map((mood) => [mood, moods[mood].map(patternOf)] as const),
);

/** The lexicon's rhyming words by their sound. */
const sounds = new Map(
  rhymes.map(({ sound }) => [sound, rhymes.filter((rhyme) => rhyme.sound === sound)] as const),
);
/** The lexicon's other words by the names of their lists. */
const lists = new Map<string, readonly string[]>(Object.entries(words));

/** Patterns that are not used again before so many others were. */
const memory = 12;

/** Writes rhymed verse, line by line, with the words and patterns that a random stream picks. */
export class Poet {
  private readonly recent: Pattern[] = [];

  constructor(private readonly random: RandomStream) {}

  pick<T>(options: readonly T[]): T {
    if (options.length === 0) throw new RangeError('There is nothing to pick from');
    return options[this.random.below(options.length)] as T;
  }

  chance(probability: number): boolean {
    return this.random.uniform() < probability;
  }

  /** `text` with each slot filled by a word of the lexicon's list of that name, no word twice. */
  fill(text: string, given: Readonly<Record<string, string>> = {}): string {
    const used = new Set(Object.values(given));
    const filled = text.replace(slot, (_, name: string) => {
      const word = given[name] ?? this.wordOf(name, used);
      used.add(word);
      return word;
    });
    return filled.replace(/\b([Aa]) (?=[aeiou]|heir|hon)/g, '$1n ');
  }

  /** Two lines that rhyme; `name` is whom they are said to. */
  couplet(mood: Mood, name: string): [string, string] {
    const [first, second] = this.pair(mood, name);
    return [this.closed(first, this.pick([',', ',', ',', ';', ':'])), this.closed(second, this.stop())];
  }

  /** Four lines that rhyme in turns. */
  quatrain(mood: Mood, name: string): [string, string, string, string] {
    const [a, c] = this.pair(mood, name);
    const [b, d] = this.pair(mood, name, a.sound);
    return [
      this.closed(a, ','),
      this.closed(b, this.pick([',', ';', '.'])),
      this.closed(c, ','),
      this.closed(d, this.stop()),
    ];
  }

  /** Two lines on one sound, which is not `taken`. */
  private pair(mood: Mood, name: string, taken?: string): [Verse, Verse] {
    const options = patterns.get(mood) ?? [];
    for (;;) {
      const first = this.fresh(options);
      const free = rhymes.filter(({ ending, sound }) => ending === first.ending && sound !== taken);
      if (free.length === 0) continue;
      const word = this.pick(free);
      const answers = (sounds.get(word.sound) ?? []).filter((answer) => answer.word !== word.word);
      const fitting = options.filter(
        (pattern) => pattern !== first && answers.some(({ ending }) => ending === pattern.ending),
      );
      if (fitting.length === 0) continue;
      const second = this.fresh(fitting);
      const answer = this.pick(answers.filter(({ ending }) => ending === second.ending));
      return [this.verse(first, word, name), this.verse(second, answer, name)];
    }
  }

  private verse({ text, ending }: Pattern, { word, sound }: Rhyme, name: string): Verse {
    return { text: this.fill(text, { [ending]: word, name2: name }), sound };
  }

  /** Begins large, and ends with `sign` unless it has a sign of its own. */
  private closed({ text }: Verse, sign: string): string {
    const large = text.charAt(0).toUpperCase() + text.slice(1);
    return text.endsWith('?') ? large : large + sign;
  }

  /** The last sign of a sentence. */
  private stop(): string {
    return this.pick(['.', '.', '.', '!']);
  }

  private fresh(options: readonly Pattern[]): Pattern {
    const unused = options.filter((pattern) => !this.recent.includes(pattern));
    const picked = this.pick(unused.length > 0 ? unused : options);
    this.recent.push(picked);
    if (this.recent.length > memory) this.recent.shift();
    return picked;
  }

  private wordOf(name: string, used: ReadonlySet<string>): string {
    const list = lists.get(name);
    if (!list) throw new RangeError(`The lexicon has no words for {${name}}`);
    return this.pick(list.filter((word) => !used.has(word)));
  }
}
