import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { barriers, enter, offered, press, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** A small text model that has begun to learn, held; motion as most people have it. */
async function paused() {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const visitor = await enter(browser, link, { reducedMotion: 'no-preference' });
  const { page } = visitor;
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('Character RNN');
  for (const [label, value] of [
    ['Epochs', 1000],
    ['Window length', 20],
    ['Batch size', 8],
    ['Learning rate', 0.01],
  ] as const)
    await setField(page, label, value);
  await press(page, 'Train');
  await offered(page, 'Pause');
  await until(
    'it has learned for a while',
    async () => (await page.locator('[data-place="200"]').count()) > 0,
  );
  await press(page, 'Pause');
  await offered(page, 'Resume');
  return { ...visitor, link };
}

/** Kinds of frames that come to a page, as they come. */
function kindsTo(page: Page): string[] {
  const kinds: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const kind = typeof payload === 'string' ? null : /"kind":"(\w+)"/.exec(payload.toString('latin1'));
      if (kind?.[1]) kinds.push(kind[1]);
    }),
  );
  return kinds;
}

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const lengthOf = (page: Page, name: string) => region(page, name).locator('[data-place]').count();

/** The characters that are shown, without what stands beside them. */
const textOf = async (page: Page, name: string) =>
  (await region(page, name).locator('[data-place]').allTextContents()).join('');

/** Whoever comes to look has the same beginning and text, and sees who asked. */
async function othersSee(link: string, text: string): Promise<void> {
  const { page, complaints } = await enter(browser, link);
  await page.getByRole('button', { name: 'Enlarge Try it' }).click();
  await until('the same text', async () => (await textOf(page, 'Written text')) === text);
  expect(await page.getByLabel('Prompt').inputValue()).toBe('the € king');
  await page.getByText(/ asked$/).waitFor();

  expect(complaints).toEqual([]);
  await page.close();
}

test('a text appears character by character, tells what else might stand there, and branches', async () => {
  const { page, complaints, link } = await paused();
  await page.getByRole('button', { name: 'Enlarge Try it' }).click();
  await page.getByLabel('Prompt').fill('the € king');
  await page.getByRole('slider', { name: 'Characters', exact: true }).fill('200');
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  const name = 'Written text';
  const seen = new Set<number>();
  await until('all of it', async () => {
    seen.add(await lengthOf(page, name));
    return seen.has(200);
  });
  // Neither at once nor in whole pieces.
  expect([...seen].filter((count) => count % 100 !== 0).length).toBeGreaterThan(2);
  const before = await textOf(page, name);
  expect(await region(page, name).locator('del').textContent()).toBe('€');
  await othersSee(link, before);

  const place = region(page, name).locator('[data-place="60"]');
  await place.hover();
  const card = region(page, name).getByRole('group', { name: 'Likeliest here' });
  await until('the likeliest', () => card.isVisible());
  const shares = await card.getByRole('button').allTextContents();
  expect(shares.length).toBeGreaterThanOrEqual(5);
  expect(await barriers(page)).toEqual([]);

  const other = card.locator('button:not([aria-current])').first();
  const character = ((await other.locator('span').first().textContent()) ?? '')
    .replace('␣', ' ')
    .replace('↵', '\n');
  await other.click();
  const branches = page.getByRole('navigation', { name: 'Branches' });
  await until(
    'the branch is written',
    async () => (await lengthOf(page, name)) === 200 && (await branches.isVisible()),
  );
  const branch = await textOf(page, name);
  expect(branch.slice(0, 61)).toBe(before.slice(0, 60) + character);
  await branches.getByRole('button', { name: 'Original' }).click();
  await until('the original', async () => (await textOf(page, name)) === before);

  // The same by keys.
  await region(page, name).focus();
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', '2']) await page.keyboard.press(key);
  await until('another branch', async () => (await branches.getByRole('button').count()) === 4);
  expect((await textOf(page, name)).slice(0, 2)).toBe(before.slice(0, 2));
  expect(complaints).toEqual([]);
});

test('texts side by side are written at temperatures of their own, and writing can be stopped', async () => {
  const { page, complaints } = await paused();
  await page.getByRole('button', { name: 'Enlarge Try it' }).click();
  await page.getByRole('slider', { name: 'Characters', exact: true }).fill('1000');
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  const names = ['0.30', '0.70', '1.00'].map((each) => `Written text at temperature ${each}`);
  await until('all three have begun', async () => {
    const counts = await Promise.all(names.map((name) => lengthOf(page, name)));
    return counts.every((count) => count > 0);
  });
  const texts = await Promise.all(names.map((name) => textOf(page, name)));
  expect(new Set(texts.map((text) => text.slice(0, 20))).size).toBeGreaterThan(1);
  await until('it says how to write anew', () =>
    page
      .getByRole('button', { name: 'Stop writing' })
      .click({ timeout: 1000 })
      .then(
        () => true,
        () => page.getByRole('button', { name: 'Write again' }).isVisible(),
      ),
  );
  await until('it has stopped', () => page.getByRole('button', { name: 'Write again' }).isVisible());
  expect(await barriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('units are ranked by what they follow, and the loss is told in bits', async () => {
  const { page, complaints } = await paused();
  await page.getByRole('button', { name: 'Enlarge Units' }).click();
  const strip = page.getByRole('img', { name: 'All units of the layer over the text' });
  await until('all units', () => strip.isVisible());
  await page.getByRole('button', { name: 'Find the unit that counts the line' }).click();
  const told = page.getByText(/correlates by -?\d\.\d\d/);
  await until('its correlation', () => told.isVisible());
  const best = Math.abs(Number(/-?\d\.\d\d/.exec((await told.textContent()) ?? '')?.[0]));
  await page.getByRole('slider', { name: 'Unit by rank' }).press('End');
  await until('the last one', async () => {
    const score = Math.abs(Number(/by (-?\d\.\d\d)/.exec((await told.textContent()) ?? '')?.[1]));
    return score <= best;
  });
  await page.getByRole('combobox', { name: 'Layer' }).selectOption('2');
  await until('the other layer', () => strip.isVisible());
  expect(await barriers(page)).toEqual([]);
  await until('nats', () => page.getByRole('heading', { name: 'Loss (nats)' }).isVisible());
  await page.getByRole('button', { name: 'Bits a character' }).click();
  await until('bits', () => page.getByRole('heading', { name: 'Loss (bits)' }).isVisible());
  expect(complaints).toEqual([]);
});

test('a phone that shows text takes no clouds until one asks for them, and none once they are a tile again', async () => {
  const { page, complaints, link } = await paused();
  const size = { width: 390, height: 844 };
  const phone = await visit(browser, { viewport: size, hasTouch: true, isMobile: true });
  const desk = await visit(browser);
  const [onPhone, atDesk] = [kindsTo(phone.page), kindsTo(desk.page)];
  for (const each of [phone, desk]) {
    await each.page.goto(link);
    await region(each.page, 'Text').locator('[data-place]').first().waitFor();
  }
  const clouds = (kinds: string[]) => kinds.filter((kind) => kind === 'points').length;
  const texts = () => onPhone.filter((kind) => kind === 'text').length;
  // After a step all that is watched is drawn, however slow the machine.
  const step = async () => {
    const before = { desk: clouds(atDesk), texts: texts() };
    await press(page, 'Step');
    await until(
      'a cloud at the desk, a text on the phone',
      () => clouds(atDesk) > before.desk && texts() > before.texts,
    );
  };
  await step();
  await step();
  expect(clouds(onPhone)).toBe(0);
  await phone.page.getByRole('button', { name: 'Enlarge Hidden states' }).click();
  await until('the cloud on the phone', () => clouds(onPhone) > 0);
  const first = clouds(onPhone);
  await step();
  await until('a newer cloud on the phone', () => clouds(onPhone) > first);
  await phone.page.getByRole('button', { name: 'Enlarge Text' }).click();
  await phone.page.getByRole('button', { name: 'Enlarge Hidden states' }).waitFor();
  const before = clouds(onPhone);
  for (let steps = 0; steps < 4; steps += 1) await step();
  // One may have been on its way, another waiting for it.
  expect(clouds(onPhone)).toBeLessThanOrEqual(before + 2);
  for (const each of [page, phone.page, desk.page]) await each.context().close();
  expect([...complaints, ...phone.complaints, ...desk.complaints]).toEqual([]);
});
