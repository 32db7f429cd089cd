import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reelTopics } from '@/lib/protocol/topics';
import { Refused } from '@/server/rooms/refused';
import type { Exchange, RoomExchange } from './exchange';

const step = (name: string, initial: number) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(initial)
    .catch(() => {
      throw new Refused('malformed', `"${name}" must be a whole number from 0 to ${2 ** 32 - 1}`);
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
      throw new Refused('malformed', '"every" must be a whole number from 1 to 1000');
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
      `A reel has ${reelTopics.join(', ')}, and no ${params.topic.slice(0, 20)}`,
    );
  const range = rangeSchema.parse(Object.fromEntries(query));
  if (range.from > range.to) throw new Refused('malformed', `"from" ${range.from} is after "to" ${range.to}`);
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
