import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { launchBrowser, visit } from '../support/browser';
import { press, stepOf } from '../support/playground';
import { startServer } from '../support/server';
import { until } from '../support/until';
import { report, round } from './report';

/** Seconds before a page counts as left alone: a large view turns for 30 s after the last hand. */
const untilRest = 40;
const measured = 20;

/** Seconds of a core that all of the browser's processes have taken so far. */
async function coreSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

const framesAsked = (page: Page): Promise<number> =>
  page.evaluate(() => Reflect.get(globalThis, 'framesAsked'));

/** What a page takes that nobody touches. */
async function rest(browser: Browser, page: Page, name: string): Promise<void> {
  await sleep(untilRest * 1000);
  const [core, frames, from] = [await coreSeconds(browser), await framesAsked(page), performance.now()];
  await sleep(measured * 1000);
  const seconds = (performance.now() - from) / 1000;
  report({
    bench: 'resting',
    page: name,
    core: round(((await coreSeconds(browser)) - core) / seconds, 3),
    framesPerSecond: round(((await framesAsked(page)) - frames) / seconds, 1),
  });
}

async function open(browser: Browser, url: string): Promise<Page> {
  const { page } = await visit(browser);
  await page.addInitScript(() => {
    const ask = requestAnimationFrame;
    let asked = 0;
    Reflect.set(globalThis, 'framesAsked', 0);
    globalThis.requestAnimationFrame = (callback) => {
      Reflect.set(globalThis, 'framesAsked', ++asked);
      return ask(callback);
    };
  });
  await page.goto(url);
  return page;
}

const server = await startServer();
const browser = await launchBrowser();
{
  const page = await open(browser, server.url);
  await rest(browser, page, 'first');
  await page.context().close();
}
for (const preset of ['autoencoder-fast', 'char-rnn-fast', 'gan-fast']) {
  const page = await open(browser, `${server.url}/new?preset=${preset}`);
  await page.waitForURL('**/p/*');
  await rest(browser, page, `${preset}, fresh`);
  await press(page, 'Train');
  await until('thirty steps', async () => (await stepOf(page)) > 30);
  await press(page, 'Pause');
  await rest(browser, page, `${preset}, paused`);
  await page.context().close();
}
await browser.close();
await server.close();
