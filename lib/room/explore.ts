import * as z from 'zod/mini';
import type { Explorer } from '../catalog/explorers';
import { models } from '../catalog/models';
import type { Exploration } from '../catalog/models/description';
import type { Latent } from '../explore/geometry';
import { drawLatents } from '../explore/latents';
import { fieldKeyPattern } from '../protocol/generator';
import { limits } from '../protocol/limits';
import type { ExploredPart } from '../protocol/topics';
import { own, say } from '../text/sentence';
import { complaint, complaintIn } from '../text/sentenceSchema';
import { idIn, type Pin, pinnedLatent, pinnedPattern } from './pins';
import { DocumentError, type Root, type RootJson } from './root';
import { isWritten, wishOf, writingOf, writtenKeys } from './written';

/**
 * What the people of a playground explore together: flat, numbers and words, each entry by its owner, a model, and its
 * key. What nobody has set is as `defaultCoding` and `defaultWalk` say; what doesn't fit the
 * present run (a place beyond its coding, a layer that it hasn't) is ignored.
 * Which of them a model has, its description says by `explores`:
 *   coding    picture, number/<place>, across, up
 *   walk      seed, from, to, t
 *   styles    truncation, noise, layer/<layer>
 *   writing   written.ts
 * A generator that somebody brought has those of a walk, and layer/<layer>, field/<key of a field of lib/protocol/generator>.
 */
/** A picture's coding and what was made of it. */
export interface Coding {
  /** Which of the run's fixed pictures. */
  readonly picture: number;
  /** Numbers that replace the picture's own, by their index, rising. */
  readonly moved: readonly (readonly [place: number, value: number])[];
}

/** The two numbers of a coding, by their indices, over which a grid of codings lies: to the right and upwards. */
export interface GridAxes {
  readonly across: number;
  readonly up: number;
}

/** One end of a walk: drawn by its seed, or a pin's, as `pinnedLatent` names it. */
export type End = number | string;

/** A way from one latent to another. */
export interface Walk {
  /** Seed of the first drawn sample; the others have the next ones. */
  readonly seed: number;
  readonly from: End;
  readonly to: End;
  /** How far on the way, 0 to 1. */
  readonly t: number;
  /** StyleGAN: 1 keeps each style, 0 takes the mean one; strength of the noise. */
  readonly truncation: number;
  readonly noise: number;
  /** StyleGAN: layers that don't follow `t`, rising, each with its own share of `to`. */
  readonly layers: readonly (readonly [layer: number, share: number])[];
}

export const defaultCoding: Coding = { picture: 0, moved: [] };
const usualSeed = 1;
export const defaultWalk: Walk = {
  seed: usualSeed,
  from: usualSeed,
  to: 2,
  t: 0.5,
  truncation: 1,
  noise: 1,
  layers: [],
};

/** Entries as they stand in the document. */
export type ExploreEntries = Readonly<Record<string, number | string>>;

const ranged = (min: number, max: number) => {
  const fits = (value: unknown) => typeof value === 'number' && value >= min && value <= max;
  return z.custom<number>(fits, complaint(say('expected a number from {min} to {max}', { min, max })));
};
const whole = (min: number, max: number) => {
  const fits = (value: unknown) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return z.custom<number>(fits, complaint(say('expected a whole number from {min} to {max}', { min, max })));
};

const share = ranged(0, 1);
const seed = whole(0, limits.exploredSeed);
const numbered = (name: string, count: number, schema: z.ZodMiniType<number>) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}/${i}`, schema]));
const layerKeys = numbered('layer', limits.exploredLayers, share);
const end = z.custom<End>(
  (value) => seed.safeParse(value).success || (typeof value === 'string' && pinnedPattern.test(value)),
  complaint(say('expected a seed from {min} to {max}, or a pin', { min: 0, max: limits.exploredSeed })),
);
const walkKeys = { seed, from: end, to: end, t: share };

type Keys = Readonly<Record<string, z.ZodMiniType<number | string>>>;
const keysOf: Readonly<Record<Exploration, Keys>> = {
  coding: {
    picture: whole(0, limits.cloudPoints - 1),
    ...numbered('number', limits.exploredNumbers, ranged(-limits.exploredReach, limits.exploredReach)),
    across: whole(0, limits.exploredNumbers - 1),
    up: whole(0, limits.exploredNumbers - 1),
  },
  walk: walkKeys,
  styles: { truncation: share, noise: share, ...layerKeys },
  writing: writtenKeys,
};

/** Every entry that there may be, by its owner. */
const keys: ReadonlyMap<string, Keys> = new Map<string, Keys>([
  ...models.map(({ id, explores }): [string, Keys] => [
    id,
    Object.assign({}, ...explores.map((each) => keysOf[each])),
  ]),
  ['generator', { ...walkKeys, ...layerKeys }],
]);

/** Fields of generators are named by their files; what they may be is checked where they are known. */
const fieldSchema = ranged(-limits.exploredReach, limits.exploredReach);
const fieldPrefix = 'generator/field/';

/** The entry of a field of somebody's own generator. */
export const fieldEntry = (key: string): string => fieldPrefix + key;

function schemaOf(entry: string): z.ZodMiniType<number | string> {
  if (entry.startsWith(fieldPrefix) && fieldKeyPattern.test(entry.slice(fieldPrefix.length)))
    return fieldSchema;
  const [owner, ...key] = entry.split('/');
  const known = keys.get(owner ?? '') ?? {};
  const schema = Object.hasOwn(known, key.join('/')) ? known[key.join('/')] : undefined;
  if (!schema)
    throw new DocumentError(
      say('Unknown entry of what is explored: {name}', { name: own(entry.slice(0, 64)) }),
    );
  return schema;
}

function checked(json: RootJson): ExploreEntries {
  const entries = Object.entries(json).map(([entry, value]) => {
    const parsed = schemaOf(entry).safeParse(value);
    if (parsed.success) return [entry, parsed.data] as const;
    const reason = complaintIn(parsed.error) ?? own(parsed.error.issues[0]?.message ?? '');
    throw new DocumentError(
      say('What is explored has a wrong {name}: {reason}', { name: own(entry), reason }),
    );
  });
  return Object.fromEntries(entries);
}

/** What is explored, `{ <owner>/<key>: value }`, as far as somebody has set it. */
export const explore = {
  content: ['number', 'string'],
  isUndoable: false,
  isLogged: false,
  pathOf: (entry) => [entry],
  read: (json): ExploreEntries => checked(json),
  reread: (entries, known: ExploreEntries): ExploreEntries => {
    const present = Object.entries(entries).filter(([, value]) => value !== undefined);
    const others = Object.entries(known).filter(([entry]) => !Object.hasOwn(entries, entry));
    return Object.fromEntries([...others, ...Object.entries(checked(Object.fromEntries(present)))]);
  },
} as const satisfies Root<ExploreEntries>;

/** Those of `owner/name/<number>`, by their numbers, rising. */
function numberedOf(entries: ExploreEntries, prefix: string): (readonly [number, number])[] {
  return Object.entries(entries)
    .filter(([entry]) => entry.startsWith(prefix))
    .map(([entry, value]) => [Number(entry.slice(prefix.length)), Number(value)] as const)
    .sort(([a], [b]) => a - b);
}

export function codingOf(entries: ExploreEntries, owner: Explorer): Coding {
  return {
    picture: Number(entries[`${owner}/picture`] ?? defaultCoding.picture),
    moved: numberedOf(entries, `${owner}/number/`),
  };
}

/** Over which numbers of codings the grid lies: two different ones that codings of `size` have. */
export function gridAxesOf(entries: ExploreEntries, owner: Explorer, size: number): GridAxes {
  const chosen = (key: keyof GridAxes, usual: number) => {
    const value = Number(entries[`${owner}/${key}`] ?? usual);
    return value < size ? value : usual;
  };
  const [across, up] = [chosen('across', 0), chosen('up', 1)];
  return { across, up: up === across ? Number(across === 0) : up };
}

export function walkOf(entries: ExploreEntries, walker: Explorer): Walk {
  const known = ['seed', 'from', 'to', 't', 'truncation', 'noise'] as const;
  const values = known.map((key) => [key, entries[`${walker}/${key}`] ?? defaultWalk[key]]);
  return { ...Object.fromEntries(values), layers: numberedOf(entries, `${walker}/layer/`) };
}

/**
 * The latent at an end of a walk. @param pins that the model can draw
 * An end at a pin that is gone, or is another model's, is as if nobody had chosen it.
 */
export function latentAt(end: End, size: number, pins: readonly Pin[]): Latent {
  const pinned = typeof end === 'string' ? pinnedLatent(end, pins) : null;
  const seed = typeof end === 'number' ? end : usualSeed;
  return pinned ?? (drawLatents(seed, 1, size)[0] as Latent);
}

/** What was chosen of a generator's fields, in one order for all. */
const fieldsOf = (entries: ExploreEntries) =>
  Object.entries(entries)
    .filter(([entry]) => entry.startsWith(fieldPrefix))
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** What was chosen besides latents, for all pictures of a model alike. */
export function toldIn(entries: ExploreEntries, owner: Explorer): unknown {
  const { truncation, noise } = walkOf(entries, owner);
  return owner === 'generator' ? fieldsOf(entries) : [truncation, noise];
}

/**
 * A key of what the document says of a part: while it stays the same, so does the request to the model.
 * @param pinned ids of the pins that the model can draw, in the order of their pictures.
 */
export function askedOf(
  part: Exclude<ExploredPart, 'played'>,
  entries: ExploreEntries,
  owner: Explorer,
  pinned: readonly string[] = [],
): string {
  if (part === 'coded') return JSON.stringify(codingOf(entries, owner));
  if (isWritten(part)) return JSON.stringify(writingOf(part, wishOf(entries)));
  const { seed, t, layers, ...ends } = walkOf(entries, owner);
  // What stands in for a pin that is gone is drawn in its place.
  const [from, to] = [ends.from, ends.to].map((end) =>
    typeof end === 'string' && !pinned.includes(idIn(end)) ? usualSeed : end,
  );
  const told = toldIn(entries, owner);
  switch (part) {
    case 'between':
      return JSON.stringify([from, to, told, t, layers]);
    case 'drawn':
      return JSON.stringify([seed, told]);
    case 'pinned':
      return JSON.stringify([pinned, told]);
    default:
      return JSON.stringify([from, to, told]);
  }
}

/** New samples at once. */
export const DRAWN_SAMPLES = 12;
