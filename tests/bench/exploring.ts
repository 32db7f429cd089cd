import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { launchBrowser, visit } from '../support/browser';
import { connected, offered, press, setField } from '../support/playground';
import { startServer } from '../support/server';
import { until } from '../support/until';
import { quantile, report, round } from './report';

const people = 5;
/** Milliseconds that messages of the last page take longer, each way. */
const delayMs = 80;
/** Seconds for which the path is watched. */
const seconds = 20;
/** Seconds from stop to stop: the slowest, so that it doesn't come to its end meanwhile. */
const pace = 8;

/** Somebody in the playground, who sees its path. */
async function arrive(browser: Browser, link: string, delay: number): Promise<Page> {
  const { page } = await visit(browser, { viewport: { width: 1280, height: 800 } });
  if (delay > 0)
    await page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => void setTimeout(() => server.send(message), delay));
      server.onMessage((message) => void setTimeout(() => socket.send(message), delay));
    });
  await page.goto(link);
  await connected(page);
  return page;
}

const open = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Enlarge Try it' }).click();
  await page.getByRole('button', { name: 'A path', exact: true }).click();
};

/** Places that a page shows, and when it showed them: milliseconds since 1970, and stops. */
type Shown = readonly (readonly [at: number, position: number])[];

/** Notes each place that the playhead and the picture come to, as they do. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = { playhead: [] as [number, number][], picture: [] as [number, number][] };
    Object.assign(window, { seen });
    const listen = (what: keyof typeof seen, element: Element | null) => {
      if (!element) throw new Error(`No ${what} is shown`);
      new MutationObserver(() => {
        const now = performance.timeOrigin + performance.now();
        seen[what].push([now, Number(element.getAttribute('data-position'))]);
      }).observe(element, { attributeFilter: ['data-position'] });
    };
    listen('playhead', document.querySelector('[role=slider][data-position]'));
    listen('picture', document.querySelector('[role=img][data-position]'));
  });

const seenIn = (page: Page) =>
  page.evaluate((): { playhead: Shown; picture: Shown } => Reflect.get(window, 'seen'));

/** Where something stood on a page at a time; `null` before the first place. */
const placeAt = (shown: Shown, time: number): number | null =>
  shown.findLast(([at]) => at <= time)?.[1] ?? null;

/** The same between the places before and after, as if it was drawn all the time: what the page takes the time for. */
function takenFor(shown: Shown, time: number): number | null {
  const after = shown.findIndex(([at]) => at >= time);
  const [a, b] = [shown[after - 1], shown[after]];
  return a && b ? a[1] + ((b[1] - a[1]) * (time - a[0])) / (b[0] - a[0]) : null;
}

/** The largest distance between two pages at each moment, as milliseconds of the path's way. */
function spreads(all: readonly Shown[], place: typeof placeAt): number[] {
  const begin = Math.max(...all.map((shown) => shown[0]?.[0] ?? 0));
  const end = Math.min(...all.map((shown) => shown.at(-1)?.[0] ?? 0));
  const found: number[] = [];
  for (let time = begin; time < end; time += 10) {
    const places = all.flatMap((shown) => place(shown, time) ?? []);
    found.push(1000 * pace * (Math.max(...places) - Math.min(...places)));
  }
  return found;
}

const { url, createPlayground, close } = await startServer();
const browser = await launchBrowser();
const link = `${url}/p/${await createPlayground()}`;
const pages: Page[] = [];
for (let i = 0; i < people; i++) pages.push(await arrive(browser, link, i === people - 1 ? delayMs : 0));
const [ana] = pages;
if (!ana) throw new Error('Nobody came');
await ana.getByRole('combobox', { name: 'Model', exact: true }).selectOption('DCGAN');
await setField(ana, 'Epochs', 1000);
await press(ana, 'Train');
await offered(ana, 'Pause');
await until('it has learned a little', async () => {
  const step = await ana.locator('[data-large] [data-step]').first().getAttribute('data-step');
  return Number(step) > 0;
});
await press(ana, 'Pause');
await offered(ana, 'Resume');
for (const page of pages) await open(page);
await ana.getByRole('button', { name: 'Set up an example' }).click();
await ana.getByRole('list', { name: 'Stops' }).getByRole('listitem').nth(3).waitFor();
await ana.getByRole('button', { name: 'Path settings' }).click();
await ana.getByRole('slider', { name: 'Speed' }).fill('0');
await ana.keyboard.press('Escape');
for (const page of pages) await page.locator('[role=img][data-position]').waitFor();
// The clocks settle.
await sleep(12_000);
await ana.getByRole('button', { name: 'Play path' }).click();
for (const page of pages) await watch(page);
await sleep(1000 * seconds);
const seen = await Promise.all(pages.map(seenIn));
const all = (what: 'playhead' | 'picture') => seen.map((each) => each[what]);
const rate = (shown: Shown) => round(shown.length / seconds, 1);
const most = (found: readonly number[]) => round(Math.max(...found), 1);
const shown = spreads(all('playhead'), placeAt);
report({
  bench: 'exploring',
  case: 'path',
  pages: people,
  spreadMs: most(shown),
  spreadP95Ms: round(quantile(shown, 0.95), 1),
  clockSpreadMs: most(spreads(all('playhead'), takenFor)),
  pictureSpreadMs: most(spreads(all('picture'), placeAt)),
  delayMs,
  drawnPerSecond: all('playhead').map(rate),
  picturesPerSecond: all('picture').map(rate),
});
await browser.close();
await close();
