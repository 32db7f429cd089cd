import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import { button, enter, offered, press, trainLong } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const large = (page: Page) => page.locator('[data-large]').getAttribute('data-large');
const moment = (page: Page) => page.getByRole('slider', { name: 'Moment' });
const isLive = (page: Page) => moment(page).getAttribute('data-live');
const hash = (page: Page) => new URL(page.url()).hash;
const shownStep = (page: Page) => page.locator('[data-large] [data-step]').first().getAttribute('data-step');

test('the address carries view and moment, Back and Forward move between views', async () => {
  const { page, complaints } = await enter(browser, `${server.url}/p/${await server.createPlayground()}`);
  await trainLong(page);
  await press(page, 'Pause');
  await offered(page, 'Resume');
  expect(await large(page)).toBe('reconstructions');
  await button(page, 'Enlarge Latent space').click();
  await eventually(() => large(page)).toBe('latent-space');
  expect(hash(page)).toBe('#view=latent-space');
  await button(page, 'Enlarge Network').click();
  await page.goBack();
  await eventually(() => large(page)).toBe('latent-space');
  await page.goBack();
  await eventually(() => large(page)).toBe('reconstructions');
  await page.goForward();
  await eventually(() => large(page)).toBe('latent-space');
  await button(page, 'Enlarge Reconstructions').click();

  await eventually(async () => Number(await moment(page).getAttribute('max'))).toBeGreaterThan(2);
  await moment(page).fill('2');
  // The address names what was asked for at once; views follow when it is here.
  await until('the address carries the moment', async () => {
    return hash(page) === `#view=reconstructions&step=${await shownStep(page)}`;
  });
  const step = await shownStep(page);

  // The link leads others there, and a reload back.
  const other = await enter(browser, page.url());
  await eventually(() => isLive(other.page)).toBe('false');
  await eventually(() => shownStep(other.page)).toBe(step);
  await page.reload();
  await eventually(() => shownStep(page)).toBe(step);
  await button(page, 'Back to live').click();
  await eventually(() => hash(page)).toBe('#view=reconstructions');

  // A moment that this run never had is the newest one; a view that it hasn't is the first.
  await other.page.goto(`${page.url().split('#')[0]}#view=moon&step=999999999`);
  await eventually(() => isLive(other.page)).toBe('true');
  expect(await large(other.page)).toBe('reconstructions');
  expect([...complaints, ...other.complaints]).toEqual([]);
});
