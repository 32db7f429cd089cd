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
  const grid = ana.page.getByRole('img', { name: 'A grid over the first two numbers' });
  await until('a grid', async () => Number(await grid.getAttribute('data-step')) > 0);
  await eventually(() => coloursInside(grid)).toBeGreaterThan(20);
  expect(await barriers(ana.page)).toEqual([]);

  await exactly(ana.page, 'A picture').click();
  await button(ana.page, 'Enlarge Latent space').click();
  await eventually(() =>
    colours(ana.page.getByRole('img', { name: 'Latent space', exact: true })),
  ).toBeGreaterThan(8);
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
});
