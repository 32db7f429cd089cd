import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reelTopics } from '@/lib/protocol/topics';
import { own, say } from '@/lib/text/sentence';
import { Refused } from '@/server/rooms/refused';
import type { Exchange, RoomExchange } from './exchange';

const mustBeWhole = (field: string, min: number, max: number) =>
  new Refused(
    'malformed',
    say('"{field}" must be a whole number from {min} to {max}', { field: own(field), min, max }),
  );

const step = (name: string, initial: number) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(initial)
    .catch(() => {
      throw mustBeWhole(name, 0, 2 ** 32 - 1);
    });

const rangeSchema = z.object({
  from: step('from', 0),
  to: step('to', 2 ** 32 - 1),
  every: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .catch(() => {
      throw mustBeWhole('every', 1, 1000);
    }),
});

type Answer = { readonly type: 'application/json' | 'application/octet-stream'; readonly body: Uint8Array };

const json = (value: unknown): Answer => ({
  type: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
});
const binary = (body: Uint8Array): Answer => ({ type: 'application/octet-stream', body });

/** The runs before the present one. */
export const pastRuns = async (exchange: RoomExchange<'runs'>) =>
  answer(exchange, json(await exchange.seat.runs()));

/** A run's curve, as a frame. */
export const pastCurve = async (exchange: RoomExchange<'curve', 'run'>) =>
  answer(exchange, binary(await exchange.seat.curve(exchange.params.run)));

/** What there is of a run's reel. */
export const reelIndex = async (exchange: RoomExchange<'reel', 'run'>) =>
  answer(exchange, json(await exchange.seat.reel(exchange.params.run)));

/** Frames of one topic of a run's reel: `?from=&to=&every=`. */
export async function reelPack(exchange: RoomExchange<'reelPack', 'run' | 'topic'>): Promise<void> {
  const { seat, params, query } = exchange;
  const topic = reelTopics.find((each) => each === params.topic);
  if (!topic)
    throw new Refused(
      'not-found',
      say('A reel has {topics}, and no {topic}', {
        topics: own(reelTopics.join(', ')),
        topic: own(params.topic.slice(0, 20)),
      }),
    );
  const range = rangeSchema.parse(Object.fromEntries(query));
  const { from, to } = range;
  if (from > to) throw new Refused('malformed', say('"from" {from} is after "to" {to}', { from, to }));
  answer(exchange, binary(await seat.reelPack(params.run, topic, range)));
}

function answer({ request, response }: Exchange<never>, { type, body }: Answer): void {
  // The same frames have the same tag, however many a reel has by now.
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': body.length }).end(body);
}
