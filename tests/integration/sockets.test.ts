import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createConnection } from 'node:net';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeHeader } from '@/lib/protocol/frames';
import type { Answer } from '@/lib/protocol/messages';
import { watchedTopics } from '@/lib/protocol/topics';
import { PROTOCOL_VERSION } from '@/lib/protocol/version';
import { setTitle, setValue } from '@/lib/room/edit';
import { RoomClient } from '../support/client';
import { images } from '../support/roomRuns';
import { openSite, type TestSite } from '../support/site';
import { until } from '../support/until';

let site: TestSite;
let id: string;
let sockets: Socket[] = [];
let clients: RoomClient[] = [];

beforeEach(async () => {
  site = await openSite();
  id = await site.rooms.create();
});
afterEach(async () => {
  for (const client of clients) client.close();
  for (const socket of sockets) socket.disconnect();
  [clients, sockets] = [[], []];
  await site.close();
});

async function join(name: string): Promise<RoomClient> {
  const client = await RoomClient.join(site.url, id, name);
  clients.push(client);
  return client;
}

/** A connection that says whatever the test wants. */
async function rawSocket(origin = site.url): Promise<Socket> {
  const socket = io(site.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin },
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

const ask = (socket: Socket, event: string, ...input: unknown[]): Promise<Answer> =>
  socket.timeout(30_000).emitWithAck(event, ...input);

const joinMessage = () => ({
  version: PROTOCOL_VERSION,
  playground: id,
  name: 'Eve',
  session: null,
  stateVector: new Uint8Array([0]),
  watch: watchedTopics,
});

const title = (client: RoomClient) => client.doc.getMap('meta').get('title');

test('edits of one arrive at the others', async () => {
  const [ada, bob] = [await join('Ada'), await join('Bob')];
  await ada.edit((doc) => setTitle(doc, 'Shapes', null));
  await until('Bob sees the title', () => title(bob) === 'Shapes');
  await until('Bob sees who did it', () => bob.log.at(-1)?.person?.name === 'Ada');
});

test('a refused edit says why', async () => {
  const ada = await join('Ada');
  const edit = ada.edit((doc) => setValue(doc, 'autoencoder', 'codingSize', 1, null));
  await expect(edit).rejects.toThrow('invalid-edit: Coding size must be a whole number from 2 to 256');
});

test('a command reaches the runs, and frames reach everyone in order', async () => {
  const [ada, bob] = [await join('Ada'), await join('Bob')];
  await ada.command('train');
  site.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const seen: number[] = [];
  bob.onFrame(({ header }) => header.kind === 'metrics' && seen.push(header.firstStep));
  for (let step = 1; step <= 40; step++) site.runs.train(step, 1);
  await until('all metrics have come', () => seen.length === 40);
  expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  await bob.untilState('training');
});

test('a client that is far behind gets the whole curve instead of every frame', async () => {
  const ada = await join('Ada');
  await ada.command('train');
  site.runs.status({ state: 'training', step: 0, executor: 'fake' });
  let step = 0;
  ada.onFrame(({ header }) => {
    if (header.kind === 'metrics') step = header.firstStep + header.count - 1;
    if (header.kind === 'history') step = header.step;
  });
  for (let i = 1; i <= 500; i++) site.runs.train(i, 1);
  await until('the curve is complete', () => step === 500);
});

test('who disconnects is gone for the others, with what they held', async () => {
  const [ada, socket] = [await join('Ada'), await rawSocket()];
  const people: number[] = [];
  await ask(socket, 'join', joinMessage());
  socket.on('people', (all: unknown[]) => people.push(all.length));
  ada.close();
  await until('Eve is alone', () => people.at(-1) === 1);
});

test('pages of other sites can not connect', async () => {
  await expect(rawSocket('http://elsewhere.example')).rejects.toThrow();
  await expect(rawSocket('null')).rejects.toThrow();
});

test('R82 what a page watches it gets over the wire, from when it says so', async () => {
  const ada = await join('Ada');
  const socket = await rawSocket();
  const kinds: string[] = [];
  socket.on('frame', (bytes: Uint8Array, taken: () => void) => {
    kinds.push(decodeHeader(new Uint8Array(bytes)).header.kind);
    taken();
  });
  await ask(socket, 'join', { ...joinMessage(), watch: [] });
  await ada.command('train');
  site.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const { spec, listener } = site.runs.latest;
  listener.frame(images(spec.id, 1));
  site.runs.train(1, 1);
  await until('metrics', () => kinds.includes('metrics'));
  expect(kinds).not.toContain('images');
  for (const wrong of [null, 'images', ['metrics'], ['images', 'sound']])
    expect(await ask(socket, 'watch', wrong)).toMatchObject({ code: 'malformed' });
  expect(await ask(socket, 'watch', ['images'])).toEqual({ ok: true });
  await until('the newest pictures', () => kinds.includes('images'));
});

test('R4 a page of another version hears so, whatever else it sends', async () => {
  const socket = await rawSocket();
  const { playground, name } = joinMessage();
  expect(await ask(socket, 'join', { version: 4, playground, name })).toMatchObject({ code: 'version' });
  expect(await ask(socket, 'join', { playground, name })).toMatchObject({ code: 'malformed' });
});

test('before joining, nothing is possible; and a connection joins once', async () => {
  const socket = await rawSocket();
  for (const [event, payload] of [
    ['update', new Uint8Array([0, 0])],
    ['command', { command: 'train' }],
    ['rename', 'Eve'],
  ] as const)
    expect(await ask(socket, event, payload)).toMatchObject({ ok: false, code: 'not-joined' });
  expect(await ask(socket, 'join', joinMessage())).toMatchObject({ ok: true });
  expect(await ask(socket, 'join', joinMessage())).toMatchObject({ ok: false, code: 'malformed' });
});

test('refusals name what is wrong', async () => {
  const socket = await rawSocket();
  const join = joinMessage();
  expect(await ask(socket, 'join', { ...join, playground: 'A'.repeat(22) })).toMatchObject({
    code: 'not-found',
  });
  expect(await ask(socket, 'join', { ...join, version: 99 })).toMatchObject({ code: 'version' });
  expect(await ask(socket, 'join', { ...join, name: ' ' })).toMatchObject({
    code: 'malformed',
    sentence: 'A name has at least one character',
  });
  expect(await ask(socket, 'join', join)).toMatchObject({ ok: true });
  expect(await ask(socket, 'rename', 'x'.repeat(33))).toMatchObject({ code: 'malformed' });
  expect(await ask(socket, 'command', { command: 'explode' })).toMatchObject({ code: 'malformed' });
  expect(await ask(socket, 'update', 'text')).toMatchObject({ code: 'malformed' });
});

const events = [
  'join',
  'update',
  'place',
  'hold',
  'release',
  'rename',
  'command',
  'error',
  'people',
  '__proto__',
];
const payload = fc.oneof(fc.anything({ withNullPrototype: false }), fc.uint8Array({ maxLength: 300 }));

test('fuzz: no payload of any event breaks the room for others', async () => {
  const ada = await join('Ada');
  const socket = await rawSocket();
  await ask(socket, 'join', joinMessage());
  let count = 0;
  const property = fc.asyncProperty(
    fc.constantFrom(...events),
    fc.array(payload, { maxLength: 3 }),
    async (event, input) => {
      const mute = socket.connected ? socket : await rawSocket();
      mute.emit(event, ...input);
      mute.emit(event, ...input, () => {});
      count += 1;
      if (count % 25 === 0) await ada.edit((doc) => setValue(doc, 'autoencoder', 'seed', count, null));
    },
  );
  await fc.assert(property, { seed: 20_261, numRuns: 300 });
  await ada.edit((doc) => setTitle(doc, 'Still here', null));
  expect(title(await join('Bob'))).toBe('Still here');
});

test('fuzz: damaged updates are refused or harmless, and never reach others as damage', async () => {
  const ada = await join('Ada');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ada.doc));
  doc.clientID = ada.joined.you.client;
  const before = Y.encodeStateVector(doc);
  setValue(doc, 'autoencoder', 'hiddenUnits', [64, 32], null);
  const good = Y.encodeStateAsUpdate(doc, before);
  const socket = await rawSocket();
  const answer = (await ask(socket, 'join', joinMessage())) as Answer<{
    joined: { you: { client: number } };
  }>;
  expect(answer.ok).toBe(true);
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  const property = fc.asyncProperty(damage, fc.nat(good.length), async (changes, length) => {
    const bad = good.slice(0, length);
    for (const [at, value] of changes) if (at < length) bad[at] = value;
    const reply = await ask(socket, 'update', bad);
    expect(reply.ok || ['malformed', 'invalid-edit', 'too-large', 'too-fast'].includes(reply.code)).toBe(
      true,
    );
  });
  await fc.assert(property, { seed: 20_262, numRuns: 300 });
  await ada.edit((mine) => setTitle(mine, 'Whole', null));
  const late = await join('Bob');
  expect(Y.encodeStateVector(late.doc)).toEqual(Y.encodeStateVector(ada.doc));
});

test('fuzz: malformed packets below the events end at most their own connection', async () => {
  const ada = await join('Ada');
  const packets = [
    '',
    '9',
    '2',
    '2[',
    '2{"a":1}',
    '51-["update",{"_placeholder":true,"num":9}]',
    '51-["x"',
    '2["__proto__"]',
    '2["disconnect"]',
    '0{"a":',
    '3',
    '31["x"]',
    '5-1["update"]',
  ];
  for (const packet of [...packets, new Uint8Array([1, 2, 3])]) {
    const socket = await rawSocket();
    socket.io.engine.send(packet);
    await ada.edit((doc) => setValue(doc, 'autoencoder', 'seed', packet.length, null));
  }
  await ada.edit((doc) => setTitle(doc, 'Still here', null));
  expect(title(await join('Bob'))).toBe('Still here');
});

test('a broken handshake is turned away', async () => {
  const { port } = new URL(site.url);
  const socket = createConnection(Number(port), '127.0.0.1');
  socket.write('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n');
  const reply = await new Promise<string>((resolve) =>
    socket.once('data', (bytes) => resolve(String(bytes))),
  );
  socket.destroy();
  expect(reply).toMatch(/^HTTP\/1.1 4\d\d/);
});

test("it closes although somebody else's connection is open, as Next's is while one develops", async () => {
  const takeUpgrades = ({ socket }: IncomingMessage) => {
    const { server } = socket as typeof socket & { readonly server: Server };
    server.on('upgrade', (_, upgraded) => upgraded.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  };
  const other = await openSite({}, takeUpgrades);
  await (await fetch(other.url)).text();
  const socket = createConnection(Number(new URL(other.url).port), '127.0.0.1');
  socket.write('GET /_next/hmr HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 101/);
  const ended = once(socket, 'close');
  await other.close();
  await ended;
});
