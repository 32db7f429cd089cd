import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { answerJson } from '@/server/http/answers';
import { createHttpHandler } from '@/server/http/handler';
import { Ingress } from '@/server/http/ingress';
import type { Pages } from '@/server/http/routes';
import { createGenerators } from '@/server/processes/generators';
import { createReaders } from '@/server/processes/readers';
import { ExecutorUnavailable } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { attachSockets } from '@/server/sockets/page';
import { type Environment, EnvironmentError, readEnvironment } from './env';
import { Rooms } from './rooms/rooms';
import { openSqlite } from './storage/sqlite';
import { StorageError } from './storage/storage';

/** Milliseconds for an ordered shutdown; beyond, the process ends as it is. */
const shutdownMs = 10_000;

const isDevelopment = process.env.NODE_ENV === 'development';
const workerFile = fileURLToPath(new URL('./worker.js', import.meta.url));
const generatorFile = fileURLToPath(new URL('./generator.js', import.meta.url));
const readerFile = fileURLToPath(new URL('./reader.js', import.meta.url));
const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  version: string;
};

/** What closes, in the order in which it was opened. */
type Closing = { readonly name: string; close(): Promise<void> };

const log = (line: string): void => console.error(line);

/** A port that can't be had; one line for the operator. */
class ListenError extends Error {
  override readonly name = 'ListenError';
}

function listen(server: Server, { HOST: host, PORT: port }: Environment): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: 'it is in use. Stop the other program, or choose another port: PORT=3001 npm start',
        EACCES: 'it needs rights that this user lacks. Choose a port above 1023',
        EADDRNOTAVAIL: 'this machine has no such address. Try HOST=127.0.0.1 or HOST=0.0.0.0',
      };
      fail(
        new ListenError(
          `Can't listen on ${host}, port ${port}: ${reasons[error.code ?? ''] ?? error.message}`,
        ),
      );
    });
    server.listen(port, host, done);
  });
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A first visit asks for a dozen of these: what a page may do, in 300 bytes, goes with the page alone. */
const assetPolicy = "default-src 'self'; frame-ancestors 'none'";

/** Scripts, styles and fonts, named by their content and compressed by the build; everything else goes to `next`. */
function serveAssets(folder: string, next: Handle): Handle {
  const prefix = '/_next/static';
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: 31_536_000,
    extensions: [],
    setHeaders: (response) => response.setHeader('content-security-policy', assetPolicy),
  });
  return async (request, response) => {
    const { url = '/' } = request;
    if (!url.startsWith(`${prefix}/`)) return next(request, response);
    request.url = url.slice(prefix.length);
    serve(request, response, () => {
      request.url = url;
      void next(request, response);
    });
  };
}

async function openPages(
  { HOST: hostname, COLATENT_BASE_PATH }: Environment,
  port: number,
): Promise<Pages & Closing> {
  const { default: next } = await import('next');
  const app = next({ dev: isDevelopment, dir: projectFolder, hostname, port });
  await app.prepare();
  const nextHandle = app.getRequestHandler();
  // Next knows its pages by the path that a proxy shows, without a slash at its end.
  const handle: Handle = (request, response) => {
    const { url = '/' } = request;
    const isRoot = COLATENT_BASE_PATH !== '' && /^\/(\?|$)/.test(url);
    request.url = COLATENT_BASE_PATH + (isRoot ? url.slice(1) : url);
    return nextHandle(request, response);
  };
  // In development nothing is named by its content yet.
  const assets = isDevelopment ? handle : serveAssets(join(projectFolder, '.next/static'), handle);
  return {
    name: 'pages',
    handle: (request, response) => assets(request, response),
    notFound: (request, response) => {
      request.url = '/_not-found';
      return handle(request, response);
    },
    close: () => app.close(),
  };
}

function announce({ HOST: host }: Environment, port: number): void {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const isLocal = host === '127.0.0.1' || host === 'localhost' || host === '::1';
  const shown = isEverywhere || isLocal ? 'localhost' : host;
  log(`Colatent listens on http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`);
  const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const lan = others.find((each) => each.family === 'IPv4' && !each.internal);
  if (isEverywhere && lan) log(`Others on your network open http://${lan.address}:${port}`);
  if (isLocal) log('Open it in a browser. HOST=0.0.0.0 lets others on your network in.');
}

/** Ends everything in the opposite order; what fails to close is said and doesn't stop the rest. */
async function closeAll(opened: readonly Closing[]): Promise<void> {
  for (const { name, close } of [...opened].reverse())
    await close().catch((error: Error) => log(`Closing the ${name} failed: ${error.message}`));
}

function closeOnSignals(opened: readonly Closing[]): void {
  let isClosing = false;
  const shutDown = async () => {
    if (isClosing) return;
    isClosing = true;
    const deadline = setTimeout(() => {
      log(`Not everything closed within ${shutdownMs} ms`);
      process.exit(1);
    }, shutdownMs);
    await closeAll(opened);
    clearTimeout(deadline);
    process.exit(0);
  };
  process.on('SIGTERM', shutDown);
  process.on('SIGINT', shutDown);
}

async function start(opened: Closing[]): Promise<void> {
  const env = readEnvironment(process.env);
  let handler: RequestListener = (_, response) => answerJson(response, 503, { status: 'starting' });
  const server = createServer((request, response) => handler(request, response));
  await listen(server, env);
  const { port } = server.address() as AddressInfo;
  const dataDir = resolve(env.COLATENT_DATA);
  const storage = await openSqlite(dataDir, (error) => log(`A reel could not be kept: ${error}`));
  opened.push({ name: 'storage', close: () => storage.close() });
  const pages = await openPages(env, port);
  opened.push(pages);
  const runs = createRuns({
    limit: env.COLATENT_MAX_RUNS,
    workerFile,
    executor: env.COLATENT_EXECUTOR,
    datasets: env.COLATENT_DATASETS,
    dataDir,
  });
  const memoryBytes = env.COLATENT_MAX_MEMORY * 2 ** 20;
  const generators = createGenerators({ file: generatorFile, memoryBytes });
  opened.push({ name: 'generators', close: () => generators.close() });
  const readers = createReaders({ file: readerFile, folder: join(dataDir, 'uploads') });
  opened.push({ name: 'readers', close: () => readers.close() });
  await runs.ready.catch(async (error) => {
    await runs.close();
    throw error;
  });
  const costLimits = {
    memoryBytes,
    flopsPerStep: env.COLATENT_MAX_STEP_GFLOPS * 1e9,
  };
  const ingress = new Ingress({
    origins: env.COLATENT_ORIGIN,
    hops: env.COLATENT_TRUST_PROXY,
    basePath: env.COLATENT_BASE_PATH,
  });
  const rooms = await Rooms.open({ storage, runs, generators, readers, costLimits, log });
  opened.push({ name: 'rooms', close: () => rooms.close() });
  // Closed before the rooms, which store the last checkpoints.
  opened.push({ name: 'runs', close: () => runs.close() });
  handler = createHttpHandler({
    rooms,
    storage,
    pages,
    ingress,
    publicFolder: join(projectFolder, 'public'),
    version: version,
    isDevelopment,
    log,
  });
  const sockets = attachSockets(server, rooms, ingress, log);
  opened.push({ name: 'sockets', close: () => sockets.close() });
  announce(env, port);
}

const opened: Closing[] = [];
try {
  closeOnSignals(opened);
  await start(opened);
} catch (error) {
  const isExpected = [EnvironmentError, ExecutorUnavailable, ListenError, StorageError].some(
    (kind) => error instanceof kind,
  );
  log(isExpected ? (error as Error).message : `Colatent could not start: ${(error as Error).stack}`);
  await closeAll(opened);
  process.exit(1);
}
