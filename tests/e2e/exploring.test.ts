import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import type { Visitor } from '../support/browser';
import { eventually } from '../support/eventually';
import { activity, barriers, enter, offered, pixels, press, rename, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const picture = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('img', { name, exact: true });
const canvas = (page: Page, name: string): Locator => picture(page, name).locator('canvas');
const slider = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('slider', { name, exact: true });

/** Ana and Ben look at the paused run of a model under Try it. */
async function exploring(model: string, small: Readonly<Record<string, number>>, shown: string) {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
  await rename(ana.page, 'Ana');
  await rename(ben.page, 'Ben');
  await ana.page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
  for (const [label, value] of Object.entries({ Epochs: 1000, ...small }))
    await setField(ana.page, label, value);
  await press(ana.page, 'Train');
  for (const { page } of [ana, ben]) {
    await page.getByRole('button', { name: 'Enlarge Try it' }).click();
    await until('a picture', async () => Number(await picture(page, shown).getAttribute('data-step')) > 0);
  }
  await press(ana.page, 'Pause');
  await offered(ana.page, 'Resume');
  await same(ana, ben, shown);
  return { ana, ben };
}

/** Until both pages show the same picture. @returns its hash. */
async function same(ana: Visitor, ben: Visitor, shown: string): Promise<string> {
  const hash = (who: Visitor) => pixels(canvas(who.page, shown));
  const step = (who: Visitor) => picture(who.page, shown).getAttribute('data-step');
  await until(
    'both see the same',
    async () => (await step(ana)) === (await step(ben)) && (await hash(ana)) === (await hash(ben)),
  );
  return hash(ben);
}

/** Until Ben's picture is another one than `before`, and Ana's the same as his. */
async function changed(ana: Visitor, ben: Visitor, shown: string, before: string): Promise<string> {
  await until('another picture', async () => (await pixels(canvas(ben.page, shown))) !== before);
  return same(ana, ben, shown);
}

async function leave(...visitors: Visitor[]): Promise<void> {
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  for (const { page } of visitors) await page.context().close();
}

test("one drags a coding's bar, the other sees bar and picture change, and who moves it", async () => {
  const { ana, ben } = await exploring('Stacked autoencoder', {}, 'Decoded');
  const before = await same(ana, ben, 'Decoded');
  const bar = slider(ana.page, 'Number 3');
  const theirs = slider(ben.page, 'Number 3');
  expect(await theirs.getAttribute('aria-valuenow')).toBe(await bar.getAttribute('aria-valuenow'));
  const box = await bar.boundingBox();
  if (!box) throw new Error('The bar is not shown');
  await ana.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await ana.page.mouse.down();
  await ana.page.mouse.move(box.x + box.width / 2, box.y + 2, { steps: 4 });
  await changed(ana, ben, 'Decoded', before);
  await eventually(() => theirs.getAttribute('aria-valuenow')).toBe(await bar.getAttribute('aria-valuenow'));
  await until('Ben sees who', () => ben.page.getByText('Ana moves number 3').isVisible());
  expect(await theirs.getAttribute('aria-disabled')).toBe('true');
  // Ben may move another one meanwhile, by keys.
  await slider(ben.page, 'Number 1').focus();
  await ben.page.keyboard.press('ArrowRight');
  await ben.page.keyboard.press('PageUp');
  const own = await slider(ben.page, 'Number 2').getAttribute('aria-valuenow');
  await eventually(() => slider(ana.page, 'Number 2').getAttribute('aria-valuenow')).toBe(own);
  await ana.page.mouse.up();
  await until('the bar is free', async () => (await theirs.getAttribute('aria-disabled')) === null);
  await press(ben.page, 'Its own numbers');
  await until('as before', async () => (await same(ana, ben, 'Decoded')) === before);
  expect(await activity(ana.page).textContent()).not.toContain('number');
  expect(await barriers(ben.page)).toEqual([]);
  await leave(ana, ben);
});

test('two walk together through the latents of a GAN, and somebody who comes later finds them there', async () => {
  const { ana, ben } = await exploring('GAN', {}, 'Between the two');
  const before = await same(ana, ben, 'Between the two');
  await slider(ana.page, 'On the way').fill('0.9');
  const moved = await changed(ana, ben, 'Between the two', before);
  await eventually(() => slider(ben.page, 'On the way').inputValue()).toBe('0.9');
  await press(ben.page, 'New samples');
  await ben.page.getByRole('button', { name: 'Sample 4: Start from here' }).click();
  const other = await changed(ana, ben, 'Between the two', moved);
  await press(ana.page, 'Stop');
  await offered(ana.page, 'Train afresh');
  const cat = await enter(browser, ana.page.url());
  // The address has brought her to the view that Ana looks at.
  await cat.page.locator('[data-large="try"]').waitFor();
  await until('the same', async () => (await pixels(canvas(cat.page, 'Between the two'))) === other);
  expect(await slider(cat.page, 'On the way').inputValue()).toBe('0.9');
  await leave(ana, ben, cat);
});

test('two mix the styles of two samples, layer by layer', async () => {
  const { ana, ben } = await exploring(
    'StyleGAN',
    { 'Batch size': 4, 'Resolution 1': 8, 'Resolution 2': 8, 'Resolution 3': 4 },
    'Between the two',
  );
  const before = await same(ana, ben, 'Between the two');
  expect(await ana.page.getByRole('slider', { name: /^\d · \d+ × \d+$/ }).count()).toBe(6);
  const crossing = ana.page.getByRole('button', { name: 'The first 2 layers of From, the others of To' });
  await crossing.click();
  const crossed = await changed(ana, ben, 'Between the two', before);
  await eventually(() => slider(ben.page, '1 · 7 × 7').getAttribute('aria-valuetext')).toBe('From');
  expect(await slider(ben.page, '3 · 14 × 14').getAttribute('aria-valuetext')).toBe('To');
  await slider(ben.page, '3 · 14 × 14').fill('0.4');
  await changed(ana, ben, 'Between the two', crossed);
  await press(ana.page, 'All layers together');
  await until('as before', async () => (await same(ana, ben, 'Between the two')) === before);
  expect(await barriers(ben.page)).toEqual([]);
  // The concept's card leads here.
  await ana.page.getByRole('button', { name: 'Enlarge Samples' }).click();
  await ana.page.getByRole('button', { name: 'About Style mixing' }).first().click();
  await ana.page.getByRole('button', { name: 'Mix two styles by hand' }).click();
  await slider(ana.page, 'On the way').waitFor();
  await leave(ana, ben);
});
