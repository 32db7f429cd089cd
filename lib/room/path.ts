import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { Explorer } from '../catalog/explorers';
import { type ModelId, modelOf } from '../catalog/models';
import { type AtEnd, type Course, type Easing, easings, ends, type PathWay, pathWays } from '../explore/path';
import { limits } from '../protocol/limits';
import type { PlainMessage } from '../text/keys';
import { own, say } from '../text/sentence';
import { orderAt, type Pin } from './pins';
import { DocumentError, type Root } from './root';

/** A pin's place on the path; the same pin may have several. */
export interface Stop {
  /** Its entry in the document. */
  readonly key: string;
  readonly pin: string;
  readonly order: number;
}

/** A way through pins that all share. */
export interface Path {
  /** `null` until somebody has chosen: what suits the model. */
  readonly way: PathWay | null;
  readonly easing: Easing;
  readonly atEnd: AtEnd;
  /** In order; of pins that are gone, too. */
  readonly stops: readonly Stop[];
}

/** What people read for each setting; `auto`: nobody has chosen a way. */
export const pathWords: Readonly<Record<PathWay | Easing | AtEnd | 'auto', PlainMessage>> = {
  auto: 'As suits the model',
  linear: 'Straight',
  spherical: 'On the sphere',
  style: 'Through the styles',
  even: 'Even',
  smooth: 'Smooth',
  resting: 'With a rest at each pin',
  stop: 'Stop##path',
  again: 'From the first again',
  back: 'Back the same way',
  closed: 'On to the first',
};

const stopPattern = /^stop\/([\w-]{1,32})\/(\d{1,2})$/;
const settings = {
  way: z.enum(pathWays),
  easing: z.enum(easings),
  atEnd: z.enum(ends),
} as const;
const isSetting = (key: string): key is keyof typeof settings => Object.hasOwn(settings, key);

function stopIn(key: string, order: unknown): Stop {
  const pin = stopPattern.exec(key)?.[1];
  if (pin === undefined)
    throw new DocumentError(say('Unknown entry of the path: {name}', { name: own(key.slice(0, 64)) }));
  if (typeof order !== 'number' || !Number.isFinite(order))
    throw new DocumentError('A stop of the path has a number that orders it');
  return { key, pin, order };
}

function settingIn(key: keyof typeof settings, value: unknown): unknown {
  const parsed = settings[key].safeParse(value);
  if (parsed.success) return parsed.data;
  throw new DocumentError(say('The path has a wrong {name}', { name: own(key) }));
}

const byOrder = (a: Stop, b: Stop): number => a.order - b.order || (a.key < b.key ? -1 : 1);

/** A way through pins: `{ way, easing, atEnd, stop/<pin>/<the how manyth of this pin>: order }`. */
export const path = {
  content: ['number', 'string'],
  isUndoable: true,
  isLogged: true,
  // A stop is one entry.
  pathOf: (name) => [name],
  read: (json): Path => {
    const entries = Object.entries(json);
    const stops = entries.flatMap(([key, value]) => (isSetting(key) ? [] : [stopIn(key, value)]));
    if (stops.length > limits.pathStops)
      throw new DocumentError(say('A path has at most {most} stops', { most: limits.pathStops }));
    const set = entries.flatMap(([key, value]) => (isSetting(key) ? [[key, settingIn(key, value)]] : []));
    return {
      ...{ way: null, easing: 'even', atEnd: 'stop' },
      ...Object.fromEntries(set),
      stops: stops.toSorted(byOrder),
    };
  },
} as const satisfies Root<Path>;

/** What suits a model until somebody has chosen: normal latents lie near a sphere. */
export function wayOf({ way }: Pick<Path, 'way'>, owner: Explorer): PathWay {
  if (way === 'style' && !hasStyles(owner)) return 'spherical';
  return way ?? (isNormal(owner) ? 'spherical' : 'linear');
}

const explores = (owner: ModelId, how: 'walk' | 'styles') => modelOf(owner).explores.includes(how);
/** Whether its latents are normal ones, or are drawn as such. */
export const isNormal = (owner: Explorer): boolean => owner === 'generator' || explores(owner, 'walk');
/** Whether latents may be joined in the space of styles; somebody's own generator may blend layers, too. */
const hasStyles = (owner: Explorer): boolean => owner === 'generator' || explores(owner, 'styles');

/** A stop with its pin. */
export interface PinnedStop extends Stop {
  readonly at: Pin;
}

/** The stops that there are for a model. @param drawable the pins that it can draw. */
export function stopsAt({ stops }: Path, drawable: readonly Pin[]): readonly PinnedStop[] {
  const byId = new Map(drawable.map((pin) => [pin.id, pin]));
  return stops.flatMap((stop) => {
    const at = byId.get(stop.pin);
    return at ? [{ ...stop, at }] : [];
  });
}

export const courseOf = ({ atEnd }: Path, stops: readonly unknown[]): Course => ({
  stops: stops.length,
  atEnd,
});

const stopsIn = (doc: Y.Doc): Stop[] =>
  [...doc.getMap('path')]
    .flatMap(([key, value]) => (stopPattern.test(key) ? [stopIn(key, value)] : []))
    .toSorted(byOrder);

/** Puts pins at the end of the path, as far as there is room; stops whose pins are gone give way. One transaction. */
export function addStops(doc: Y.Doc, ids: readonly string[], origin: unknown): void {
  doc.transact(() => {
    const [entries, pins] = [doc.getMap('path'), doc.getMap('pins')];
    for (const { key, pin } of stopsIn(doc)) if (!pins.has(pin)) entries.delete(key);
    for (const id of ids) {
      const stops = stopsIn(doc);
      if (stops.length >= limits.pathStops) return;
      const order = orderAt(
        stops.map((stop) => stop.order),
        stops.length,
      );
      entries.set(freeKey(entries, id), order);
    }
  }, origin);
}

function freeKey(entries: Y.Map<unknown>, pin: string): string {
  let number = 0;
  while (entries.has(`stop/${pin}/${number}`)) number += 1;
  return `stop/${pin}/${number}`;
}

export function removeStop(doc: Y.Doc, key: string, origin: unknown): void {
  doc.transact(() => doc.getMap('path').delete(key), origin);
}
