import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Progress } from '@/lib/runs/status';
import { say } from '@/lib/text/sentence';
import { DatasetError, DownloadError } from '@/server/datasets/dataset';
import { download, type RemoteFile } from '@/server/datasets/download';
import { loadFashionMnist } from '@/server/datasets/fashion-mnist/index';
import { parseIdx } from '@/server/datasets/idx';
import { exclusively } from '@/server/datasets/lock';
import { folderOf, type Published } from '@/server/datasets/published';
import { loadShakespeare, shakespeare } from '@/server/datasets/shakespeare/index';
import { breakOff, type FileServer, type Handler, sendRange, serve } from '../support/fileServer';

let folder: string;
const servers: FileServer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'colatent-datasets-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(folder, { recursive: true });
});

async function started(handler: Handler): Promise<FileServer> {
  const server = await serve(handler);
  servers.push(server);
  return server;
}

const content = new Uint8Array(300_000).map((_, i) => (i * 31) >> 3);
const described = (name: string, bytes: Uint8Array, algorithm: 'md5' | 'sha256' = 'md5'): RemoteFile => ({
  name,
  bytes: bytes.length,
  checksum: [algorithm, createHash(algorithm).update(bytes).digest('hex')],
});
const file = described('pictures.gz', content);
const target = () => path.join(folder, file.name);
const ignore = () => {};

/** Answers the n-th request with the n-th handler, and with the last one after that. */
function inTurn(...handlers: [Handler, ...Handler[]]): Handler {
  let turn = 0;
  return (request, response) => {
    const handler = handlers[Math.min(turn++, handlers.length - 1)] as Handler;
    handler(request, response);
  };
}

const answer =
  (status: number): Handler =>
  (_, response) =>
    response.writeHead(status).end('no');

test('a download is checked, renamed and then cached; progress counts its bytes', async () => {
  const server = await started(sendRange(content));
  const seen: number[] = [];
  await download(file, [server.address], folder, (bytes) => seen.push(bytes));
  expect((await readFile(target())).equals(content)).toBe(true);
  expect(await readdir(folder)).toEqual([file.name]);
  expect(seen.at(-1)).toBe(content.length);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  await download(file, [server.address], folder, ignore);
  expect(server.requests).toHaveLength(1);
});

test('a broken connection goes on where it broke', async () => {
  const server = await started(inTurn(breakOff(content, 100_000), sendRange(content)));
  await download(file, [server.address], folder, ignore);
  expect((await readFile(target())).equals(content)).toBe(true);
  expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-']);
});

test('what an earlier process has left half done is gone on with', async () => {
  await writeFile(`${target()}.part`, content.subarray(0, 250_000));
  const server = await started(sendRange(content));
  await download(file, [server.address], folder, ignore);
  expect((await readFile(target())).equals(content)).toBe(true);
  expect(server.requests[0]?.range).toBe('bytes=250000-');
});

test('a server without ranges sends the whole file again', async () => {
  await writeFile(`${target()}.part`, content.subarray(0, 1000));
  const server = await started((_, response) => response.end(content));
  await download(file, [server.address], folder, ignore);
  expect((await readFile(target())).equals(content)).toBe(true);
});

test('a server that refuses the range gets a fresh start', async () => {
  await writeFile(`${target()}.part`, content.subarray(0, 1000));
  const server = await started(inTurn(answer(416), sendRange(content)));
  await download(file, [server.address], folder, ignore);
  expect((await readFile(target())).equals(content)).toBe(true);
  expect(server.requests.map(({ range }) => range)).toEqual(['bytes=1000-', undefined]);
});

test('the next address is tried when the first has nothing', async () => {
  const empty = await started(answer(404));
  const full = await started(sendRange(content));
  await download(file, [empty.address, full.address], folder, ignore);
  expect((await readFile(target())).equals(content)).toBe(true);
  expect(empty.requests).toHaveLength(1);
});

test('a wrong checksum, a missing file and a file that is too long are named, and leave nothing', async () => {
  const wrong = await started(sendRange(content.map((value) => value ^ 1)));
  const missing = await started(answer(404));
  const long = await started((_, response) => response.end(Buffer.concat([content, content])));
  const failing = download(file, [wrong.address, missing.address, long.address], folder, ignore);
  await expect(failing).rejects.toThrow(DownloadError);
  await expect(failing).rejects.toThrow(/MD5 .* as published.*404.*more than 300,000 bytes/s);
  expect(await readdir(folder)).toEqual([]);
});

test('a connection that always breaks is given up, and what came is kept for the next time', async () => {
  const server = await started((request, response) => {
    if (request.headers.range) response.destroy();
    else breakOff(content, 5000)(request, response);
  });
  await expect(download(file, [server.address], folder, ignore)).rejects.toThrow(DownloadError);
  expect(server.requests).toHaveLength(3);
  expect(await readdir(folder)).toEqual([`${file.name}.part`]);
});

test('only one at a time works under a lock', async () => {
  const lock = path.join(folder, 'locks', 'download.lock');
  let inside = 0;
  let waited = 0;
  let release: () => void = ignore;
  const firstWaited = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await firstWaited;
    inside -= 1;
  };
  const waiting = () => {
    waited += 1;
    release();
  };
  await Promise.all([exclusively(lock, waiting, work), exclusively(lock, waiting, work)]);
  expect(waited).toBeGreaterThan(0);
});

test('a lock whose holder was killed is free again', async () => {
  const lock = path.join(folder, 'download.lock');
  const hold = `const Database = require('libsql'); new Database(${JSON.stringify(lock)}).exec('BEGIN EXCLUSIVE');
    console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['-e', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  let waited = 0;
  const waiting = () => {
    waited += 1;
    holder.kill('SIGKILL');
  };
  expect(await exclusively(lock, waiting, async () => 'mine')).toBe('mine');
  expect(waited).toBeGreaterThan(0);
});

/** An IDX file of unsigned bytes. */
function idx(shape: readonly number[], data: Uint8Array, magic = 0x0800 + shape.length): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, magic);
  shape.forEach((size, i) => {
    header.setUint32(4 + 4 * i, size);
  });
  return gzipSync(Buffer.concat([new Uint8Array(header.buffer), data]));
}

test('IDX headers are trusted for their counts', async () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
  expect(await parseIdx('x', idx([3, 2, 1], data), 3)).toEqual({ shape: [3, 2, 1], data: Buffer.from(data) });
});

test.each([
  ['gzip cut short', idx([4], new Uint8Array(4)).subarray(0, 20), /not a whole gzip file/],
  ['no header', gzipSync(Uint8Array.of(0, 0)), /header of 8 bytes but has 2/],
  ['wrong magic', idx([4], new Uint8Array(4), 0x0803), /magic number 2049, not 2051/],
  ['too few bytes', idx([4], new Uint8Array(3)), /hold 4 = 4 bytes after its header but holds 3/],
  ['too many bytes', idx([4], new Uint8Array(5)), /hold 4 = 4 bytes after its header but holds 5/],
])('an IDX file with %s is refused by name', async (_, bytes, message) => {
  const failing = parseIdx('labels.gz', bytes, 1);
  await expect(failing).rejects.toThrow(DatasetError);
  await expect(failing).rejects.toThrow(/^labels\.gz /);
  await expect(failing).rejects.toThrow(message);
});

const names = { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz' };
const pictures = idx([3, 28, 28], new Uint8Array(3 * 784).fill(9));
const labels = idx([3], Uint8Array.of(0, 9, 4));

async function writeSet(where: string, images = pictures, classes = labels): Promise<void> {
  await mkdir(where, { recursive: true });
  await writeFile(path.join(where, names.images), images);
  await writeFile(path.join(where, names.labels), classes);
}

test.each(['', 'fashion-mnist'])(
  'a local folder is used as it is, with its files in "%s"',
  async (inside) => {
    await writeSet(path.join(folder, inside));
    const set = await loadFashionMnist({ dataDir: '/nowhere', source: folder, progress: ignore });
    expect(set).toMatchObject({ count: 3, height: 28, width: 28, channels: 1 });
    expect([...set.labels]).toEqual([0, 9, 4]);
  },
);

test('bad local files are named and left alone', async () => {
  const load = () => loadFashionMnist({ dataDir: '/nowhere', source: folder, progress: ignore });
  await expect(load()).rejects.toThrow(`${names.images} was expected in ${folder}`);
  await writeSet(folder, pictures, idx([2], Uint8Array.of(1, 2)));
  await expect(load()).rejects.toThrow(`${names.labels} should hold 3 labels but holds 2`);
  await writeSet(folder, pictures, idx([3], Uint8Array.of(1, 2, 10)));
  await expect(load()).rejects.toThrow('classes below 10 but has a 10');
  await writeSet(folder, idx([3, 4, 4], new Uint8Array(48)));
  await expect(load()).rejects.toThrow('28 x 28 pixels, not 4 x 4');
  expect((await readdir(folder)).sort()).toEqual([names.images, names.labels].sort());
});

/** Two files as somebody might publish them. */
const publishedAt = (address: string): Published => ({
  id: 'fashion-mnist',
  files: [file, described('labels.gz', content.subarray(0, 5000), 'sha256')],
  addresses: ({ name }) => [address + name],
});
const sendEither: Handler = (request, response) => {
  const wanted = request.url?.endsWith('labels.gz') ? content.subarray(0, 5000) : content;
  sendRange(wanted)(request, response);
};

test('all files of a set are fetched with one progress over all of them, and then cached', async () => {
  const server = await started(sendEither);
  const seen: Progress[] = [];
  const options = { dataDir: folder, progress: (progress: Progress) => seen.push(progress) };
  const where = await folderOf(publishedAt(server.address), options);
  expect(where).toBe(path.join(folder, 'datasets', 'fashion-mnist'));
  expect((await readdir(where)).sort()).toEqual(['download.lock', 'labels.gz', 'pictures.gz']);
  const total = content.length + 5000;
  const label = say('Downloading {name}', { name: 'Fashion-MNIST' });
  expect(seen.at(-1)).toEqual({ label, done: total, total, unit: 'bytes' });
  await folderOf(publishedAt(server.address), options);
  expect(server.requests.map((request) => request.path)).toEqual(['/pictures.gz', '/labels.gz']);
});

test('a file in the cache that is not the published one any more is fetched again, and no other', async () => {
  const server = await started(sendEither);
  const options = { dataDir: folder, progress: ignore };
  const where = await folderOf(publishedAt(server.address), options);
  await writeFile(path.join(where, 'notes.txt'), 'mine');
  for (const wrong of [content.subarray(0, 4000), content.subarray(1, 5001)]) {
    await writeFile(path.join(where, 'labels.gz'), wrong);
    await folderOf(publishedAt(server.address), options);
    expect((await readFile(path.join(where, 'labels.gz'))).equals(content.subarray(0, 5000))).toBe(true);
  }
  expect(server.requests.map((request) => request.path)).toEqual([
    '/pictures.gz',
    '/labels.gz',
    '/labels.gz',
    '/labels.gz',
  ]);
  expect(await readFile(path.join(where, 'notes.txt'), 'utf8')).toBe('mine');
});

test('a mirror is asked in the folder of the set and at the root, and the publisher is not', async () => {
  const server = await started((request, response) => {
    if (request.url?.startsWith('/fashion-mnist/')) response.writeHead(404).end();
    else sendEither(request, response);
  });
  const source = server.address.slice(0, -1);
  await folderOf(publishedAt('http://127.0.0.1:9/'), { dataDir: folder, source, progress: ignore });
  expect(server.requests.map((request) => request.path)).toEqual([
    '/fashion-mnist/pictures.gz',
    '/pictures.gz',
    '/fashion-mnist/labels.gz',
    '/labels.gz',
  ]);
});

test('a mirror that lacks the published files fails with the reason, in the folder and at the root', async () => {
  const server = await started(answer(404));
  const load = loadFashionMnist({ dataDir: folder, source: server.address, progress: ignore });
  await expect(load).rejects.toThrow(DownloadError);
  expect(server.requests.map((request) => request.path)).toEqual([
    `/fashion-mnist/${names.images}`,
    `/${names.images}`,
  ]);
});

const [input] = shakespeare.files;
/** As long as the published text, and not the same. */
const forged = Buffer.alloc(input.bytes, 'O Romeo! ');

/** Reads Shakespeare from a mirror that sends `sent`. */
async function shakespeareFrom(sent: Handler): Promise<string> {
  const { address } = await started(sent);
  const { text } = await loadShakespeare({ dataDir: folder, source: address, progress: ignore });
  return text;
}

test('Shakespeare cut short, too long or of other words is refused', async () => {
  await expect(shakespeareFrom((_, response) => response.end(forged.subarray(0, 1000)))).rejects.toThrow(
    'input.txt could not be downloaded',
  );
  await rm(path.join(folder, 'datasets'), { recursive: true });
  const long = Buffer.concat([forged, forged]);
  await expect(shakespeareFrom((_, response) => response.end(long))).rejects.toThrow(
    'The server sent more than 1,115,394 bytes',
  );
  await expect(shakespeareFrom(sendRange(forged))).rejects.toThrow(
    /SHA256 [0-9a-f]{64}, not 86c4e6aa[0-9a-f]{56} as published/,
  );
  expect(await readdir(path.join(folder, 'datasets', 'shakespeare'))).toEqual(['download.lock']);
});

test('a local text is used as it is, if it is text', async () => {
  const load = () => loadShakespeare({ dataDir: '/nowhere', source: folder, progress: ignore });
  await expect(load()).rejects.toThrow(`input.txt was expected in ${folder}`);
  await writeFile(
    path.join(folder, 'input.txt'),
    'Sein oder nicht sein, das ist hier die Frage. \u2014 \uc5ec\uae30',
  );
  expect(await load()).toEqual({
    kind: 'text',
    text: 'Sein oder nicht sein, das ist hier die Frage. \u2014 \uc5ec\uae30',
  });
  await writeFile(path.join(folder, 'input.txt'), Uint8Array.of(0x54, 0xff, 0xfe));
  await expect(load()).rejects.toThrow('input.txt should be text in UTF-8 but is not');
  await writeFile(path.join(folder, 'input.txt'), new Uint8Array(16 * 1024 * 1024 + 1));
  await expect(load()).rejects.toThrow('at most 16,777,216 bytes but has 16,777,217');
});
