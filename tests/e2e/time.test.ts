import { readFile } from 'node:fs/promises';
import { decode } from 'modern-gif';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser';
import {
  barriers,
  button,
  enter,
  field,
  offered,
  picture,
  pixels,
  press,
  setField,
  settledPixels,
  stepOf,
} from '../support/playground';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const playhead = (page: Page): Locator => page.getByRole('slider', { name: 'Playhead' });
const placesOf = async (page: Page): Promise<number> => Number(await playhead(page).getAttribute('max'));
const shownStep = async (page: Page): Promise<number> => {
  const text = (await page.getByLabel('Shown step').textContent()) ?? '';
  return Number(text.split('/')[0]?.replaceAll(',', ''));
};

/** Until views show the moment at which the playhead stands. @returns its step. */
async function followed(page: Page): Promise<number> {
  await until('the views have followed', async () => {
    const asked = await playhead(page).getAttribute('aria-valuetext');
    return asked === `Step ${await shownStep(page)}`;
  });
  return shownStep(page);
}

async function seek(page: Page, place: number): Promise<number> {
  await playhead(page).fill(String(place));
  return followed(page);
}

const pictured = async (page: Page): Promise<number> =>
  Number(await picture(page, 'Reconstructions').getAttribute('data-step'));

/** The step that a curve's reading tells of; 0 for none. */
async function readStep(page: Page): Promise<number> {
  const text = (await page.getByText(/^at step/).textContent()) ?? '';
  return Number(text.replace(/\D/g, ''));
}

const settled = (page: Page) => settledPixels(picture(page, 'Reconstructions'));

/** Trains until the reel holds some moments, and holds. */
async function trainAWhile(page: Page): Promise<void> {
  await press(page, 'Train');
  await offered(page, 'Pause');
  await until('some moments', async () => (await placesOf(page)) >= 8);
  await press(page, 'Pause');
  await offered(page, 'Resume');
}

test('the playhead moves pictures and curves together, for two people alike, and leads back to live', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, url);
  await setField(page, 'Epochs', 1000);
  await trainAWhile(page);
  const live = await settled(page);
  await playhead(page).focus();
  await page.keyboard.press('Home');
  await until('the first moment', async () => (await followed(page)) === 0);
  const first = await settled(page);
  expect(first).not.toBe(live);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const step = await followed(page);
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThan(await stepOf(page));
  const third = await settled(page);
  expect([first, live]).not.toContain(third);
  // Nothing is shown that came later, however many steps a point of the curve holds.
  expect(await pictured(page)).toBeLessThanOrEqual(step);
  expect(await readStep(page)).toBeLessThanOrEqual(step);
  expect(await barriers(page)).toEqual([]);

  const other = await enter(browser, url);
  await until('the reel is known', async () => (await placesOf(other.page)) === (await placesOf(page)));
  expect(await seek(other.page, 2)).toBe(step);
  expect(await settled(other.page)).toBe(third);

  await button(page, 'Play what the run has shown').click();
  await until('it has played on', async () => (await shownStep(page)) > step);
  await until('it has come to live', async () => (await playhead(page).getAttribute('data-live')) === 'true');
  expect(await settled(page)).toBe(live);
  // What one person looks at moves nobody else.
  expect(await shownStep(other.page)).toBe(step);
  await button(other.page, 'Back to live').click();
  expect(await settled(other.page)).toBe(live);
  expect([...complaints, ...other.complaints]).toEqual([]);
});

test('a run is taken away as a GIF, and stands beside the next one', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, url);
  await setField(page, 'Epochs', 1000);
  await trainAWhile(page);
  await button(page, 'Export').click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'GIF', exact: true }).click();
  const file = await (await download).path();
  const bytes = new Uint8Array(await readFile(file));
  const gif = decode(bytes.buffer);
  expect(gif.frames.length).toBeGreaterThanOrEqual(8);
  expect([gif.width, gif.height]).toEqual([640, 480]);
  await page.keyboard.press('Escape');

  await press(page, 'Stop');
  await offered(page, 'Train');
  await field(page, 'Coding size').fill('4');
  await trainAWhile(page);
  await button(page, 'Compare').click();
  const differences = page.getByRole('region', { name: 'What differs' });
  await until('the difference', async () =>
    /Coding size.*4 numbers.*30 numbers/.test((await differences.textContent()) ?? ''),
  );
  const step = page.getByRole('slider', { name: 'Step to compare' });
  await step.fill('0');
  const beside = ['Present run', 'Earlier run'].map((name) =>
    page.getByRole('img', { name: `${name}, step 0` }),
  );
  for (const canvas of beside) await canvas.waitFor();
  const at0 = await Promise.all(beside.map(pixels));
  expect(at0[0]).not.toBe(at0[1]);
  await page.getByRole('img', { name: 'Loss of both runs' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
