import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import {
  activity,
  barriers,
  button,
  colours,
  coloursInside,
  enter,
  fieldValue,
  offered,
  pixels,
  press,
  setField,
} from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const picture = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('img', { name, exact: true });
const canvas = (page: Page, name: string): Locator => picture(page, name).locator('canvas');
const exactly = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('two train a variational autoencoder, move its KL weight, see what it draws of noise, and explore it', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const [ana, ben] = [await enter(browser, url), await enter(browser, url)];
  await ana.page
    .getByRole('combobox', { name: 'Model', exact: true })
    .selectOption('Variational autoencoder');
  await setField(ana.page, 'Epochs', 1000);
  await setField(ana.page, 'Batch size', 32);
  await press(ana.page, 'Train');

  // Reconstruction beside the loss, and the divergence by itself; one that is moved is told to all.
  await until('the divergence has a curve', () =>
    ana.page
      .getByRole('heading', { name: 'KL divergence' })
      .or(exactly(ana.page, 'KL divergence'))
      .isVisible(),
  );
  await setField(ana.page, 'KL weight', 4);
  await eventually(() => fieldValue(ben.page, 'KL weight')).toBe(4);
  await until('the log tells', async () =>
    ((await activity(ben.page).textContent()) ?? '').includes('set KL weight from 1 to 4'),
  );

  for (const { page } of [ana, ben]) {
    await button(page, 'Enlarge Samples').click();
    await eventually(() => coloursInside(picture(page, 'Samples'))).toBeGreaterThan(8);
  }
  expect(await ana.page.getByText('Diversity', { exact: true }).count()).toBe(0);

  await press(ana.page, 'Pause');
  await offered(ana.page, 'Resume');
  for (const { page } of [ana, ben]) {
    await button(page, 'Enlarge Try it').click();
    await until(
      'a picture',
      async () => Number(await picture(page, 'Decoded').getAttribute('data-step')) > 0,
    );
    await exactly(page, 'Noise').click();
    await until(
      'a walk',
      async () => Number(await picture(page, 'Between the two').getAttribute('data-step')) > 0,
    );
  }
  const seen = (page: Page) => pixels(canvas(page, 'Between the two'));
  await eventually(async () => (await seen(ana.page)) === (await seen(ben.page))).toBe(true);
  const before = await seen(ben.page);
  await ana.page.getByRole('slider', { name: 'On the way', exact: true }).fill('0.95');
  await eventually(async () => (await seen(ben.page)) !== before).toBe(true);
  expect(await barriers(ana.page)).toEqual([]);

  await exactly(ana.page, 'A grid').click();
  await exactly(ben.page, 'A grid').click();
  const grid = (page: Page) => page.getByRole('table', { name: /^A grid over numbers/ });
  for (const { page } of [ana, ben])
    await until('a grid', async () => Number(await grid(page).getAttribute('data-step')) > 0);
  await eventually(() => coloursInside(grid(ana.page))).toBeGreaterThan(20);
  const first = (page: Page) => pixels(grid(page).locator('canvas').first());
  const overFirstTwo = await first(ben.page);
  // Both see the same two numbers, and the coding that one of them takes.
  await ana.page.getByLabel('To the right').selectOption('Number 2');
  await eventually(() => grid(ben.page).getAttribute('aria-label')).toBe('A grid over numbers 2 and 1');
  await eventually(async () => (await first(ben.page)) !== overFirstTwo).toBe(true);
  const tile = grid(ana.page).getByRole('button');
  await tile.first().focus();
  await ana.page.keyboard.press('ArrowRight');
  await ana.page.keyboard.press('Enter');
  await eventually(() => tile.nth(1).getAttribute('aria-pressed')).toBe('true');
  const taken = grid(ben.page).getByRole('button', { pressed: true });
  await eventually(() => taken.getAttribute('aria-label')).toBe(await tile.nth(1).getAttribute('aria-label'));
  expect(await barriers(ana.page)).toEqual([]);
  await exactly(ben.page, 'A picture').click();
  const moved = ben.page.locator('[role=slider][data-moved=true]');
  await eventually(() => moved.count()).toBeGreaterThan(2);
  await press(ana.page, 'Its own numbers');
  await eventually(() => moved.count()).toBe(0);

  await exactly(ana.page, 'A picture').click();
  await button(ana.page, 'Enlarge Latent space').click();
  await eventually(() =>
    colours(ana.page.getByRole('img', { name: 'Latent space', exact: true })),
  ).toBeGreaterThan(8);
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
});
