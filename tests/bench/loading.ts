import type { Browser, CDPSession, Page } from 'playwright';
import { launchBrowser, visit } from '../support/browser';
import { startServer } from '../support/server';
import { median, report, round } from './report';

/** Of each page and network. */
const rounds = 3;

/** A network that people on a train have: 400 kbit/s each way, 300 ms there and back. */
const slow = {
  offline: false,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
  latency: 300,
};

interface Arrived {
  readonly type: string;
  readonly path: string;
  readonly bytes: number;
}

/** Counts what comes over the network, as many bytes as were sent, headers and all. */
async function counting(session: CDPSession): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  const asked = new Map<string, { type: string; path: string }>();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    asked.set(requestId, { type, path: new URL(response.url).pathname });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const what = asked.get(requestId);
    if (what) arrived.push({ ...what, bytes: encodedDataLength });
  });
  await session.send('Network.enable');
  return arrived;
}

/** Usable: what a person came for can be pressed, and is answered. The page itself watches for it: questions take time. */
const pages = {
  first: {
    path: '/',
    usable: (page: Page) =>
      page.waitForFunction(() => {
        const door = document.querySelector('main button');
        // React has made it its own.
        return door !== null && Object.keys(door).some((key) => key.startsWith('__reactProps'));
      }),
  },
  playground: {
    path: null,
    usable: (page: Page) =>
      page.waitForFunction(
        () => document.querySelector<HTMLButtonElement>('button[aria-label="Train"]')?.disabled === false,
      ),
  },
};

/** Opens a page for the first time: milliseconds until it is usable, and what had come by then and until nothing more came. */
async function load(
  browser: Browser,
  url: string,
  usable: (page: Page) => Promise<unknown>,
  isSlow: boolean,
) {
  const { page } = await visit(browser);
  const session = await page.context().newCDPSession(page);
  const arrived = await counting(session);
  if (isSlow) await session.send('Network.emulateNetworkConditions', slow);
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await usable(page);
  const usableMs = performance.now() - start;
  const before = [...arrived];
  await page.waitForLoadState('networkidle');
  const whole = [...arrived];
  await page.context().close();
  return { usableMs, before, whole };
}

const kilobytes = (all: readonly Arrived[]) =>
  round(all.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, 1);

function kilobytesByType(all: readonly Arrived[]): Record<string, number> {
  const types = [...new Set(all.map(({ type }) => type))];
  return Object.fromEntries(types.map((each) => [each, kilobytes(all.filter(({ type }) => type === each))]));
}

const server = await startServer();
const browser = await launchBrowser();
const playground = `/p/${await server.createPlayground()}`;
for (const [name, { path, usable }] of Object.entries(pages)) {
  for (const isSlow of [false, true]) {
    const loads: Awaited<ReturnType<typeof load>>[] = [];
    for (let i = 0; i < rounds; i++)
      loads.push(await load(browser, server.url + (path ?? playground), usable, isSlow));
    const [first] = loads;
    report({
      bench: 'loading',
      page: name,
      network: isSlow ? '400 kbit/s, 300 ms' : 'loopback',
      usableMs: round(median(loads.map(({ usableMs }) => usableMs)), 0),
      usableKb: median(loads.map(({ before }) => kilobytes(before))),
      wholeKb: median(loads.map(({ whole }) => kilobytes(whole))),
      ...(first && { kbByType: kilobytesByType(first.whole) }),
    });
  }
}
await browser.close();
await server.close();
