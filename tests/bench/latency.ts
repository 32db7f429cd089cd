import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import { models } from '@/lib/catalog/models';
import { launchBrowser } from '../support/browser';
import { button, enter, field, figureOf, offered, press, setField } from '../support/playground';
import { startServer } from '../support/server';
import { until } from '../support/until';
import { median, quantile, report, round } from './report';

const samples = 100;
const starts = 9;
/** Of each model. */
const openings = 3;
/** Milliseconds between two samples: uneven, so that each meets another phase of frames and timers. */
const pauseMs = (i: number) => 80 + ((i * 37) % 80);

/** Times are milliseconds since 1970 by the machine's one clock, which both pages share. */
type Moments = Record<string, number>;

type Model = (typeof models)[number];

/** Notes in the page when `event` happens to the element. */
async function note(element: Locator, event: 'input' | 'click'): Promise<void> {
  await element.evaluate((target, name) => {
    target.addEventListener(
      name,
      () => Object.assign(window, { happenedAt: performance.timeOrigin + performance.now() }),
      { capture: true },
    );
  }, event);
}

/** Notes in the page when the element's text or value first becomes each text that it shows. */
async function watch(element: Locator): Promise<void> {
  await element.evaluate((target) => {
    const moments: Moments = {};
    Object.assign(window, { moments });
    const shown = () => target.getAttribute('aria-valuenow') ?? target.textContent ?? '';
    new MutationObserver(() => {
      moments[shown()] ??= performance.timeOrigin + performance.now();
    }).observe(target, { attributes: true, characterData: true, childList: true, subtree: true });
  });
}

const happenedAt = (page: Page) => page.evaluate((): number => Reflect.get(window, 'happenedAt'));
const momentsOf = (page: Page) => page.evaluate((): Moments => Reflect.get(window, 'moments'));

/** From the input event of a control in one page to the changed control in the other. */
async function edits(ana: Page, ben: Page, training: boolean): Promise<void> {
  await note(field(ana, 'Learning rate'), 'input');
  await watch(field(ben, 'Learning rate'));
  const times: number[] = [];
  for (let i = 0; i < samples; i++) {
    const value = (training ? 1 : 2) + i / 1000;
    await setField(ana, 'Learning rate', value);
    await until('the other page shows it', async () => (await momentsOf(ben))[value] !== undefined);
    times.push(((await momentsOf(ben))[value] ?? Number.NaN) - (await happenedAt(ana)));
    await sleep(pauseMs(i));
  }
  report({
    bench: 'latency',
    what: 'input in one page to changed control in another',
    training,
    samples,
    medianMs: round(median(times), 1),
    p95Ms: round(quantile(times, 0.95), 1),
  });
}

/** From the click on Train to the first step's figures on screen. */
async function firstMetrics(page: Page): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < starts; i++) {
    await offered(page, 'Train');
    await note(button(page, 'Train'), 'click');
    await watch(figureOf(page, 'Step'));
    await press(page, 'Train');
    const positive = async () => {
      const found = Object.entries(await momentsOf(page)).filter(([text]) => /^[1-9]/.test(text));
      return Math.min(...found.map(([, moment]) => moment));
    };
    await until('the first step on screen', async () => (await positive()) < Infinity);
    times.push((await positive()) - (await happenedAt(page)));
    await press(page, 'Reset');
    await until('a fresh playground', async () => !(await button(page, 'Reset').isEnabled()));
    await sleep(500);
  }
  report({
    bench: 'latency',
    what: 'Train to first metrics on screen',
    samples: starts,
    medianMs: round(median(times), 1),
    p95Ms: round(quantile(times, 0.95), 1),
  });
}

/** Notes when each picture of another step and each text, also while it is being written, is first shown. */
function watchPictures(): void {
  const seen: Record<string, Record<string, number>> = {};
  Object.assign(window, { seen });
  new MutationObserver(() => {
    for (const shown of document.querySelectorAll('main [data-step]')) {
      const what = shown.getAttribute('aria-label') ?? '';
      seen[what] ??= {};
      const look = `${shown.getAttribute('data-step')} ${shown.textContent}`;
      (seen[what] as Record<string, number>)[look] ??= Date.now();
    }
  }).observe(document, { attributes: true, childList: true, subtree: true });
}

/** When some picture was there, and when it had become another one and a third; `Infinity` until then. */
async function shownAt(page: Page): Promise<{ first: number; changed: number; third: number }> {
  const seen = await page.evaluate((): Record<string, Moments> => Reflect.get(window, 'seen'));
  const all = Object.values(seen).map((steps) => Object.values(steps).sort((a, b) => a - b));
  const nth = (n: number) => Math.min(...all.map((times) => times[n] ?? Infinity));
  return { first: nth(0), changed: nth(1), third: nth(2) };
}

/** Opens a playground by a model's card on the first page and trains there: milliseconds, without those between the two clicks. */
async function opening(
  model: Model,
): Promise<Readonly<Record<'ready' | 'first' | 'changed' | 'third', number>>> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchPictures);
  await page.goto(server.url, { waitUntil: 'networkidle' });
  const start = Date.now();
  await page.locator(`a[href="/new?preset=${model.id}"]`).first().click();
  await page.waitForURL(/\/p\//);
  await offered(page, 'Train');
  const ready = Date.now() - start;
  await note(button(page, 'Train'), 'click');
  await press(page, 'Train');
  await until('a third picture', async () => (await shownAt(page)).third < Infinity);
  const { first, changed, third } = await shownAt(page);
  const pressed = await happenedAt(page);
  await offered(page, 'Stop');
  await press(page, 'Stop');
  await offered(page, 'Train');
  await context.close();
  const since = (moment: number) => ready + moment - pressed;
  return { ready, first: since(first), changed: since(changed), third: since(third) };
}

async function firstPictures(model: Model): Promise<void> {
  const times: Awaited<ReturnType<typeof opening>>[] = [];
  for (let i = 0; i < openings; i++) times.push(await opening(model));
  report({
    bench: 'latency',
    what: 'card on the first page, by Train, to a picture and to its first two changes',
    model: model.id,
    samples: openings,
    readyMs: round(median(times.map(({ ready }) => ready)), 0),
    firstMs: round(median(times.map(({ first }) => first)), 0),
    changedMs: round(median(times.map(({ changed }) => changed)), 0),
    thirdMs: round(median(times.map(({ third }) => third)), 0),
  });
}

const server = await startServer();
const browser = await launchBrowser();
for (const model of models) await firstPictures(model);
const link = `${server.url}/p/${await server.createPlayground()}`;
const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
await edits(ana.page, ben.page, false);
await ben.page.context().close();
await firstMetrics(ana.page);
await setField(ana.page, 'Epochs', 1000);
await press(ana.page, 'Train');
await offered(ana.page, 'Pause');
const cleo = await enter(browser, link);
await edits(ana.page, cleo.page, true);
await browser.close();
await server.close();
