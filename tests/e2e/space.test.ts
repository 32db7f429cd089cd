import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  barriers,
  button,
  colours,
  enter,
  offered,
  picture,
  pixels,
  press,
  trainLong,
} from '../support/playground';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ env: { COLATENT_EXECUTOR: 'onnx-cpu' } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

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

  await exactly(ana.page, 'Loss').click();
  await eventually(() => colours(cloud(ana.page))).toBeGreaterThan(50);
  const search = ana.page.getByRole('searchbox', { name: 'Search the cloud' });
  await search.fill('12');
  const card = ana.page.getByRole('region', { name: 'Neighbours' });
  await eventually(() => card.getByRole('listitem').count()).toBe(10);
  await button(ana.page, 'Show these alone').click();
  await eventually(() => isPressed(ana.page, 'Show these alone')).toBe(1);
  await card.getByRole('listitem').first().getByRole('button').click();
  await search.fill('nothing of this name');
  expect(await search.getAttribute('aria-invalid')).toBe('true');

  await exactly(ben.page, '2D').click();
  await eventually(() => isPressed(ana.page, '2D')).toBe(1);
  await button(ana.page, 'Keep this view').click();
  await eventually(() => button(ana.page, 'Forget view 1').count()).toBe(1);
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
  await eventually(() => isPressed(ana.page, 'Codings')).toBe(1);
  await eventually(() => pairs.getAttribute('aria-description')).toContain('its 30 numbers as bars');
  const withCodings = await pixels(pairs);
  const told = ana.page.getByRole('status').filter({ hasText: 'Its coding, 30 numbers' });
  await pairs.focus();
  await ana.page.keyboard.press('ArrowRight');
  await eventually(() => told.count()).toBe(1);
  const first = await told.textContent();
  await ana.page.keyboard.press('ArrowRight');
  await eventually(() => told.textContent()).not.toBe(first);
  expect(await barriers(ana.page)).toEqual([]);
  const { width = 0, height = 0 } = (await pairs.boundingBox()) ?? {};
  await pairs.hover({ position: { x: width / 2 - 30, y: height / 4 } });
  await ana.page.getByText(/^Number \d+: /).waitFor();
  await button(ana.page, 'Codings').click();
  await eventually(() => isPressed(ana.page, 'Codings')).toBe(0);
  await eventually(() => pixels(pairs)).not.toBe(withCodings);
  expect(await pairs.getAttribute('aria-description')).not.toContain('numbers');
  await button(ana.page, 'Codings').click();
  await eventually(() => pixels(pairs)).toBe(withCodings);
  await ana.page.context().close();
  expect(ana.complaints).toEqual([]);
});

test('an error map takes the reconstructions’ place', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, url);
  await press(ana.page, 'Step');
  await offered(ana.page, 'Resume');
  await eventually(() => colours(picture(ana.page, 'Reconstructions'))).toBeGreaterThan(20);
  const before = await pixels(picture(ana.page, 'Reconstructions'));
  await button(ana.page, 'Error map').click();
  await eventually(() => pixels(picture(ana.page, 'Reconstructions'))).not.toBe(before);
  await button(ana.page, 'Error map').click();
  await eventually(() => pixels(picture(ana.page, 'Reconstructions'))).toBe(before);
  await ana.page.context().close();
  expect(ana.complaints).toEqual([]);
});

/** A button of exactly this name. */
function exactly(of: Page, name: string) {
  return of.getByRole('button', { name, exact: true });
}
