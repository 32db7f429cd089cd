import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import { barriers, enter, offered, pixels, press, rename, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const shelf = (page: Page): Locator => page.getByRole('region', { name: 'Pins' });
const pins = (page: Page): Locator => shelf(page).getByRole('listitem');
const namesOf = async (page: Page): Promise<string[]> =>
  (await pins(page).allTextContents()).map((text) => text.trim());
const hero = (page: Page): Locator => page.getByRole('img', { name: 'Between the two' });
const pinned = (page: Page, place: number): Promise<string> =>
  pixels(pins(page).nth(place).locator('canvas'));
const onTheWay = (page: Page): Locator => page.getByRole('slider', { name: 'On the way' });

/** Until the large picture is another one than `before`. */
const moved = async (page: Page, before: string): Promise<string> => {
  await until('another picture', async () => (await pixels(hero(page).locator('canvas'))) !== before);
  return pixels(hero(page).locator('canvas'));
};

test('people keep where they are, name and order it together, take it back, and go there again; who comes late finds it', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
  await rename(ana.page, 'Ana');
  await ana.page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('GAN');
  await setField(ana.page, 'Epochs', 1000);
  await press(ana.page, 'Train');
  for (const { page } of [ana, ben]) {
    await page.getByRole('button', { name: 'Enlarge Try it' }).click();
    await until('a picture', async () => Number(await hero(page).getAttribute('data-step')) > 0);
  }
  await press(ana.page, 'Pause');
  await offered(ana.page, 'Resume');

  const keep = ana.page.getByRole('button', { name: 'Keep', exact: true });
  let seen = await pixels(hero(ana.page).locator('canvas'));
  await keep.click();
  await eventually(() => pins(ben.page).count()).toBe(1);
  await onTheWay(ana.page).fill('0.9');
  seen = await moved(ana.page, seen);
  await keep.click();
  // What is kept looks as what was seen, on every page.
  for (const { page } of [ana, ben]) await eventually(() => pinned(page, 1)).toBe(seen);

  await ben.page.getByRole('button', { name: 'About Pin 2' }).click();
  await ben.page.getByRole('textbox', { name: 'Name', exact: true }).fill('the cat');
  await eventually(() => namesOf(ana.page)).toEqual(['Pin 1', 'the cat']);
  await ben.page.getByRole('button', { name: 'To the left' }).click();
  await eventually(() => namesOf(ana.page)).toEqual(['the cat', 'Pin 2']);
  await ben.page.getByRole('button', { name: 'Duplicate' }).click();
  await eventually(() => namesOf(ana.page)).toEqual(['the cat', 'the cat', 'Pin 3']);
  await ben.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await eventually(() => namesOf(ana.page)).toEqual(['the cat', 'Pin 2']);
  await ben.page.getByRole('button', { name: 'Undo' }).click();
  await eventually(() => namesOf(ana.page)).toEqual(['the cat', 'the cat', 'Pin 3']);

  // Dragged to the end by its picture: all see it go.
  const [first, last] = [
    await pins(ana.page).first().boundingBox(),
    await pins(ana.page).last().boundingBox(),
  ];
  const middle = { x: (first?.x ?? 0) + (first?.width ?? 0) / 2, y: (first?.y ?? 0) + 12 };
  await ana.page.mouse.move(middle.x, middle.y);
  await ana.page.mouse.down();
  await ana.page.mouse.move((last?.x ?? 0) + (last?.width ?? 0) + 20, middle.y, { steps: 8 });
  await eventually(() => namesOf(ben.page)).toEqual(['the cat', 'Pin 2', 'the cat']);
  await ana.page.mouse.up();
  await ana.page.getByRole('button', { name: 'Undo' }).click();
  await eventually(() => namesOf(ben.page)).toEqual(['the cat', 'the cat', 'Pin 3']);

  // Another place, and back to the kept one.
  await onTheWay(ana.page).fill('0');
  const elsewhere = await moved(ana.page, seen);
  await shelf(ana.page).getByRole('button', { name: 'the cat: Begin here' }).first().click();
  await moved(ana.page, elsewhere);
  await eventually(() => pixels(hero(ana.page).locator('canvas'))).toBe(seen);
  expect(await barriers(ana.page)).toEqual([]);

  const late = await enter(browser, link);
  await late.page.getByRole('button', { name: 'Enlarge Try it' }).click();
  await eventually(() => namesOf(late.page)).toEqual(['the cat', 'the cat', 'Pin 3']);
  await eventually(() => pinned(late.page, 0)).toBe(seen);
  expect([ana, ben, late].flatMap(({ complaints }) => complaints)).toEqual([]);
});
