import * as z from 'zod/mini';
import { limits } from '../protocol/limits';

/**
 * What the people of a playground let a text model write together; entries of `explore` (explore.ts) by the owner
 * `char-rnn`:
 *   prompt             what stands in the field, as somebody types it
 *   run, from, seed    of which run a text was asked for, from which prompt, and the how manyth it is
 *   halt               the seed of the text that is to end where it is
 *   columns            1, the last, or 3 to be written side by side
 *   temperature/<column>, topK, length, stop
 */
export interface Wish {
  readonly prompt: string;
  /** Of the run that is to write; '' before anybody has asked. */
  readonly run: string;
  readonly from: string;
  /** Also of what is drawn: with the same seed one sees what another setting does. */
  readonly seed: number;
  readonly isHalted: boolean;
  readonly columns: readonly { readonly part: WrittenPart; readonly temperature: number }[];
  readonly topK: number;
  readonly length: number;
  readonly stop: string;
}

/** The columns that a text may be written in. */
export const writtenParts = ['written-0', 'written-1', 'written-2'] as const;
export type WrittenPart = (typeof writtenParts)[number];
export const isWritten = (part: string): part is WrittenPart =>
  (writtenParts as readonly string[]).includes(part);

/** Careful to bold, by column; the last one is there when it is alone. */
const temperatures: Readonly<Record<WrittenPart, number>> = {
  'written-0': 0.3,
  'written-1': 0.7,
  'written-2': 1,
};

/** The entry of a column's temperature. */
export const temperatureKey = (part: WrittenPart): string => `temperature/${writtenParts.indexOf(part)}`;

export type Entries = Readonly<Record<string, number | string>>;

const whole = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));
const text = (most: number) => z.string().check(z.maxLength(most));

/** Every entry that there may be, without its owner. */
export const writtenKeys: Readonly<Record<string, z.ZodMiniType<number | string>>> = {
  prompt: text(limits.typedCharacters),
  run: text(limits.runIdCharacters),
  from: text(limits.typedCharacters),
  seed: whole(0, limits.exploredSeed),
  halt: whole(0, limits.exploredSeed),
  columns: z.union([z.literal(1), z.literal(3)]),
  ...Object.fromEntries(
    writtenParts.map((part) => [temperatureKey(part), z.number().check(z.gte(0), z.lte(2))]),
  ),
  topK: whole(0, limits.topK),
  length: whole(1, limits.sampleCharacters),
  stop: text(limits.stopCharacters),
};

export function wishOf(entries: Entries): Wish {
  const word = (key: string) => String(entries[`char-rnn/${key}`] ?? '');
  const number = (key: string, usual: number) => Number(entries[`char-rnn/${key}`] ?? usual);
  const parts = writtenParts.slice(-number('columns', 1));
  const seed = number('seed', 0);
  return {
    ...{ prompt: word('prompt'), run: word('run'), from: word('from'), stop: word('stop') },
    seed,
    isHalted: number('halt', -1) === seed,
    columns: parts.map((part) => ({ part, temperature: number(temperatureKey(part), temperatures[part]) })),
    topK: number('topK', 0),
    length: number('length', 300),
  };
}

/** What a column shows; `null` for none. As long as it stays the same, so does its text. */
export function writingOf(part: WrittenPart, wish: Wish) {
  const { run, from, seed, topK, length, stop } = wish;
  const temperature = wish.columns.find((each) => each.part === part)?.temperature;
  if (run === '' || temperature === undefined) return null;
  return { run, from, seed, topK, length, stop, temperature };
}
export type Writing = NonNullable<ReturnType<typeof writingOf>>;
