import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import type { Visitor } from '../support/browser';
import { eventually } from '../support/eventually';
import { barriers, button, enter, offered, people, picture, press, rename } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** Somebody's mark on a page. */
const markOf = (page: Page, name: string): Locator => page.locator('[data-cursor]', { hasText: name });
const lookOf = (page: Page, name: string) => markOf(page, name).getAttribute('data-look');

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a mark points to, by its style: it may still glide there. */
const spotOf = (page: Page, name: string): Promise<Point> =>
  markOf(page, name).evaluate((element) => {
    const { e, f } = new DOMMatrix((element as HTMLElement).style.transform);
    return { x: e, y: f };
  });

/** A point of an element's box, by shares. */
async function pointIn(element: Locator, x: number, y: number): Promise<Point> {
  const box = await element.boundingBox();
  if (!box) throw new Error('What is pointed at is not shown');
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Waits until a mark is at a point. */
const isAt = (page: Page, name: string, look: string, at: Point, reach = 3) =>
  until(`${name} is shown as ${look}`, async () => {
    return (await lookOf(page, name)) === look && apart(await spotOf(page, name), at) < reach;
  });

const isNowhere = (page: Page, name: string) => eventually(() => lookOf(page, name)).toBe('none');

/** Three people, of whom the third has a phone, with a model that has taken a step. */
async function three(): Promise<{ ana: Visitor; ben: Visitor; cleo: Visitor }> {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, link);
  const ben = await enter(browser, link, { viewport: { width: 1280, height: 760 } });
  await rename(ana.page, 'Ana');
  await rename(ben.page, 'Ben');
  const cleo = await enter(browser, link, { viewport: { width: 390, height: 844 } });
  await cleo.page.getByRole('button', { name: 'People', exact: true }).click();
  await rename(cleo.page, 'Cleo');
  for (const { page } of [ana, ben]) await eventually(() => people(page).textContent()).toContain('Cleo');
  await press(ana.page, 'Step');
  for (const { page } of [ana, ben, cleo]) {
    await offered(page, 'Resume');
    await eventually(() => picture(page, 'Reconstructions').getAttribute('data-step')).toBe('1');
  }
  return { ana, ben, cleo };
}

async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

test('all see where somebody is: at a control, in a text, at a picture, in space, each in their own layout', async () => {
  const { ana, ben, cleo } = await three();

  // With the keyboard at a control: its corner, and a ring around it. Where the control isn't shown, nothing is.
  const field = (page: Page) => page.locator('[data-control="recipe/autoencoder/batchSize"]');
  await ben.page.getByRole('spinbutton', { name: 'Batch size' }).focus();
  await field(ana.page).scrollIntoViewIfNeeded();
  await until('a dot at the control', async () => {
    return apart(await spotOf(ana.page, 'Ben'), await pointIn(field(ana.page), 1, 0)) < 2;
  });
  expect(await lookOf(ana.page, 'Ben')).toBe('dot');
  const ring = ana.page.locator('[data-ring][data-shown="true"]');
  expect(apart(await pointIn(ring, 0.5, 0.5), await pointIn(field(ana.page), 0.5, 0.5))).toBeLessThan(2);
  await isNowhere(cleo.page, 'Ben');
  await cleo.page.getByRole('button', { name: 'Recipe', exact: true }).click();
  await field(cleo.page).scrollIntoViewIfNeeded();
  await until('the phone shows it with the recipe', async () => (await lookOf(cleo.page, 'Ben')) === 'dot');

  // In the title: the caret moves with the text, and by keys.
  const title = (page: Page) => page.getByRole('textbox', { name: 'Title' });
  await title(ben.page).fill('Digits 1234');
  await eventually(() => title(ana.page).inputValue()).toBe('Digits 1234');
  await eventually(() => lookOf(ana.page, 'Ben')).toBe('caret');
  const end = await spotOf(ana.page, 'Ben');
  const start = await pointIn(title(ana.page), 0, 0.5);
  expect(end.x - start.x).toBeGreaterThan(60);
  await title(ben.page).press('Home');
  await until('the caret is at the beginning', async () => (await spotOf(ana.page, 'Ben')).x - start.x < 12);
  expect(await ring.count()).toBe(0);

  // At a picture: who points where another's mark is, points to the same.
  const pictures = (page: Page) => picture(page, 'Reconstructions');
  const at = await pointIn(pictures(ben.page), 0.42, 0.3);
  await ben.page.mouse.move(at.x, at.y);
  await eventually(() => lookOf(ana.page, 'Ben')).toBe('arrow');
  await until('the mark rests', async () => {
    const spot = await spotOf(ana.page, 'Ben');
    await ana.page.mouse.move(spot.x, spot.y);
    return (await lookOf(ben.page, 'Ana')) === 'arrow' && apart(await spotOf(ben.page, 'Ana'), at) < 3;
  });
  await until('the phone shows both at one place', async () => {
    const [one, other] = [await spotOf(cleo.page, 'Ana'), await spotOf(cleo.page, 'Ben')];
    return (await lookOf(cleo.page, 'Ana')) === 'arrow' && apart(one, other) < 2;
  });
  // Nobody sees their own.
  expect(await markOf(ben.page, 'Ben').count()).toBe(0);

  // In space: from each one's own side.
  for (const { page } of [ana, ben]) {
    await button(page, 'Enlarge Latent space').click();
    await page.locator('[data-large="latent-space"]').waitFor();
  }
  const cloud = (page: Page) => picture(page, 'Latent space');
  await until('the cloud is drawn', async () => {
    const { x, y } = await pointIn(cloud(ben.page), 0.45, 0.4);
    await ben.page.mouse.move(x, y);
    return (await lookOf(ana.page, 'Ben')) === 'disc';
  });
  const before = await spotOf(ana.page, 'Ben');
  await cloud(ana.page).focus();
  for (let i = 0; i < 4; i++) await ana.page.keyboard.press('ArrowLeft');
  await until('it is seen from elsewhere', async () => apart(await spotOf(ana.page, 'Ben'), before) > 4);
  for (let i = 0; i < 4; i++) await ana.page.keyboard.press('ArrowRight');
  await isAt(ana.page, 'Ben', 'disc', before);
  await isNowhere(cleo.page, 'Ben');
  expect(await barriers(ana.page)).toEqual([]);

  // Whoever looks elsewhere points nowhere.
  await setHidden(ben.page, true);
  await isNowhere(ana.page, 'Ben');
  await setHidden(ben.page, false);
  await eventually(() => lookOf(ana.page, 'Ben')).toBe('disc');
  for (const { page, complaints } of [ana, ben, cleo]) {
    await page.context().close();
    expect(complaints).toEqual([]);
  }
});
