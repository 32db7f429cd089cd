import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RoomClient } from '../support/client';
import { freePort, startServer, type TestServer } from '../support/server';

const root = fileURLToPath(new URL('../..', import.meta.url));
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Starts the built server where it can't start. */
async function failedStart(env: Record<string, string>) {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { out: '', error: '' };
  child.stdout.on('data', (text: Buffer) => {
    printed.out += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    printed.error += text;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, lines: printed.error.trim().split('\n'), out: printed.out };
}

test('it says where it listens', () => {
  expect(server.output()).toContain(`Colatent listens on http://localhost:${server.port}`);
});

test('a port in use is one clear line', async () => {
  const data = await mkdtemp(join(tmpdir(), 'colatent-main-'));
  const { status, lines } = await failedStart({
    PORT: String(server.port),
    HOST: '127.0.0.1',
    COLATENT_DATA: data,
  });
  await rm(data, { recursive: true });
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringMatching(new RegExp(`port ${server.port}: it is in use`))]);
});

test('a data folder in use is one clear line', async () => {
  const env = { PORT: String(await freePort()), COLATENT_DATA: server.dataDir };
  const { status, lines } = await failedStart(env);
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining('another Colatent server uses it')]);
});

test('a data folder that can not be made is one clear line', async () => {
  const file = join(server.dataDir, 'file');
  await writeFile(file, '');
  const { status, lines } = await failedStart({
    PORT: String(await freePort()),
    COLATENT_DATA: join(file, 'x'),
  });
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining("Can't use the data folder")]);
});

test('a bad variable is one clear line', async () => {
  const { status, lines } = await failedStart({ PORT: 'abc' });
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining('PORT')]);
});

test('a forced executor that can not run here is one clear line', async () => {
  const data = await mkdtemp(join(tmpdir(), 'colatent-main-'));
  const { status, lines } = await failedStart({
    PORT: String(await freePort()),
    COLATENT_DATA: data,
    COLATENT_EXECUTOR: 'onnx-cuda',
  });
  await rm(data, { recursive: true });
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^onnx-cuda can't run here: .*npm run setup:cuda/)]);
});

test('an unknown playground is a friendly 404, a known one a page', async () => {
  const id = await server.createPlayground();
  expect((await fetch(`${server.url}/p/${id}`)).status).toBe(200);
  const missing = await fetch(`${server.url}/p/${'A'.repeat(22)}`);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain('New playground');
});

test('a server that trains leaves nothing in the home or temporary folder, nor do packages', async () => {
  const home = await mkdtemp(join(tmpdir(), 'colatent-home-'));
  const other = await startServer({ env: { HOME: home, TMPDIR: home } });
  try {
    const client = await RoomClient.join(other.url, await other.createPlayground(), 'Ada');
    await client.command('train');
    await client.untilState('training');
    client.close();
    expect(await readdir(home)).toEqual([]);
  } finally {
    await other.close();
    await rm(home, { recursive: true });
  }
});
