import * as Y from 'yjs';
import * as z from 'zod/mini';
import { type Explorer, explorers } from '../catalog/explorers';
import type { Latent } from '../explore/geometry';
import { asBytes } from '../explore/latents';
import { limits } from '../protocol/limits';
import type { Person } from '../protocol/messages';
import { own, say } from '../text/sentence';
import { DocumentError, type Root, type RootJson } from './root';

/** A latent that somebody keeps. It never changes; what does are its name and its place on the shelf. */
export interface Pin {
  readonly id: string;
  /** Whose latent it is: a model's, or that of the generator that somebody brought. */
  readonly owner: Explorer;
  readonly latent: Latent;
  /** StyleGAN: another latent whose style takes part, and its share in each layer, 0 to 1. */
  readonly blend: { readonly other: Latent; readonly shares: Float32Array } | null;
  /** The run, or the generator, that drew it when it was kept, and after how many steps. */
  readonly run: string;
  readonly step: number;
  /** Empty until somebody gives it one. */
  readonly name: string;
  /** Who kept it, as they were called then. */
  readonly by: string;
  readonly color: number;
  /** Where it stands on the shelf: rising, any number between two is between them. */
  readonly order: number;
}

const bytes = z.instanceof(Uint8Array);
const text = (most: number) => z.string().check(z.maxLength(most));
const idPattern = /^[\w-]{1,32}$/;

/** The latent of a pin, or the other one that it blends, as an end of a walk names it. */
const otherSuffix = '/other';
export const pinnedPattern = /^[\w-]{1,32}(\/other)?$/;
export const otherOf = (pin: Pin): string => pin.id + otherSuffix;

/** The id of the pin whose latent `name` names. */
export const idIn = (name: string): string => name.split('/')[0] ?? '';

/** The latent that `name` names; `null` if there is none. */
export function pinnedLatent(name: string, pins: readonly Pin[]): Latent | null {
  const pin = pins.find(({ id }) => id === idIn(name));
  return (name.endsWith(otherSuffix) ? pin?.blend?.other : pin?.latent) ?? null;
}

const whole = z.int().check(z.gte(0));

const pinSchema = z.strictObject({
  owner: z.enum(explorers),
  latent: bytes,
  other: z.optional(bytes),
  shares: z.optional(bytes),
  run: text(limits.runIdCharacters),
  step: whole,
  name: text(limits.pinNameCharacters),
  by: text(limits.nameCharacters),
  color: whole.check(z.lt(limits.colors)),
  order: z.number(),
});

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** The numbers of a latent as the document has them: float32, little endian. */
function latentIn(bytes: Uint8Array): Latent {
  const count = bytes.length / FLOAT;
  if (!Number.isInteger(count) || count < 1 || count > limits.pinNumbers)
    throw new DocumentError(
      say('A pin keeps 1 to {most} numbers, got {count}', { most: limits.pinNumbers, count }),
    );
  const latent = new Float32Array(bytes.slice().buffer);
  if (!latent.every(Number.isFinite)) throw new DocumentError('The numbers of a pin must be finite');
  return latent;
}

function pinIn(id: string, json: unknown): Pin {
  if (!idPattern.test(id)) throw new DocumentError('A pin has an id of letters and digits');
  const parsed = pinSchema.safeParse(json);
  if (!parsed.success) {
    const { path = [], message = '' } = parsed.error.issues[0] ?? {};
    const name = own(path.join('/'));
    throw new DocumentError(say('A pin has a wrong {name}: {reason}', { name, reason: own(message) }));
  }
  const { other, shares, ...pin } = parsed.data;
  const latent = latentIn(pin.latent);
  const isBlend = other !== undefined || shares !== undefined;
  return { id, ...pin, latent, blend: isBlend ? blendIn(latent, other ?? nothing, shares ?? nothing) : null };
}

/** In place of what a blend lacks: refused as no numbers. */
const nothing = new Uint8Array();

function blendIn(latent: Latent, otherBytes: Uint8Array, sharesBytes: Uint8Array): Pin['blend'] {
  const [other, shares] = [latentIn(otherBytes), latentIn(sharesBytes)];
  if (other.length !== latent.length)
    throw new DocumentError(
      say('A pin blends two latents of one size, got {size} and {other} numbers', {
        size: latent.length,
        other: other.length,
      }),
    );
  if (!shares.every((share) => share >= 0 && share <= 1))
    throw new DocumentError('The shares of a pin must be numbers from 0 to 1');
  return { other, shares };
}

const byId = (a: Pin, b: Pin): number => (a.id < b.id ? -1 : 1);
/** As on the shelf; two that were put at one place at once stand in one order for all. */
const shelved = (pins: readonly Pin[]): readonly Pin[] =>
  pins.toSorted((a, b) => a.order - b.order || byId(a, b));

function counted(pins: readonly Pin[]): readonly Pin[] {
  if (pins.length > limits.pins)
    throw new DocumentError(
      say('A playground keeps at most {most} pins. Remove one first', { most: limits.pins }),
    );
  return shelved(pins);
}

/** The kept latents, `{ <id>: { owner, latent, run, step, name, by, color, order } }`, in the order of the shelf. */
export const pins = {
  content: ['map', 'bytes', 'number', 'string'],
  isUndoable: true,
  isLogged: false,
  read: (json) => counted(Object.entries(json).map(([id, pin]) => pinIn(id, pin))),
  reread: (entries: RootJson, known: readonly Pin[]) => {
    const others = known.filter(({ id }) => !Object.hasOwn(entries, id));
    const present = Object.entries(entries).filter(([, pin]) => pin !== undefined);
    return counted([...others, ...present.map(([id, pin]) => pinIn(id, pin))]);
  },
} as const satisfies Root<readonly Pin[]>;

/** Numbers of a model's latents, and StyleGAN's layers; 0 of others. */
export interface LatentShape {
  readonly size: number;
  readonly layers: number;
}

/** Whether a model can draw a pin as it is now. */
const isDrawable = ({ owner, latent, blend }: Pin, by: Explorer, { size, layers }: LatentShape): boolean =>
  owner === by && latent.length === size && (blend === null || blend.shares.length === layers);

/** Those that a model can draw, in the order of their pictures: moving one on the shelf draws nothing anew. */
export const drawable = (all: readonly Pin[], by: Explorer, shape: LatentShape): readonly Pin[] =>
  all.filter((pin) => isDrawable(pin, by, shape)).toSorted(byId);

/** What somebody keeps: all of a pin but what the shelf gives it. */
export type Kept = Pick<Pin, 'owner' | 'latent' | 'blend' | 'run' | 'step'> & Partial<Pick<Pin, 'name'>>;

const ordersIn = (root: Y.Map<unknown>): number[] =>
  [...root.values()].flatMap((pin) => (pin instanceof Y.Map ? [Number(pin.get('order'))] : []));

/** Keeps a latent, at the end of the shelf unless `order` says where. @returns its id. */
export function addPin(
  doc: Y.Doc,
  { latent, blend, ...kept }: Kept,
  by: Pick<Person, 'name' | 'color'>,
  origin: unknown,
  order?: number,
): string {
  const root = doc.getMap('pins');
  // Each edit advances the client's clock, so nothing else has had this name.
  const id = `${doc.clientID.toString(36)}-${Y.getState(doc.store, doc.clientID).toString(36)}`;
  const entries = {
    name: '',
    ...kept,
    latent: asBytes([latent]),
    ...(blend && { other: asBytes([blend.other]), shares: asBytes([blend.shares]) }),
    by: by.name,
    color: by.color,
    order: order ?? Math.max(0, ...ordersIn(root)) + 1,
  };
  doc.transact(() => root.set(id, new Y.Map(Object.entries(entries))), origin);
  return id;
}

export function removePin(doc: Y.Doc, id: string, origin: unknown): void {
  doc.transact(() => doc.getMap('pins').delete(id), origin);
}

/** The order of something that is to stand at `place` among the others, which rise. */
export function orderAt(others: readonly number[], place: number): number {
  const [before, after] = [others[place - 1], others[place]];
  if (before === undefined) return after === undefined ? 1 : after - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}
