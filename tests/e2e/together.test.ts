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
