import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultValues, recipeSchema } from '@/lib/catalog/models';
import { decodeHeader, encodeFrame } from '@/lib/protocol/frames';
import { playgroundIdSchema } from '@/lib/protocol/messages';
import { nonceHeader } from '@/lib/protocol/nonce';
import { decodePack, reelIndexSchema } from '@/lib/protocol/reel';
import { blobOf } from '@/server/storage/storage';
import { TestPage } from '../support/rooms';
import { openSite, type TestSite } from '../support/site';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

const post = (headers: Record<string, string> = {}) =>
  fetch(`${site.url}/api/playgrounds`, { method: 'POST', headers, redirect: 'manual' });

test('health says ok while the storage answers, and 503 when it does not', async () => {
  const healthy = await fetch(`${site.url}/api/health`);
  expect(healthy.status).toBe(200);
  expect(await healthy.json()).toMatchObject({ status: 'ok', version: '1.2.3' });
  await site.storage.close();
  expect((await fetch(`${site.url}/api/health`)).status).toBe(503);
  site.storage.close = async () => {};
});

test('a program creates a playground and gets its id', async () => {
  const response = await post({ accept: 'application/json' });
  expect(response.ok).toBe(true);
  const { id } = (await response.json()) as { id: string };
  expect(playgroundIdSchema.parse(id)).toBe(id);
  expect(await (await fetch(`${site.url}/p/${id}`)).text()).toBe(`page /p/${id}`);
});

test('a form creates a playground and is led to it', async () => {
  const response = await post({ origin: site.url, accept: 'text/html' });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toMatch(/^\/p\/[A-Za-z0-9_-]{22}$/);
});

test('every playground has an id of its own', async () => {
  const locations = await Promise.all(
    Array.from({ length: 20 }, async () => (await post()).headers.get('location')),
  );
  expect(new Set(locations).size).toBe(20);
});

test('other sites can not create playgrounds', async () => {
  for (const headers of [
    { origin: 'http://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[])
    expect((await post(headers)).status).toBe(403);
});

test('one address can not create playgrounds without end', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 200; i++) statuses.push((await post()).status);
  expect(statuses.slice(0, 50)).toEqual(statuses.slice(0, 50).map(() => 303));
  expect(statuses).toContain(429);
});

/** An address that a route of the table answers. */
const addressOf = (path: string, playground: string) =>
  site.url + path.replace(':playground', playground).replace(/:\w+/g, 'x');

test('whatever changes something, other sites can not ask for it, and this one can', async () => {
  const id = await site.rooms.create();
  const changes = site.routes.filter(({ method }) => method !== 'GET' && method !== 'any');
  expect(changes.length).toBeGreaterThan(8);
  for (const { method, path } of changes) {
    const ask = (origin: string) => fetch(addressOf(path, id), { method, headers: { origin } });
    expect((await ask('http://elsewhere.example')).status, `${method} ${path}`).toBe(403);
    expect((await ask(site.url)).status, `${method} ${path}`).not.toBe(403);
  }
});

test('what a playground answers, it answers under its own address alone', async () => {
  const inside = site.routes.filter(({ path }) => path.startsWith('/api/playgrounds/:playground/'));
  expect(inside.length).toBeGreaterThan(10);
  for (const { method, path } of inside)
    for (const stranger of ['A'.repeat(22), 'short', '..%2f']) {
      const response = await fetch(addressOf(path, stranger), { method });
      expect([response.status, await response.json()], `${method} ${path}`).toEqual([
        404,
        {
          code: 'not-found',
          error: 'This link opens no playground',
          sentence: 'This link opens no playground',
        },
      ]);
    }
});

test('HEAD is answered as GET is, without the body', async () => {
  const id = await site.rooms.create();
  for (const path of ['/api/health', '/api/datasets/glyphs.npy', `/api/playgrounds/${id}/exports`]) {
    const [head, get] = await Promise.all(
      ['HEAD', 'GET'].map((method) => fetch(site.url + path, { method })),
    );
    expect([head?.status, await head?.text()], path).toEqual([200, '']);
    for (const name of ['content-type', 'content-length'])
      expect(head?.headers.get(name), path).toBe(get?.headers.get(name));
  }
});

test('an unknown playground is a page that says so', async () => {
  for (const id of ['A'.repeat(22), 'short', '..%2f', 'A'.repeat(200)]) {
    const response = await fetch(`${site.url}/p/${id}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('no such playground');
  }
});

/** The status of a request whose target is sent as it is, which no URL of a client would let through. */
async function statusOf(target: string): Promise<number> {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  socket.end(`GET ${target} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n`);
  return Number(/^HTTP\/1.1 (\d+)/.exec(await text(socket))?.[1]);
}

test.each(['//', '//:80/', '/\\elsewhere.example/p', '//elsewhere.example/api/health', 'http://', '//['])(
  '%s is no address of this site',
  async (target) => {
    expect(await statusOf(target)).toBe(404);
    expect(site.said).toEqual([]);
  },
);

test('whatever is asked for, the server answers and does not fail', async () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '\\',
    ':',
    '%',
    '%2f',
    '%ff',
    '?',
    '#',
    '@',
    '[',
    '..',
    '*',
    'p',
    'api',
  );
  const target = fc.array(fc.oneof(piece, fc.stringMatching(/^[!-~]{1,4}$/)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(target, async (pieces) => {
      expect([200, 400, 404]).toContain(await statusOf(`/${pieces.join('')}`));
    }),
    { seed: 20260321, numRuns: 200 },
  );
  expect(site.said).toEqual([]);
});

test('a blob is kept by browsers for good, and compressed for those that can', async () => {
  const bytes = new Uint8Array(10_000).fill(7);
  const blob = blobOf(bytes);
  const id = await site.rooms.create();
  const recipe = recipeSchema.parse({
    model: 'autoencoder',
    dataset: 'glyphs',
    values: defaultValues('autoencoder'),
  });
  const frames = { history: null, images: null, points: null, text: null, subjects: null };
  const run = {
    spec: { id: 'run', recipe },
    status: { state: 'stopped', step: 1 } as const,
    live: null,
    assets: null,
    ...frames,
  };
  await site.storage.saveRun(id, { ...run, checkpoint: { step: 1, hash: blob.hash } }, [blob]);
  const address = `${site.url}/api/blobs/${blob.hash}`;
  const plain = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
  expect(new Uint8Array(await plain.arrayBuffer())).toEqual(bytes);
  expect(plain.headers.get('cache-control')).toContain('immutable');
  expect(plain.headers.get('access-control-allow-origin')).toBe('*');
  expect(plain.headers.get('content-encoding')).toBeNull();
  const zipped = await fetch(address, { headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(Number(zipped.headers.get('content-length'))).toBeLessThan(200);
  expect(new Uint8Array(await zipped.arrayBuffer())).toEqual(bytes);
});

test('what is no blob is not found', async () => {
  for (const hash of ['a'.repeat(64), 'x', '..%2fcolatent.sqlite'])
    expect((await fetch(`${site.url}/api/blobs/${hash}`)).status).toBe(404);
});

/** A playground whose run has shown `frames` pictures of 1,000 bytes, and the address of its run's reel. */
async function withReel(frames: number) {
  const id = await site.rooms.create();
  const ada = await TestPage.join(site.rooms, id);
  await ada.seat.command('train');
  const run = site.runs.latest.spec.id;
  const size = { count: 1, height: 10, width: 100, channels: 1 };
  for (let step = 0; step < frames; step++) {
    const bytes = encodeFrame({ kind: 'images', run, step, ...size }, new Uint8Array(1000).fill(step));
    site.runs.latest.listener.frame({ kind: 'images', step, bytes });
  }
  return { id, run, address: `${site.url}/api/playgrounds/${id}/runs/${run}/reel` };
}

const stepsIn = async (response: Response): Promise<unknown[]> =>
  decodePack(new Uint8Array(await response.arrayBuffer())).map((frame) => {
    const { header } = decodeHeader(frame);
    return 'step' in header && header.step;
  });

test('R34 what a run has shown is fetched by its steps, and not sent again while it is the same', async () => {
  const { address, run } = await withReel(40);
  const index = reelIndexSchema.parse(await (await fetch(address)).json());
  expect(index.run).toBe(run);
  expect(index.topics.images?.map(([step]) => step)).toEqual([...Array(40).keys()]);
  expect(index.topics.text).toEqual([]);
  const some = await fetch(`${address}/images?from=10&to=16&every=3`);
  const etag = some.headers.get('etag') ?? '';
  expect(await stepsIn(some)).toEqual([10, 13, 16]);
  const again = await fetch(`${address}/images?from=10&to=16&every=3`, {
    headers: { 'if-none-match': etag },
  });
  expect(again.status).toBe(304);
  expect(await stepsIn(await fetch(`${address}/images?from=100`))).toEqual([]);
  expect((await stepsIn(await fetch(`${address}/images`))).length).toBe(40);
});

test('R34 what no reel can answer is refused, and says what was expected', async () => {
  const { address, id, run } = await withReel(3);
  const runs = `${site.url}/api/playgrounds/${id}/runs`;
  const other = await site.rooms.create();
  for (const [status, wrong] of [
    [422, `${address}/images?from=-1`],
    [422, `${address}/images?from=x`],
    [422, `${address}/images?to=1e99`],
    [422, `${address}/images?from=3&to=2`],
    [422, `${address}/images?every=0`],
    [422, `${address}/images?every=1.5`],
    [404, `${address}/metrics`],
    [404, `${address}/..%2fimages`],
    [404, `${address}/images/1`],
    [404, `${runs}/${run}`],
    [404, `${runs}/nobody/reel`],
    [404, `${runs}/..%2f..%2fblobs/reel`],
    [404, `${runs}/nobody/curve`],
    [404, `${site.url}/api/playgrounds/${other}/runs/${run}/reel`],
    [404, `${site.url}/api/playgrounds/short/runs`],
  ] as const) {
    const response = await fetch(wrong);
    expect(response.status, wrong).toBe(status);
    expect(((await response.json()) as { error: string }).error.length).toBeGreaterThan(10);
  }
  expect((await fetch(address, { method: 'POST' })).status).toBe(404);
  expect(await (await fetch(runs)).json()).toEqual([]);
  expect((await fetch(`${runs}/${run}/curve`)).status).toBe(200);
});

test('every answer carries the security headers', async () => {
  for (const path of ['/', '/api/health', '/api/nothing', '/p/x']) {
    const { headers } = await fetch(`${site.url}${path}`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  }
});

test('each page has a nonce of its own for its scripts, and no other script may run', async () => {
  const told: unknown[] = [];
  const other = await openSite({}, ({ headers }) => told.push(headers[nonceHeader]));
  const nonces: (string | undefined)[] = [];
  for (const path of ['/', '/p/x/y']) {
    const { headers } = await fetch(other.url + path, { headers: { [nonceHeader]: 'forged' } });
    const rule = /script-src ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';
    nonces.push(/^'self' 'nonce-([\w+/=]{22,})'$/.exec(rule)?.[1]);
  }
  await other.close();
  expect(told).toEqual(nonces);
  expect(new Set(nonces.filter((each) => each)).size).toBe(2);
});

test('unknown addresses and methods under /api are not found, everything else is a page', async () => {
  for (const [method, path] of [
    ['GET', '/api/playgrounds'],
    ['POST', '/api/health'],
    ['GET', '/api'],
    ['DELETE', '/api/blobs/x'],
  ])
    expect((await fetch(`${site.url}${path}`, { method })).status).toBe(404);
  expect(await (await fetch(`${site.url}/`)).text()).toBe('page /');
});

test('data sets of its own are handed out as files, to other sites too, and no others', async () => {
  const glyphs = await fetch(`${site.url}/api/datasets/glyphs.npy`);
  expect(glyphs.headers.get('access-control-allow-origin')).toBe('*');
  expect(glyphs.headers.get('content-disposition')).toContain('glyphs.npy');
  const npy = Buffer.from(await glyphs.arrayBuffer());
  const start = 10 + npy.readUInt16LE(8);
  expect(start % 64).toBe(0);
  expect(npy.toString('latin1', 10, start)).toContain("'shape': (6000, 28, 28, 1,)");
  expect(npy.length - start).toBe(6000 * 28 * 28);
  const verses = await (await fetch(`${site.url}/api/datasets/verses.txt`)).text();
  expect(verses.length).toBeGreaterThan(400_000);
  for (const name of ['fashion-mnist.npy', 'toString', '..%2Fmain.js'])
    expect((await fetch(`${site.url}/api/datasets/${name}`)).status).toBe(404);
});
