import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import { activity, button, colours, enter, offered, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const cloud = (page: Page, title: string): Locator => page.getByRole('img', { name: title, exact: true });
const exactly = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function begin(model: string, command: 'Train' | 'Step') {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, url);
  await ana.page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
  await setField(ana.page, 'Batch size', 4);
  await exactly(ana.page, command).click();
  const ben = await enter(browser, url);
  return { ana, ben };
}

/** Moves the pointer over the cloud until it finds a point. @returns where it stands. */
async function pointAt(page: Page, canvas: Locator): Promise<{ x: number; y: number }> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
  let turn = 0;
  let place = { x, y };
  await until('a point under the pointer', async () => {
    turn += 1;
    const reach = 0.002 * turn;
    place = {
      x: x + width * (0.5 + reach * Math.cos(2.4 * turn)),
      y: y + height * (0.45 + reach * Math.sin(2.4 * turn)),
    };
    await page.mouse.move(place.x, place.y);
    return (await card(page).count()) > 0;
  });
  return place;
}

const card = (page: Page) => page.locator('[data-point]');
const snippet = async (page: Page) => (await card(page).textContent()) ?? '';

test('hidden states of a text are the same points for all, with the text around each, and can be searched', async () => {
  const { ana, ben } = await begin('Character RNN', 'Step');
  await offered(ana.page, 'Resume');
  for (const { page } of [ana, ben]) {
    await button(page, 'Enlarge Hidden states').click();
    await eventually(() => cloud(page, 'Hidden states').getAttribute('data-step')).toBe('1');
  }
  const place = await pointAt(ana.page, cloud(ana.page, 'Hidden states'));
  await ben.page.mouse.move(place.x, place.y);
  await eventually(() => card(ben.page).count()).toBe(1);
  // What stands around a character travels apart from the points.
  for (const { page } of [ana, ben]) await eventually(() => card(page).locator('mark').count()).toBe(1);
  expect(await snippet(ana.page)).toMatch(/nats for the next character/);
  expect(await snippet(ben.page)).toBe(await snippet(ana.page));
  expect(await card(ana.page).locator('mark').textContent()).toHaveLength(1);

  await ana.page.mouse.click(place.x, place.y);
  const neighbours = ana.page.getByRole('region', { name: 'Neighbours' });
  await eventually(() => neighbours.getByRole('listitem').count()).toBe(10);
  expect(await neighbours.locator('li mark').count()).toBe(10);
  await button(ana.page, 'Close').last().click();

  await exactly(ana.page, 'Settings').click();
  const search = ana.page.getByRole('searchbox', { name: 'Search the cloud' });
  await search.fill('the');
  expect(await search.getAttribute('aria-invalid')).toBe('false');
  await search.fill('no such words');
  expect(await search.getAttribute('aria-invalid')).toBe('true');
  await search.fill('');

  const layer = () => cloud(ben.page, 'Hidden states').getAttribute('data-layer');
  expect(await layer()).toBe('1');
  await exactly(ana.page, '1').click();
  await eventually(layer).toBe('0');
  await exactly(ana.page, 'Thumbnails').click();
  await eventually(() => colours(cloud(ana.page, 'Hidden states'))).toBeGreaterThan(50);
  for (const each of [ana, ben]) {
    await each.page.context().close();
    expect(each.complaints).toEqual([]);
  }
});

test('styles of a StyleGAN take the place of what its discriminator sees, for all, with what is drawn of each', async () => {
  const { ana, ben } = await begin('StyleGAN', 'Step');
  await offered(ana.page, 'Resume');
  await button(ana.page, 'Enlarge What D sees').click();
  await exactly(ana.page, 'Settings').click();
  await exactly(ana.page, 'Styles w').click();
  await button(ben.page, 'Enlarge Styles w').click();
  await eventually(() => cloud(ben.page, 'Styles w').getAttribute('data-source')).toBe('styles');
  await until('the log tells', async () =>
    ((await activity(ben.page).textContent()) ?? '').includes('set Points from What D sees to Styles w'),
  );
  await pointAt(ben.page, cloud(ben.page, 'Styles w'));
  await eventually(() => snippet(ben.page)).toMatch(/% real for the discriminator.*Drawn after step 1$/);
  await exactly(ben.page, 'Thumbnails').click();
  await eventually(() => colours(cloud(ben.page, 'Styles w'))).toBeGreaterThan(100);
  await exactly(ana.page, 'Latents z').click();
  await eventually(() => cloud(ben.page, 'Latents z').getAttribute('data-source')).toBe('latents');
  for (const each of [ana, ben]) {
    await each.page.context().close();
    expect(each.complaints).toEqual([]);
  }
});
