import { between, type Latent, linearMean, type Way } from './geometry';

/** A path through kept latents: where one is on it at a time, and which latent lies there. Pure, for pages and server alike. */

/** What happens at the end of a path: it ends; from the first again; back the way it came; or its last leg leads to the first. */
export const ends = ['stop', 'again', 'back', 'closed'] as const;
export type AtEnd = (typeof ends)[number];

/** How a leg is gone: evenly, slow at both ends, or with a rest at each stop. */
export const easings = ['even', 'smooth', 'resting'] as const;
export type Easing = (typeof easings)[number];

/** How latents are joined: as they are, or for StyleGAN by straight lines between their styles. */
export const pathWays = ['linear', 'spherical', 'style'] as const satisfies readonly (Way | 'style')[];
export type PathWay = (typeof pathWays)[number];

export interface Course {
  /** How many. */
  readonly stops: number;
  readonly atEnd: AtEnd;
}

/** What moves along a path, or stands on it. */
export interface Playhead {
  /**
   * In stops from the first: 1.5 is in the middle between the second and the third. On a path that leads back,
   * further than the last stop is on the way back.
   */
  readonly position: number;
  /** Stops a second. */
  readonly speed: number;
  /** When it was or will be there, milliseconds since 1970 by the server's clock; `null` while it stands. */
  readonly since: number | null;
}

/** Legs of a path: from each stop to the next, and of a closed one from the last to the first. */
export const legsOf = ({ stops, atEnd }: Course): number =>
  stops < 2 ? 0 : atEnd === 'closed' ? stops : stops - 1;

const wrap = (value: number, length: number): number => ((value % length) + length) % length;

/** How far it has come by `now`, milliseconds by the server's clock: as `Playhead.position`. */
export function alongAt(course: Course, { position, speed, since }: Playhead, now: number): number {
  const legs = legsOf(course);
  if (legs === 0) return 0;
  const along = position + (since === null ? 0 : (speed * Math.max(0, now - since)) / 1000);
  if (course.atEnd === 'stop') return Math.min(legs, along);
  if (course.atEnd === 'back') return wrap(along, 2 * legs);
  // Standing at the very end isn't standing at the beginning.
  return along === legs && since === null ? legs : wrap(along, legs);
}

/** Where it is by `now` on the path, 0 to the number of legs. */
export function positionAt(course: Course, playhead: Playhead, now: number): number {
  const [along, legs] = [alongAt(course, playhead, now), legsOf(course)];
  return along > legs ? 2 * legs - along : along;
}

/** Whether it goes on after `now`. */
export const isMoving = (course: Course, playhead: Playhead, now: number): boolean =>
  playhead.since !== null &&
  legsOf(course) > 0 &&
  (course.atEnd !== 'stop' || alongAt(course, playhead, now) < legsOf(course));

/** Share of a leg for which each of its ends is rested at. */
const REST = 0.2;

const smooth = (t: number): number => t * t * (3 - 2 * t);
const eased: Readonly<Record<Easing, (t: number) => number>> = {
  even: (t) => t,
  smooth,
  resting: (t) => smooth(Math.min(1, Math.max(0, (t - REST) / (1 - 2 * REST)))),
};

/** A place between two stops, by their indices; at a stop, `from` is it and `t` is 0. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** 0 to 1. */
  readonly t: number;
}

/** @param position 0 to the number of legs, as `positionAt` gives it. */
export function placeAt(course: Course, easing: Easing, position: number): Place {
  const leg = Math.floor(position);
  const from = course.stops === 0 ? 0 : leg % course.stops;
  const to = course.stops === 0 ? 0 : (leg + 1) % course.stops;
  const t = eased[easing](position - leg);
  if (t === 0) return { from, to: from, t };
  return t === 1 ? { from: to, to, t: 0 } : { from, to, t };
}

/** A latent, and for StyleGAN what is blended into it. */
export interface Blended {
  readonly latent: Latent;
  readonly blend: { readonly other: Latent; readonly shares: Float32Array } | null;
}

/**
 * What lies between two: at `t` 0 exactly `from`, at 1 exactly `to`. What is blended into them changes alike.
 * @param layers StyleGAN's, for `style`; blends of blends would need more than two latents and go the spherical way.
 */
export function blendedBetween(from: Blended, to: Blended, t: number, way: PathWay, layers: number): Blended {
  if (t === 0) return from;
  if (t === 1) return to;
  if (way === 'style' && layers > 0 && !from.blend && !to.blend)
    return {
      latent: from.latent,
      blend: { other: to.latent, shares: new Float32Array(layers).fill(t) },
    };
  const straight = way === 'linear' ? 'linear' : 'spherical';
  const latent = between(from.latent, to.latent, t, straight);
  if (!from.blend && !to.blend) return { latent, blend: null };
  const others = [from, to].map((each) => each.blend?.other ?? each.latent) as [Latent, Latent];
  const none = new Float32Array((from.blend ?? to.blend)?.shares.length ?? 0);
  const shares = [from, to].map((each) => each.blend?.shares ?? none);
  return {
    latent,
    blend: { other: between(...others, t, straight), shares: linearMean(shares, [1 - t, t]) },
  };
}
