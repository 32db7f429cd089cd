import type { Passage } from '@/lib/protocol/writings';

export type { Passage };

/** A character that may stand at a place, and how probable it is, 0 to 1. */
export interface Candidate {
  readonly character: string;
  readonly probability: number;
}

export const emptyPassage = (temperature: number): Passage => ({
  temperature,
  text: '',
  probabilities: new Uint8Array(),
  best: '',
  bestProbabilities: new Uint8Array(),
});

/** How many characters (code points) it has. */
export const lengthOf = ({ probabilities }: Passage): number => probabilities.length;

/** Candidates for each character; 0 if the passage has none. */
const bestCount = ({ probabilities, bestProbabilities }: Passage): number =>
  probabilities.length === 0 ? 0 : bestProbabilities.length / probabilities.length;

/** The likeliest characters at a position, falling. */
export function candidatesAt(passage: Passage, place: number): Candidate[] {
  const count = bestCount(passage);
  const characters = [...passage.best].slice(count * place, count * (place + 1));
  return characters.map((character, i) => ({
    character,
    probability: (passage.bestProbabilities[count * place + i] ?? 0) / 255,
  }));
}

/** The first `count` characters. */
export function cut(passage: Passage, count: number): Passage {
  const best = bestCount(passage) * count;
  return {
    temperature: passage.temperature,
    text: [...passage.text].slice(0, count).join(''),
    probabilities: passage.probabilities.slice(0, count),
    best: [...passage.best].slice(0, best).join(''),
    bestProbabilities: passage.bestProbabilities.slice(0, best),
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

export const append = (passage: Passage, more: Omit<Passage, 'temperature'>): Passage => ({
  temperature: passage.temperature,
  text: passage.text + more.text,
  probabilities: joined(passage.probabilities, more.probabilities),
  best: passage.best + more.best,
  bestProbabilities: joined(passage.bestProbabilities, more.bestProbabilities),
});

/** The passage up to `place`, and another character there. */
export function turnedAt(passage: Passage, place: number, character: string): Passage {
  const upTo = cut(passage, place + 1);
  const known = candidatesAt(passage, place).find((each) => each.character === character);
  const probabilities = upTo.probabilities.slice();
  probabilities[place] = Math.round(255 * (known?.probability ?? 0));
  return { ...upTo, text: cut(passage, place).text + character, probabilities };
}
