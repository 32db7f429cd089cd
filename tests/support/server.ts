import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { dataFolder } from './data';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Milliseconds that a server may take to answer /api/health, and to end after SIGTERM. */
const patienceMs = 120_000;

export interface ServerOptions {
  /** An existing data folder; without it the server gets a temporary one, removed by `close`. */
  readonly dataDir?: string;
  readonly port?: number;
  /** Environment on top of this process's, e.g. `COLATENT_MAX_RUNS`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real built server in a process of its own. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** Everything it has printed so far. */
  output(): string;
  /** A fresh playground's id. */
  createPlayground(): Promise<string>;
  /** Ends the process and keeps the data folder; `SIGKILL` gives it no chance to tidy up. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops it and removes a temporary data folder. */
  close(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string')
    throw new Error(`Expected a TCP address, got ${address}`);
  return address.port;
}

/** @throws Error with the server's output if it ends or isn't healthy in time. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync(join(root, 'dist/main.js')) || !existsSync(join(root, '.next/BUILD_ID')))
    throw new Error('The server is not built: run `npm run build` first (`npm test` does)');
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'colatent-test-')));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    COLATENT_EXECUTOR: 'onnx-cpu',
    COLATENT_DATASETS: dataFolder,
    ...options.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    COLATENT_DATA: dataDir,
  };
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const output = () => printed.join('');
  const url = `http://127.0.0.1:${port}`;
  const stop = (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => end(child, signal, output);
  await healthy(url, child, output).catch(async (error: unknown) => {
    await end(child, 'SIGKILL', output);
    throw error;
  });
  const close = async () => {
    await stop();
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  return {
    url,
    port,
    pid: child.pid ?? 0,
    dataDir,
    output,
    stop,
    close,
    createPlayground: () => createPlayground(url),
  };
}

async function healthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The server ended (${child.signalCode ?? child.exitCode}) and said:\n${output()}`);
    const response = await fetch(`${url}/api/health`).catch(() => null);
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Error(`The server wasn't healthy after ${patienceMs} ms and said:\n${output()}`);
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL', output: () => string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  const forced = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exit;
  clearTimeout(forced);
  if (signal === 'SIGTERM' && child.exitCode !== 0)
    throw new Error(`The server ended with ${child.signalCode ?? child.exitCode} and said:\n${output()}`);
}

const createdSchema = z.object({ id: z.string() });

/** A fresh playground of the server at `url`. @returns its id. */
export async function createPlayground(url: string): Promise<string> {
  const response = await fetch(`${url}/api/playgrounds`, {
    method: 'POST',
    headers: { accept: 'application/json' },
  });
  if (!response.ok)
    throw new Error(`POST /api/playgrounds answered ${response.status}: ${await response.text()}`);
  return createdSchema.parse(await response.json()).id;
}
