import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import {
  activity,
  barriers,
  button,
  connected,
  enter,
  fieldValue,
  offered,
  picture,
  pixels,
  press,
  setField,
} from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const model = (page: Page) => page.getByRole('combobox', { name: 'Model', exact: true });
const card = (page: Page, name: string) => page.getByRole('link', { name });

test('from the gallery to the first changing picture in two clicks', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(server.url);
  expect(await barriers(page)).toEqual([]);
  await card(page, 'Stacked autoencoder').click();
  await press(page, 'Train');
  const pictures = picture(page, 'Reconstructions');
  await until('a later picture', async () => Number(await pictures.getAttribute('data-step')) > 0);
  const later = await pixels(pictures);
  // It may have learned all by now.
  const moment = page.getByRole('slider', { name: 'Moment' });
  await until('there is a past', () => moment.isEnabled());
  await moment.press('Home');
  await until('another one before', async () => (await pixels(pictures)) !== later);
  expect(complaints).toEqual([]);
});

test('a preset is a link: it opens a playground with its recipe, and Back leads out again', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(`${server.url}/?from=elsewhere`);
  await page.goto(`${server.url}/new?preset=gan-collapse`);
  await page.waitForURL(/\/p\/[\w-]{22}$/);
  await connected(page);
  expect(await model(page).inputValue()).toBe('gan');
  expect(await fieldValue(page, 'Generator steps')).toBe(4);
  await page.goBack();
  await page.waitForURL(/from=elsewhere/);
  expect(complaints).toEqual([]);
});

test('a link with an unknown preset says so and leads to those that exist', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(`${server.url}/new?preset=gan-colapse`);
  await page.getByRole('heading', { name: 'There is no such preset' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'To the gallery' }).click();
  await card(page, 'StyleGAN').waitFor();
  expect(complaints).toEqual([]);
});

test('a preset chosen in a playground is the recipe of all, and one step to undo', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const [ada, bob] = [await enter(browser, url), await enter(browser, url)];
  await button(ada.page, 'Gallery of models').click();
  const chooser = ada.page.getByRole('dialog', { name: 'Choose a model' });
  await chooser.locator('summary[aria-label="Presets of DCGAN"]').click();
  await chooser.getByRole('list', { name: 'Presets of DCGAN' }).getByRole('link', { name: 'Fast' }).click();
  await until('Bob has the model', async () => (await model(bob.page).inputValue()) === 'dcgan');
  expect(await fieldValue(bob.page, 'Kernel size')).toBe(4);
  expect(await chooser.isVisible()).toBe(false);
  await until('the log tells', async () =>
    ((await activity(bob.page).textContent()) ?? '').includes('DCGAN'),
  );
  await button(ada.page, 'Undo').click();
  await until('Bob has the old one', async () => (await model(bob.page).inputValue()) === 'autoencoder');
  expect([...ada.complaints, ...bob.complaints]).toEqual([]);
});

test('the diagram is there before the first run; a layer resized, added or removed on it is so for all', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const [ada, bob] = [await enter(browser, url), await enter(browser, url)];
  await button(ada.page, 'See the network').click();
  const diagram = ada.page.getByRole('region', { name: 'Network' }).last();
  const layer = diagram.getByRole('slider', { name: 'Hidden layer 1', exact: true });
  await layer.focus();
  await ada.page.keyboard.press('ArrowUp');
  await until('Bob has it', async () => (await fieldValue(bob.page, 'Hidden layer 1')) === 110);
  await layer.hover();
  const { x = 0, y = 0, width = 0, height = 0 } = (await layer.boundingBox()) ?? {};
  await ada.page.mouse.down();
  await ada.page.mouse.move(x + width / 2, y + height / 2 + 60, { steps: 5 });
  await until('it is smaller', async () => Number(await layer.getAttribute('aria-valuenow')) < 60);
  await ada.page.mouse.up();
  await until('the drag made it smaller', async () => (await fieldValue(bob.page, 'Hidden layer 1')) < 60);
  await button(ada.page, 'Add a layer here').first().click();
  await until('two layers', () => bob.page.getByRole('spinbutton', { name: 'Hidden layer 2' }).isVisible());
  expect(await barriers(ada.page)).toEqual([]);
  await layer.focus();
  await ada.page.keyboard.press('Delete');
  await until(
    'one layer',
    async () => !(await bob.page.getByRole('spinbutton', { name: 'Hidden layer 2' }).isVisible()),
  );
  expect([...ada.complaints, ...bob.complaints]).toEqual([]);
});

test('while it trains the network is lit, and a layer shows what it gives and its weights as they become', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(`${server.url}/new?preset=autoencoder-fast`);
  await connected(page);
  await setField(page, 'Epochs', 1000);
  await press(page, 'Train');
  await button(page, 'Enlarge Network').click();
  await page.locator('svg[data-working="all"]').first().waitFor();
  const layer = page.getByRole('slider', { name: 'Hidden layer 1', exact: true });
  await layer.focus();
  const weights = page.locator('figure', { hasText: 'weight pictures' });
  await weights.waitFor();
  await until('all weights', async () => (await weights.locator('canvas').count()) === 24);
  const first = await pixels(weights.locator('canvas').first());
  await until('they change', async () => (await pixels(weights.locator('canvas').first())) !== first);
  const given = page.locator('figure', { hasText: 'Its activations' });
  const [example, cells] = [given.locator('canvas').nth(0), given.locator('canvas').nth(1)];
  const [input, output] = [await pixels(example), await pixels(cells)];
  await until('what it gives changes', async () => (await pixels(cells)) !== output);
  expect(await pixels(example)).toBe(input);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Dense layer, 784' }).focus();
  const drawn = page.locator('figure', { hasText: 'What it draws' });
  await drawn.waitFor();
  expect(await pixels(drawn.locator('canvas').nth(0))).toBe(input);
  expect(complaints).toEqual([]);
});

test('a step of one network lights that network alone; both show what they give', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(`${server.url}/new?preset=gan-fast`);
  await connected(page);
  await press(page, 'Step');
  await offered(page, 'Resume');
  await button(page, 'Enlarge Network').click();
  const lit = (what: string) => page.locator(`svg[data-working="${what}"]`).first().waitFor();
  await lit('nothing');
  for (const [name, side] of [
    ['Step the generator only', 'generated'],
    ['Step the discriminator only', 'real'],
  ] as const) {
    await press(page, 'Step one network');
    await button(page, name).click();
    await lit(side);
    await lit('nothing');
  }
  await page.getByRole('slider', { name: 'Generator layer 1', exact: true }).hover();
  await page.locator('figure', { hasText: 'Its activations' }).waitFor();
  await page.getByRole('button', { name: 'Dense layer, 1', exact: true }).hover();
  await page.locator('figure', { hasText: 'How real it finds this image' }).waitFor();
  expect(complaints).toEqual([]);
});
