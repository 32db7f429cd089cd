import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { openSite, type TestSite } from '../support/site';

/** How a server is reached behind proxies, over real HTTP and WebSockets. */

let site: TestSite | null = null;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await site?.close();
  site = null;
});

const page = 'https://lab.example';

async function connects(url: string, path: string): Promise<boolean> {
  const extraHeaders = { origin: page };
  const socket = io(url, {
    path,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders,
  });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
}

const isAccepted = async (url: string): Promise<unknown> =>
  (await fetch(`${url}/api/origin?of=${encodeURIComponent(page)}`)).json();

test('behind a proxy that changes Host a page learns why it may not act', async () => {
  site = await openSite();
  expect(await isAccepted(site.url)).toEqual({ accepted: false });
  expect(await connects(site.url, '/socket.io')).toBe(false);
  const form = {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: page, accept: 'text/html' },
  } as const;
  const led = await fetch(`${site.url}/api/playgrounds?preset=gan`, form);
  expect([led.status, led.headers.get('location')]).toEqual([303, '/new?preset=gan']);
  const program = await fetch(`${site.url}/api/playgrounds`, {
    method: 'POST',
    headers: { origin: page, accept: 'application/json' },
  });
  expect([program.status, await program.json()]).toEqual([403, expect.objectContaining({ code: 'origin' })]);
});

test('told of its public address the server takes that page for its own', async () => {
  site = await openSite({ origins: [page] });
  expect(await isAccepted(site.url)).toEqual({ accepted: true });
  expect(await connects(site.url, '/socket.io')).toBe(true);
});

test('under a base path everything is found, with the path or without it', async () => {
  site = await openSite({ basePath: '/lab', origins: [page] });
  const { url } = site;
  for (const prefix of ['', '/lab']) {
    expect((await fetch(`${url}${prefix}/api/health`)).status).toBe(200);
    expect(await connects(url, `${prefix}/socket.io`)).toBe(true);
    const made = await fetch(`${url}${prefix}/api/playgrounds`, { method: 'POST', redirect: 'manual' });
    expect(made.headers.get('location')).toMatch(/^\/lab\/p\//);
  }
});

test('limits count each person behind a proxy that is believed', async () => {
  site = await openSite({ hops: 1 });
  const create = (address: string) =>
    fetch(`${site?.url}/api/playgrounds`, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-forwarded-for': `9.9.9.9, ${address}` },
    });
  let status = 201;
  for (let i = 0; i < 200 && status === 201; i++) ({ status } = await create('1.1.1.1'));
  expect(status).toBe(429);
  expect((await create('2.2.2.2')).status).toBe(201);
});
