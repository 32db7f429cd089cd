import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { reelTopics } from '@/lib/runs/reel';
import { Refused } from '@/server/rooms/refused';
import type { Room } from '@/server/rooms/room';
import type { Ingress } from './ingress';
import { AddressRates } from './rates';

/** Answers that one address may have: a class behind one address scrubs through a run together. */
const reads = { burst: 1000, perSecond: 100 };

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

/** What a playground's runs have shown: `runs`, `runs/<run>/curve`, `runs/<run>/reel`, `runs/<run>/reel/<topic>`. */
export class PastFiles {
  private readonly rates: AddressRates;

  constructor(ingress: Ingress) {
    this.rates = new AddressRates(reads, ingress);
  }

  /** @throws Refused */
  async answer(
    room: Room,
    request: IncomingMessage,
    response: ServerResponse,
    path: readonly string[],
  ): Promise<void> {
    if (!this.rates.allow(request)) throw new Refused('too-fast', 'Too much at once. Wait a moment');
    const { searchParams } = new URL(request.url ?? '/', 'http://server');
    const { type, body } = await find(room, path, searchParams);
    // The same frames have the same tag, however many a reel has by now.
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const headers = { etag, 'cache-control': 'private, no-cache' };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    response
      .writeHead(200, { ...headers, 'content-type': type, 'content-length': body.length })
      .end(request.method === 'HEAD' ? undefined : body);
  }
}

async function find({ past }: Room, path: readonly string[], query: URLSearchParams): Promise<Answer> {
  const [run, what, topic, ...rest] = path;
  if (run === undefined) return json(await past.runs());
  if (rest.length === 0 && what === 'curve' && topic === undefined) return binary(await past.curve(run));
  if (rest.length > 0 || what !== 'reel')
    throw new Refused('not-found', `No such address: ${path.join('/')}`);
  if (topic === undefined) return json(await past.index(run));
  const known = reelTopics.find((each) => each === topic);
  if (!known)
    throw new Refused('not-found', `A reel has ${reelTopics.join(', ')}, and no ${topic.slice(0, 20)}`);
  const range = rangeSchema.parse(Object.fromEntries(query));
  if (range.from > range.to) throw new Refused('malformed', `"from" ${range.from} is after "to" ${range.to}`);
  return binary(await past.pack(run, known, range));
}
