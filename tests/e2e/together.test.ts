import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { type Visitor, visit } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  activity,
  button,
  colours,
  columnsOf,
  connected,
  enter,
  fieldValue,
  offered,
  people,
  picture,
  pixels,
  press,
  rename,
  setField,
  stepOf,
  trainLong,
} from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** The loss of a model that stands alone, in the light theme (`--ink-faint`). */
const lossColor = '#736e63';

/** Ana opens a new playground from the home page, Ben follows her link. */
async function anaAndBen(): Promise<{ ana: Visitor; ben: Visitor }> {
  const ana = await visit(browser);
  await ana.page.goto(server.url);
  await button(ana.page, 'New playground').click();
  await ana.page.waitForURL(/\/p\/[A-Za-z0-9_-]{22}$/);
  await connected(ana.page);
  const ben = await enter(browser, ana.page.url());
  await rename(ana.page, 'Ana');
  await rename(ben.page, 'Ben');
  await eventually(() => people(ana.page).textContent()).toContain('Ben');
  await eventually(() => people(ben.page).textContent()).toContain('Ana');
  return { ana, ben };
}

async function part(...visitors: Visitor[]): Promise<void> {
  for (const { page } of visitors) await page.context().close();
  expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
}

test('both change the recipe, one trains, both see the same curve, pictures and cloud', async () => {
  const { ana, ben } = await anaAndBen();
  await setField(ana.page, 'Coding size', 12);
  await eventually(() => fieldValue(ben.page, 'Coding size')).toBe(12);
  await button(ben.page, 'Add layer').click();
  await eventually(() => fieldValue(ana.page, 'Hidden layer 2')).toBeGreaterThan(0);
  await setField(ana.page, 'Hidden layer 2', 64);
  await eventually(() => fieldValue(ben.page, 'Hidden layer 2')).toBe(64);
  await button(ana.page, 'Remove layer 2').click();
  await eventually(() => ben.page.getByRole('spinbutton', { name: 'Hidden layer 2' }).count()).toBe(0);

  await trainLong(ana.page);
  await offered(ben.page, 'Pause');
  const before = await stepOf(ben.page);
  await eventually(() => stepOf(ben.page)).toBeGreaterThan(before);

  await press(ben.page, 'Pause');
  await offered(ana.page, 'Resume');
  await offered(ben.page, 'Resume');
  await eventually(async () => (await stepOf(ana.page)) === (await stepOf(ben.page))).toBe(true);
  for (const name of ['Reconstructions', 'Loss'] as const)
    await eventually(
      async () => (await pixels(picture(ana.page, name))) === (await pixels(picture(ben.page, name))),
    ).toBe(true);
  for (const { page } of [ana, ben]) {
    expect(await colours(picture(page, 'Reconstructions'))).toBeGreaterThan(50);
    // From side to side, in the colour of its curve: axes and grid have others.
    expect(await columnsOf(picture(page, 'Loss'), lossColor)).toBeGreaterThan(0.7);
    await eventually(() => colours(picture(page, 'Latent space'))).toBeGreaterThan(50);
  }
  await part(ana, ben);
});

test('a step is one step, and everyone can stop, reset and bring back', async () => {
  const { ana, ben } = await anaAndBen();
  await press(ana.page, 'Step');
  await eventually(() => stepOf(ben.page)).toBe(1);
  await press(ben.page, 'Step');
  await eventually(() => stepOf(ana.page)).toBe(2);
  await press(ana.page, 'Stop');
  await offered(ben.page, 'Train afresh');
  await press(ben.page, 'Reset');
  await eventually(() => button(ana.page, 'Reset').isEnabled()).toBe(false);
  await eventually(() => stepOf(ana.page)).toBe(0);
  await eventually(() => activity(ana.page).textContent()).toContain('Ben reset the run');
  await press(ana.page, 'Bring back');
  await eventually(() => stepOf(ben.page)).toBe(2);
  await press(ben.page, 'Continue');
  await eventually(() => stepOf(ana.page)).toBeGreaterThan(2);
  await part(ana, ben);
});

test('the learning rate bends a running training, and the curve says who did it', async () => {
  const { ana, ben } = await anaAndBen();
  await trainLong(ana.page);
  await setField(ben.page, 'Learning rate', 0.25);
  await eventually(() => fieldValue(ana.page, 'Learning rate')).toBe(0.25);
  for (const { page } of [ana, ben]) {
    await eventually(() => activity(page).textContent()).toMatch(
      /Ben set Learning rate from 1\.5 to 0\.25 at step/,
    );
    await eventually(() => page.getByRole('listitem').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/Ben.*Learning rate 1\.5 → 0\.25/)]),
    );
  }
  await offered(ana.page, 'Pause');
  await part(ana, ben);
});

test('undo takes back only what one has done oneself', async () => {
  const { ana, ben } = await anaAndBen();
  await setField(ana.page, 'Coding size', 8);
  await eventually(() => fieldValue(ben.page, 'Coding size')).toBe(8);
  await setField(ben.page, 'Batch size', 64);
  await eventually(() => fieldValue(ana.page, 'Batch size')).toBe(64);
  await activity(ana.page).click();
  await ana.page.keyboard.press('Control+z');
  await eventually(() => fieldValue(ben.page, 'Coding size')).toBe(30);
  expect(await fieldValue(ana.page, 'Batch size')).toBe(64);
  await ana.page.keyboard.press('Control+Shift+z');
  await eventually(() => fieldValue(ben.page, 'Coding size')).toBe(8);
  await part(ana, ben);
});

test('one sees where the other points, and who holds a control', async () => {
  const { ana, ben } = await anaAndBen();
  const rate = ben.page.getByRole('spinbutton', { name: 'Learning rate' });
  const held = ana.page.getByRole('spinbutton', { name: 'Learning rate' });
  await held.scrollIntoViewIfNeeded();
  await rate.hover();
  const cursor = ana.page.locator('[data-cursor]', { hasText: 'Ben' });
  await eventually(() => cursor.evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
  // Its tip is the box's corner; both windows are alike.
  const theirs = await rate.boundingBox();
  const middle = (box: typeof theirs, side: 'x' | 'y', size: 'width' | 'height') =>
    (box?.[side] ?? Number.NaN) + (box?.[size] ?? Number.NaN) / 2;
  const offset = async (side: 'x' | 'y', size: 'width' | 'height') =>
    Math.abs(((await cursor.boundingBox())?.[side] ?? Number.NaN) - middle(theirs, side, size));
  await eventually(() => offset('x', 'width')).toBeLessThan(8);
  await eventually(() => offset('y', 'height')).toBeLessThan(8);
  await rate.focus();
  await ben.page.keyboard.press('ArrowUp');
  await eventually(() => held.getAttribute('readonly')).not.toBeNull();
  await part(ben);
  await eventually(() => held.getAttribute('readonly')).toBeNull();
  await part(ana);
});

/** Drags from the middle of what is shown to its end in 300 moves; the next ones wait until `follows` shows the last. */
async function drag(page: Page, handle: Locator, follows: () => Promise<boolean>) {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error('What is to be dragged is not shown');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  for (let i = 1; i <= 300; i++) {
    await page.mouse.move(box.x + box.width * (0.5 + i / 660), y);
    if (i % 10 === 0) await until('the other page follows', follows);
  }
}

test('a drag of 300 moves is seen as it goes, and is one entry and one step to undo', async () => {
  const { ana, ben } = await anaAndBen();
  const seen = new Set<number>();
  const field = 'Learning rate';
  const follows = async () => {
    const value = await fieldValue(ben.page, field);
    seen.add(value);
    return value === (await fieldValue(ana.page, field));
  };
  const control = ana.page.locator('[data-anchor="recipe:learningRate"]');
  await drag(ana.page, control.locator('[aria-hidden].cursor-ew-resize'), follows);
  expect(seen.size).toBeGreaterThanOrEqual(20);
  const theirs = ben.page.locator('[data-anchor="recipe:learningRate"]');
  await eventually(() => theirs.textContent()).toContain('Ana');
  expect(await theirs.getByRole('spinbutton').getAttribute('readonly')).not.toBeNull();
  // Nothing is told before she lets go.
  expect(await activity(ben.page).textContent()).not.toContain(field);
  await ana.page.mouse.up();
  const last = await fieldValue(ana.page, field);
  await eventually(() => activity(ben.page).textContent()).toContain(`Ana set ${field} from 1.5 to ${last}`);
  expect((await activity(ben.page).textContent())?.split(field)).toHaveLength(2);
  await eventually(() => theirs.getByRole('spinbutton').getAttribute('readonly')).toBeNull();
  await activity(ana.page).click();
  await ana.page.keyboard.press('Control+z');
  await eventually(() => fieldValue(ben.page, field)).toBe(1.5);
  expect(await button(ana.page, 'Undo').isDisabled()).toBe(true);
  await part(ana, ben);
});

test("the cloud's settings show who drags, and a drag is one step to undo", async () => {
  const { ana, ben } = await anaAndBen();
  await press(ana.page, 'Step');
  for (const { page } of [ana, ben]) {
    await button(page, 'Enlarge Latent space').click();
    await button(page, 'Settings').click();
  }
  await ana.page.getByRole('button', { name: 't-SNE', exact: true }).click();
  const slider = (page: Page) => page.getByRole('slider', { name: 'Perplexity' });
  const shown = (page: Page) => slider(page).getAttribute('aria-valuetext');
  await eventually(() => shown(ben.page)).toBe('30 neighbours');
  const follows = async () => (await shown(ben.page)) === `${await shown(ana.page)}, Ana`;
  await drag(ana.page, slider(ana.page), follows);
  await ana.page.mouse.up();
  await eventually(() => shown(ben.page)).toBe(await shown(ana.page));
  expect(await shown(ben.page)).not.toBe('30 neighbours');
  await activity(ana.page).click();
  await ana.page.keyboard.press('Control+z');
  await eventually(() => shown(ben.page)).toBe('30 neighbours');
  await ana.page.keyboard.press('Control+z');
  await eventually(() => slider(ben.page).count()).toBe(0);
  await part(ana, ben);
});

test('what somebody else holds is not changed, and the change is kept to be made later', async () => {
  const { ana, ben } = await anaAndBen();
  const rate = ({ page }: Visitor) => fieldValue(page, 'Learning rate');
  const follows = async () => (await rate(ana)) === (await rate(ben));
  const control = ana.page.locator('[data-anchor="recipe:learningRate"]');
  await drag(ana.page, control.locator('[aria-hidden].cursor-ew-resize'), follows);
  const dragged = await rate(ana);
  await button(ben.page, 'Gallery of models').click();
  const chooser = ben.page.getByRole('dialog', { name: 'Choose a model' });
  await chooser.locator('summary', { hasText: 'preset' }).first().click();
  await chooser
    .getByRole('list', { name: 'Presets of Stacked autoencoder' })
    .getByRole('link')
    .last()
    .click();
  const notice = ben.page.getByRole('alert').filter({ hasText: 'Ana holds what you have changed' });
  await eventually(() => notice.count()).toBe(1);
  expect([await rate(ana), await rate(ben)]).toEqual([dragged, dragged]);
  await ana.page.mouse.up();
  await eventually(() => activity(ben.page).textContent()).toContain('Ana set Learning rate from 1.5');
  await notice.getByRole('button', { name: 'Make my change now' }).click();
  await eventually(() => activity(ana.page).textContent()).toContain('Ben chose');
  await part(ana, ben);
});
