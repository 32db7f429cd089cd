import { blendedBetween, isMoving, placeAt, positionAt } from '@/lib/explore/path';
import { limits } from '@/lib/protocol/limits';
import { toldIn } from '@/lib/room/explore';
import { courseOf, stopsAt, wayOf } from '@/lib/room/path';
import type { Pin } from '@/lib/room/pins';
import { playheadText } from '@/lib/room/playhead';
import { questionsAt } from '@/lib/room/questions';
import type { Explorable, ExploredRoom, Wanted } from './explored';

/** Milliseconds of drawing that a picture is drawn ahead of; one that takes longer is shown when it comes. */
const slowestMs = 400;

/**
 * The place of the path that is to be drawn now: where the playhead stands, or where it will be once the picture is
 * with all pages, so that they show it at one time.
 * @param pins that the model can draw. @param took milliseconds that the last picture took to be drawn.
 * @returns `null` for a path without stops.
 */
export function playedOf(
  explorable: Explorable,
  room: Pick<ExploredRoom, 'decided' | 'now'>,
  pins: readonly Pin[],
  took: number,
): Wanted | null {
  const { path, playhead, explore: entries } = room.decided();
  const now = room.now();
  const stops = stopsAt(path, pins);
  if (stops.length === 0) return null;
  const course = courseOf(path, stops);
  const way = wayOf(path, explorable.owner);
  const moves = isMoving(course, playhead, now);
  const at = moves ? now + limits.playAheadMs + Math.min(took, slowestMs) : null;
  const position = positionAt(course, playhead, at ?? now);
  const ids = stops.map(({ pin }) => pin);
  return {
    asked: JSON.stringify([
      ids,
      way,
      path.easing,
      path.atEnd,
      toldIn(entries, explorable.owner),
      playheadText(playhead),
    ]),
    place: { position, at },
    isMoving: moves,
    questions: () => {
      const { from, to, t } = placeAt(course, path.easing, position);
      const [a, b] = [stops[from], stops[to]];
      return a && b
        ? questionsAt([blendedBetween(a.at, b.at, t, way, explorable.layers)], explorable, entries)
        : [];
    },
  };
}
