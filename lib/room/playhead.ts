import * as z from 'zod/mini';
import type { Playhead } from '../explore/path';
import { limits } from '../protocol/limits';
import { own, say } from '../text/sentence';
import { DocumentError, type Root } from './root';

const playheadSchema = z.strictObject({
  position: z.number().check(z.gte(0), z.lte(2 * limits.pathStops)),
  speed: z.number().check(z.gte(limits.slowestPlay), z.lte(limits.fastestPlay)),
  since: z.nullable(z.int().check(z.gte(0))),
});

export const restingPlayhead: Playhead = { position: 0, speed: 0.5, since: null };

/** A playhead as its control's value: one text, so that nobody sees half of a change. */
export const playheadText = ({ position, speed, since }: Playhead): string =>
  JSON.stringify({ position, speed, since });

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

/** The playhead of the path, `{ at: <JSON of position, speed, since> }`; it stands at the first stop until somebody plays. */
export const playhead = {
  content: ['number', 'string'],
  isUndoable: false,
  isLogged: false,
  read: (json): Playhead => {
    const { at, ...others } = json;
    const [stranger] = Object.keys(others);
    if (stranger !== undefined)
      throw new DocumentError(
        say('Unknown entry of the playhead: {name}', { name: own(stranger.slice(0, 64)) }),
      );
    if (at === undefined) return restingPlayhead;
    const read = playheadSchema.safeParse(parsed(at));
    if (read.success) return read.data;
    throw new DocumentError('A playhead has a position, a speed and when it was there');
  },
} as const satisfies Root<Playhead>;
