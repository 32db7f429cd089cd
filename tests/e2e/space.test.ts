import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  apart,
  barriers,
  button,
  colours,
  coloursInside,
  enter,
  nextFrames,
  offered,
  picture,
  pixels,
  press,
  settledPixels,
  settledScreen,
  stepOf,
  trainLong,
  vivid,
} from '../support/playground';
import { recordCloud } from '../support/recording';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const cloud = (page: Page) => picture(page, 'Latent space');
const iteration = async (page: Page) => Number(await cloud(page).getAttribute('data-iteration'));
const isPressed = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true, pressed: true }).count();

test('t-SNE is chosen for all, moves while nothing trains, holds still, and tells neighbours and losses', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, url);
  const ben = await enter(browser, url);
  await trainLong(ana.page);
  await offered(ana.page, 'Pause');
  await button(ana.page, 'Error map').click();
  await button(ana.page, 'Enlarge Latent space').click();
  await button(ana.page, 'Settings').click();
  await exactly(ana.page, 't-SNE').click();
  await eventually(() => cloud(ben.page).getAttribute('data-projection')).toBe('tsne');
  await press(ana.page, 'Pause');
  await offered(ana.page, 'Resume');
  const before = await iteration(ben.page);
  await eventually(() => iteration(ben.page)).toBeGreaterThan(before + 20);

  await button(ben.page, 'Enlarge Latent space').click();
  await button(ben.page, 'Settings').click();
  await button(ben.page, 'Hold points still').click();
  await eventually(() => button(ana.page, 'Let points move').count()).toBe(1);
  await eventually(async () => (await iteration(ana.page)) - (await iteration(ben.page))).toBe(0);
  const held = await iteration(ana.page);

  await exactly(ana.page, 'Loss').click();
  await eventually(() => colours(cloud(ana.page))).toBeGreaterThan(50);
  const search = ana.page.getByRole('searchbox', { name: 'Search the cloud' });
  await search.fill('12');
  const card = ana.page.getByRole('region', { name: 'Neighbours' });
  await eventually(() => card.getByRole('listitem').count()).toBe(10);
  const all = await vivid(cloud(ana.page));
  await button(ana.page, 'Show these alone').click();
  await eventually(() => isPressed(ana.page, 'Show these alone')).toBe(1);
  // Eleven of two thousand points stay as they are, the others fade.
  await eventually(() => vivid(cloud(ana.page))).toBeLessThan(all - 1000);
  await card.getByRole('listitem').first().getByRole('button').click();
  await search.fill('nothing of this name');
  expect(await search.getAttribute('aria-invalid')).toBe('true');

  expect(await iteration(ana.page)).toBe(held);

  await exactly(ben.page, '500').click();
  await eventually(() => isPressed(ana.page, '500')).toBe(1);
  await eventually(() => cloud(ana.page).getAttribute('aria-description')).toMatch(/^500 points/);

  await exactly(ben.page, '2D').click();
  await eventually(() => isPressed(ana.page, '2D')).toBe(1);
  await button(ana.page, 'Keep this view').click();
  await eventually(() => button(ana.page, 'Forget view 1').count()).toBe(1);
  await ana.page.mouse.move(0, 0);
  const kept = await settledScreen(cloud(ana.page));
  await cloud(ana.page).hover();
  await ana.page.mouse.wheel(0, -600);
  const awayFromKept = async () => apart(await settledScreen(cloud(ana.page)), kept);
  await eventually(awayFromKept).toBeGreaterThan(1000);
  await exactly(ana.page, '1').click();
  await ana.page.mouse.move(0, 0);
  await eventually(awayFromKept).toBe(0);
  for (const each of [ana, ben]) {
    await each.page.context().close();
    expect(each.complaints).toEqual([]);
  }
});

test('between the pairs stand their codings: shown or hidden, told to pointer and keyboard', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, url);
  await press(ana.page, 'Step');
  await offered(ana.page, 'Resume');
  const pairs = picture(ana.page, 'Reconstructions');
  await eventually(() => pairs.getAttribute('data-step')).toBe('1');
  await eventually(() => isPressed(ana.page, 'Codings')).toBe(1);
  await eventually(() => pairs.getAttribute('aria-description')).toContain('its 30 numbers as bars');
  const told = ana.page.getByRole('status').filter({ hasText: 'Its coding, 30 numbers' });
  await pairs.focus();
  await ana.page.keyboard.press('ArrowRight');
  await eventually(() => told.count()).toBe(1);
  const first = await told.textContent();
  await ana.page.keyboard.press('ArrowRight');
  await eventually(() => told.textContent()).not.toBe(first);
  expect(await barriers(ana.page)).toEqual([]);
  const { width = 0, height = 0 } = (await pairs.boundingBox()) ?? {};
  await pairs.hover({ position: { x: width / 2 - 30, y: height / 2 } });
  const number = ana.page.getByText(/^Number \d+: /);
  await number.waitFor();
  await pairs.blur();
  await ana.page.mouse.move(0, 0);
  await number.waitFor({ state: 'hidden' });
  const withCodings = await settledPixels(pairs);
  await button(ana.page, 'Codings').click();
  await eventually(() => isPressed(ana.page, 'Codings')).toBe(0);
  await eventually(() => pixels(pairs)).not.toBe(withCodings);
  expect(await pairs.getAttribute('aria-description')).not.toContain('numbers');
  await button(ana.page, 'Codings').click();
  await eventually(() => pixels(pairs)).toBe(withCodings);
  await ana.page.context().close();
  expect(ana.complaints).toEqual([]);
});

test('ten thousand points are coloured by what is known of them, with a scale, and cost nothing while nobody sees them', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const host = await enter(browser, url);
  await trainLong(host.page);
  await press(host.page, 'Pause');
  await offered(host.page, 'Resume');
  const steps = await stepOf(host.page);
  await host.page.context().close();

  const ana = await visit(browser, { reducedMotion: 'no-preference' });
  await countWork(ana.page);
  await recordCloud(ana.page, steps, { points: 10_000, moments: 20, channels: ['class', 'score'] });
  await ana.page.goto(url);
  await offered(ana.page, 'Resume');
  await button(ana.page, 'Enlarge Latent space').click();
  const moment = ana.page.getByRole('slider', { name: 'Moment' });
  await eventually(async () => Number(await moment.getAttribute('max'))).toBeGreaterThan(9);
  await moment.fill('5');
  await eventually(() => cloud(ana.page).getAttribute('aria-description')).toContain('10,000 points');
  await button(ana.page, 'Settings').click();
  expect(await exactly(ana.page, 'Loss').count()).toBe(0);
  const scale = ana.page.getByRole('figure', { name: 'Scale of the colours' });
  expect(await scale.count()).toBe(0);
  await exactly(ana.page, 'Score').click();
  await eventually(() => scale.textContent()).toMatch(/^Score0\.?\d*1$/);
  await exactly(ana.page, 'Movement').click();
  await eventually(() => scale.textContent()).toContain('% of the radius');
  await eventually(() => colours(cloud(ana.page))).toBeGreaterThan(50);

  await exactly(ana.page, 'Turn').click();
  const drawn = async () => (await workOf(ana.page)).draws;
  await eventually(drawn).toBeGreaterThan((await drawn()) + 3);
  await setHidden(ana.page, true);
  await someFrames(ana.page);
  const before = await workOf(ana.page);
  await moment.fill('9');
  await someFrames(ana.page);
  expect(await workOf(ana.page)).toEqual(before);
  await setHidden(ana.page, false);
  await eventually(drawn).toBeGreaterThan(before.draws + 3);
  await ana.page.context().close();
  expect(ana.complaints).toEqual([]);
});

test('an error map takes the reconstructions’ place', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, url);
  await press(ana.page, 'Step');
  await offered(ana.page, 'Resume');
  await eventually(() => colours(picture(ana.page, 'Reconstructions'))).toBeGreaterThan(20);
  const before = await settledPixels(picture(ana.page, 'Reconstructions'));
  await button(ana.page, 'Error map').click();
  await eventually(() => pixels(picture(ana.page, 'Reconstructions'))).not.toBe(before);
  await button(ana.page, 'Error map').click();
  await eventually(() => pixels(picture(ana.page, 'Reconstructions'))).toBe(before);
  await ana.page.context().close();
  expect(ana.complaints).toEqual([]);
});

/** Draw calls, and bytes that went to the graphics card. */
interface Work {
  draws: number;
  bytes: number;
}

async function countWork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const work: Work = { draws: 0, bytes: 0 };
    Object.assign(window, { work });
    const { drawElements, bufferSubData } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.drawElements = function (...all) {
      work.draws += 1;
      drawElements.apply(this, all);
    };
    WebGL2RenderingContext.prototype.bufferSubData = function (...all: unknown[]) {
      const [, , data] = all;
      if (ArrayBuffer.isView(data)) work.bytes += data.byteLength;
      Reflect.apply(bufferSubData, this, all);
    };
  });
}

const workOf = (page: Page) => page.evaluate((): Work => ({ ...Reflect.get(window, 'work') }));

/** As a browser does with a tab that another one covers, except for holding back frames, on which nothing should rest. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    const state = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

/** Some frames later. */
async function someFrames(page: Page): Promise<void> {
  for (let i = 0; i < 5; i++) await nextFrames(page);
}

/** A button of exactly this name. */
function exactly(of: Page, name: string) {
  return of.getByRole('button', { name, exact: true });
}

test('a cloud that holds still is drawn in whatever size it gets', async () => {
  const url = `${server.url}/new?preset=gan-fast`;
  const ana = await visit(browser);
  await ana.page.goto(url);
  await press(ana.page, 'Step');
  await offered(ana.page, 'Resume');
  const tile = ana.page.locator('[data-view="latent-space"] canvas');
  await eventually(() => coloursInside(tile)).toBeGreaterThan(20);
  await button(ana.page, 'Enlarge What D sees').click();
  await ana.page.locator('[data-large="latent-space"]').waitFor();
  const drawn = ana.page.getByRole('img', { name: 'What D sees' });
  for (const width of [1440, 1024, 1920]) {
    await ana.page.setViewportSize({ width, height: 900 });
    // A later chance, a hand that moves or comes to rest, doesn't count.
    await someFrames(ana.page);
    expect(await coloursInside(drawn), `${width} pixels wide`).toBeGreaterThan(20);
  }
  expect(ana.complaints).toEqual([]);
});
