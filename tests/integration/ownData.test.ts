import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { isOwnImages } from '@/lib/catalog/ownData';
import { limits } from '@/lib/protocol/limits';
import { type OwnData, ownDataSchema, uploadNewsSchema } from '@/lib/protocol/ownData';
import { inEnglish } from '@/lib/text/sentence';
import { RoomClient } from '../support/client';
import { drawn, folders, zipped } from '../support/pictures';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await server.createPlayground();
});

const address = (path: string) => `${server.url}/api/playgrounds/${id}/datasets${path}`;
const red = { r: 200, g: 20, b: 20 };
const encode = (text: string) => new TextEncoder().encode(text);
const lines = (count: number) => 'To be, or not to be.\n'.repeat(count);

/** How an entry of an archive's directory begins; its sizes, packed and not, lie 20 and 24 bytes further on. */
const entryStart = Buffer.from('PK\u0001\u0002', 'latin1');

interface Sent {
  readonly session?: string;
  readonly query?: string;
}

async function send(name: string, body: Uint8Array, { session = '', query = '' }: Sent = {}) {
  const response = await fetch(address(`?name=${encodeURIComponent(name)}${query}`), {
    method: 'POST',
    // A connection that was idle for long while a test packed its files may just be closing.
    headers: { 'x-colatent-session': session, connection: 'close' },
    body: body as Uint8Array<ArrayBuffer>,
  });
  return { status: response.status, answer: (await response.json()) as { error?: string } };
}

async function brought(name: string, body: Uint8Array, sent?: Sent): Promise<OwnData> {
  const { status, answer } = await send(name, body, sent);
  expect(answer.error).toBeUndefined();
  expect(status).toBe(201);
  return ownDataSchema.parse(answer);
}

/** What the server says of an upload that it refuses. */
async function refusal(name: string, body: Uint8Array): Promise<string> {
  const { status, answer } = await send(name, body);
  expect(status).toBe(422);
  expect(await readdir(join(server.dataDir, 'uploads'))).toEqual([]);
  return answer.error ?? '';
}

const imagesOf = (data: OwnData) => {
  if (data.kind !== 'images') throw new Error('Images expected');
  return data;
};
const leftOutOf = (data: OwnData) =>
  imagesOf(data).leftOut.map(({ reason, ...rest }) => ({ ...rest, reason: inEnglish(reason) }));
const blob = async (hash: string) =>
  new Uint8Array(await (await fetch(`${server.url}/api/blobs/${hash}`)).arrayBuffer());

test('R40 a zip of grey images becomes a set of 28 x 28 with its folders as classes', async () => {
  const data = imagesOf(await brought('pets.zip', zipped(await folders(['pets/cat', 'pets/dog'], 12, true))));
  expect(data).toMatchObject({ name: 'pets.zip', count: 24, leftOut: [] });
  expect(data.classes).toEqual([
    { name: 'cat', count: 12 },
    { name: 'dog', count: 12 },
  ]);
  expect(data.id).toMatch(/^own:images-28x28x1-[0-9a-f]{64}$/);
  const preview = await blob(data.preview);
  expect(preview).toHaveLength(24 * (1 + 28 * 28));
  expect([...preview.subarray(0, 24)].filter((label) => label === 1)).toHaveLength(12);
});

test('R40 colours stay where images have some, in the size and colours that one chooses', async () => {
  const files = zipped(await folders(['a', 'b'], 6));
  const colour = imagesOf(await brought('colours.zip', files, { query: '&side=32' }));
  expect(colour.id).toContain('own:images-32x32x3-');
  const preview = await blob(colour.preview);
  expect(preview).toHaveLength(12 * (1 + 32 * 32 * 3));
  const first = preview.subarray(12, 15);
  // The files of the first folder are blue, those of the second red.
  expect(preview[0] === 0 ? first[2] : first[0]).toBe(220);
  const grey = imagesOf(await brought('colours.zip', files, { query: '&colour=grey' }));
  expect(grey.id).toContain('own:images-28x28x1-');
});

test('R40 PNG, JPEG, WebP and GIF are read; what is no whole image is left out and counted', async () => {
  const files: Record<string, Uint8Array> = {};
  for (const format of ['png', 'jpeg', 'webp', 'gif'] as const)
    for (let i = 0; i < 3; i++)
      files[`${i}.${format === 'jpeg' ? 'JPG' : format}`] = await drawn(60, 20 + i, red, format);
  const whole = await drawn(200, 200, red, 'jpeg');
  files['cut.jpg'] = whole.subarray(0, whole.length / 2);
  files['notes.png'] = encode('no image at all');
  files['read me.txt'] = encode('about them');
  files['__MACOSX/._0.png'] = encode('left by a system');
  const data = imagesOf(await brought('mixed.zip', zipped(files)));
  expect(data).toMatchObject({ count: 12, classes: [{ name: 'mixed', count: 12 }] });
  expect(leftOutOf(data)).toEqual([
    { reason: expect.stringContaining('is not a whole JPEG image'), count: 1, names: ['cut.jpg'] },
    { reason: 'is a file of the system', count: 1, names: ['__MACOSX/._0.png'] },
    {
      reason: 'is no image: PNG, JPEG, WebP, GIF, AVIF, TIFF, BMP or SVG was expected',
      count: 2,
      names: ['notes.png', 'read me.txt'],
    },
  ]);
});

test('R40 texts are kept without a byte order mark, with line feeds alone', async () => {
  const data = await brought('hamlet.txt', encode(`\uFEFF${lines(400).replaceAll('\n', '\r\n')}`));
  const distinct = new Set(lines(1)).size;
  expect(data).toMatchObject({ kind: 'text', characters: 400 * 21, lines: 401 });
  expect(data.id).toContain(`own:text-8400-${distinct - 1}-${distinct}-`);
  expect(new TextDecoder().decode(await blob(data.preview))).toBe(lines(400).slice(0, 2000));
});

test('R40 a truncated archive is refused', async () => {
  const files = zipped(await folders(['a'], 12));
  expect(await refusal('cut.zip', files.subarray(0, files.length - 40))).toMatch(
    /^cut\.zip is not a whole zip archive \(.*truncated.*\). It may have been cut off: pack or upload it again$/,
  );
});

test('R40 an archive whose directory lies about a size leaves that file out', async () => {
  const files = zipped(await folders(['a'], 12));
  const directory = Buffer.from(files);
  const at = directory.indexOf(entryStart);
  directory.writeUInt32LE(directory.readUInt32LE(at + 24) - 9, at + 24);
  const data = imagesOf(await brought('lies.zip', directory));
  expect(data.count).toBe(11);
  expect(leftOutOf(data)).toEqual([
    { reason: expect.stringContaining("can't be unpacked"), count: 1, names: ['a/0.png'] },
  ]);
});

test('R40 a zip bomb is refused before anything is unpacked', async () => {
  const bomb = zipped({ 'bomb.png': [new Uint8Array(64 * 2 ** 20), { level: 9 }] });
  expect(await refusal('bomb.zip', bomb)).toMatch(
    /^bomb\.png in bomb\.zip unpacks from [\d,]+ bytes to 64 MB: at most 200 times as much was expected$/,
  );
});

test('R40 an archive that unpacks to too much in all is refused', async () => {
  const names = Array.from({ length: 24 }, (_, i) => `${i}.png`);
  const archive = Buffer.from(zipped(Object.fromEntries(names.map((name) => [name, encode(name)]))));
  for (let at = archive.indexOf(entryStart); at >= 0; at = archive.indexOf(entryStart, at + 1))
    for (const size of [20, 24]) archive.writeUInt32LE(45 * 2 ** 20, at + size);
  expect(await refusal('vast.zip', archive)).toBe('vast.zip unpacks to more than 1,024 MB');
});

test.each(['../evil.png', '/etc/evil.png', 'a/../../evil.png', 'C:/evil.png'])(
  'R40 an archive that names %s is refused',
  async (path) => {
    const files = { ...(await folders(['a'], 10)), [path]: await drawn(8, 8, red) };
    expect(await refusal('evil.zip', zipped(files))).toBe(
      `evil.zip names a file outside of its own folder: ${path}. Pack it again, with paths inside it only`,
    );
  },
);

test('R40 an archive with a link is refused', async () => {
  const link = { os: 3, attrs: 0o120777 << 16 };
  const files = { ...(await folders(['a'], 10)), 'a/passwd.png': [encode('/etc/passwd'), link] as const };
  expect(await refusal('link.zip', zipped(files as never))).toBe(
    'link.zip has a link, a/passwd.png, where files were expected. Pack the files themselves',
  );
});

test('R40 an image of 30,000 pixels is refused, and left out of an archive', async () => {
  const huge = await drawn(30_000, 40, red);
  const reason = 'has 30,000 x 40 pixels; an image has at most 16,000 along a side and 40 million in all';
  expect(await refusal('huge.png', huge)).toBe(`huge.png can't be read: it ${reason}`);
  const files = zipped({ ...(await folders(['a'], 10)), 'huge.png': huge });
  const data = imagesOf(await brought('some.zip', files));
  expect(data.count).toBe(10);
  expect(leftOutOf(data)).toEqual([{ reason, count: 1, names: ['huge.png'] }]);
});

test('R40 archives without images and with too few are refused', async () => {
  expect(await refusal('texts.zip', zipped({ '__MACOSX/notes.txt': encode('notes') }))).toBe(
    "__MACOSX/notes.txt can't be read: it is a file of the system",
  );
  expect(await refusal('none.zip', zipped({}))).toBe('none.zip holds no images, it is empty');
  expect(await refusal('few.zip', zipped(await folders(['a'], 3)))).toContain(
    'few.zip holds 3 images that can be read; at least 10 are needed to learn from',
  );
  expect(await refusal('one.png', await drawn(9, 9, red))).toContain(
    'one.png holds 1 image that can be read',
  );
});

test('R40 empty files, short and long texts are refused', async () => {
  expect(await refusal('empty.txt', new Uint8Array())).toBe(
    'empty.txt is empty. A text, or images in a zip archive, were expected',
  );
  expect(await refusal('short.txt', encode('To be'))).toBe(
    'short.txt has 5 characters; at least 5,000 are needed to learn from',
  );
  expect(await refusal('long.txt', new Uint8Array(limits.ownTextBytes + 1).fill(97))).toContain(
    'a text has at most 20 MB',
  );
});

test('R40 a body that says it is too large is refused before it comes', async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-length': limits.ownArchiveBytes + 1 };
    const post = request(address('?name=a.zip'), { method: 'POST', headers }, (response) => {
      resolve(response.statusCode);
      post.destroy();
    });
    post.once('error', reject);
    post.flushHeaders();
  });
  expect(status).toBe(413);
});

test('R40 a page that listens hears how the reading goes on', async () => {
  const body = zipped(await folders(['a', 'b'], 40)) as Uint8Array<ArrayBuffer>;
  const headers = { accept: 'application/x-ndjson' };
  const response = await fetch(address('?name=a.zip'), { method: 'POST', headers, body });
  const news = (await response.text())
    .trim()
    .split('\n')
    .map((line) => uploadNewsSchema.parse(JSON.parse(line)));
  expect(news[0]).toEqual({ kind: 'progress', done: 1, total: 80 });
  expect(news.at(-2)).toEqual({ kind: 'progress', done: 80, total: 80 });
  expect(news.at(-1)).toMatchObject({ kind: 'brought', data: { count: 80 } });
});

test('R40 a page that listens hears a refusal as the last news', async () => {
  const headers = { accept: 'application/x-ndjson' };
  const body = new Uint8Array() as Uint8Array<ArrayBuffer>;
  const response = await fetch(address('?name=empty.txt'), { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  expect(JSON.parse(await response.text())).toMatchObject({
    kind: 'refused',
    error: expect.stringContaining('is empty'),
    sentence: {
      message: '{name} is empty. A text, or images in a zip archive, were expected',
      values: { name: { own: 'empty.txt' } },
    },
  });
});

test('R40 an upload that is given up leaves nothing', async () => {
  const uploads = () => readdir(join(server.dataDir, 'uploads')).catch(() => []);
  const post = request(address('?name=a.zip'), { method: 'POST' });
  post.once('error', () => {});
  post.write(Buffer.alloc(1000));
  await until('the upload has begun', async () => (await uploads()).length === 1);
  post.destroy();
  await until('the upload is gone', async () => (await uploads()).length === 0);
  const ada = await RoomClient.join(server.url, id, 'Ada');
  expect(ada.joined.ownData).toEqual([]);
  ada.close();
});

test('R41 all hear who brought it; it is chosen, needed, let go, removed, and outlives the server', async () => {
  const ada = await RoomClient.join(server.url, id, 'Ada');
  const data = await brought('hamlet.txt', encode(`Exit.\n${lines(500)}`), { session: ada.joined.session });
  await until('the log tells', () => ada.log.some(({ what }) => what.kind === 'data'));
  expect(ada.log.at(-1)).toMatchObject({
    person: { name: 'Ada' },
    what: { kind: 'data', name: 'hamlet.txt', isHere: true },
  });
  const choose = (model: string, dataset: string) =>
    ada.edit((doc) => (doc.getMap('recipe').get(model) as Y.Map<unknown>).set('dataset', dataset));
  await choose('char-rnn', data.id);
  const remove = () => fetch(address(`/${data.id}`), { method: 'DELETE' });
  const kept = await remove();
  expect(kept.status).toBe(409);
  expect(await kept.json()).toEqual({
    code: 'not-allowed',
    error: 'Character RNN is set to learn from hamlet.txt. Choose another data set there first',
    sentence: {
      message: '{model} is set to learn from {name}. Choose another data set there first',
      values: { model: 'Character RNN', name: { own: 'hamlet.txt' } },
    },
  });
  ada.close();
  await server.stop('SIGKILL');
  server = await startServer({ dataDir: server.dataDir });
  const ben = await RoomClient.join(server.url, id, 'Ben');
  expect(ben.joined.ownData).toEqual([data]);
  await ben.edit((doc) => (doc.getMap('recipe').get('char-rnn') as Y.Map<unknown>).set('dataset', 'verses'));
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
  expect((await fetch(`${server.url}/api/blobs/${data.preview}`)).status).toBe(404);
  ben.close();
});

test('R41 a document may name only data sets of its own playground, of the kind that the model needs', async () => {
  const text = await brought('hamlet.txt', encode(lines(500)));
  const elsewhere = id;
  id = await server.createPlayground();
  const images = await brought('a.zip', zipped(await folders(['a'], 10)));
  const choose = async (model: string, dataset: string) => {
    const ada = await RoomClient.join(server.url, id, 'Ada');
    await ada
      .edit((doc) => (doc.getMap('recipe').get(model) as Y.Map<unknown>).set('dataset', dataset))
      .finally(() => ada.close());
  };
  await expect(choose('char-rnn', text.id)).rejects.toThrow("data set that this playground doesn't have");
  await expect(choose('char-rnn', images.id)).rejects.toThrow('Character RNN learns from text');
  expect(isOwnImages(images.id)).toBe(true);
  await choose('gan', images.id);
  expect(elsewhere).not.toBe(id);
});

test('R41 a playground holds so many and no more', async () => {
  for (let i = 0; i < limits.ownDataSets; i++) await brought(`${i}.txt`, encode(lines(300 + i)));
  const { status, answer } = await send('more.txt', encode(lines(999)));
  expect(status).toBe(409);
  expect(answer.error).toContain(`at most ${limits.ownDataSets} data sets of its own`);
});
