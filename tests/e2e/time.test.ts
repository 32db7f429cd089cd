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

async function seek(page: Page, place: number): Promise<void> {
  await playhead(page).fill(String(place));
  await until('the pictures have followed', async () => {
    const step = Number(await picture(page, 'Reconstructions').getAttribute('data-step'));
    return Math.abs(step - (await shownStep(page))) < 0.5;
  });
}

/** A picture that the page has drawn since it was asked for. */
async function settled(page: Page): Promise<string> {
  const draw = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(null))));
  await draw();
  await draw();
  return pixels(picture(page, 'Reconstructions'));
}

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
  await until('the first moment', async () => (await shownStep(page)) === 0);
  await seek(page, 0);
  const first = await settled(page);
  expect(first).not.toBe(live);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await seek(page, 2);
  const step = await shownStep(page);
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThan(await stepOf(page));
  const third = await settled(page);
  expect([first, live]).not.toContain(third);
  // The curve's read-out stands at the playhead, to the step of its buckets.
  const readOut = await page.getByText(/^at step/).textContent();
  expect(Number(readOut?.replace(/\D/g, ''))).toBeLessThanOrEqual(step);
  expect(await barriers(page)).toEqual([]);

  const other = await enter(browser, url);
  await until('the reel is known', async () => (await placesOf(other.page)) === (await placesOf(page)));
  await seek(other.page, 2);
  expect(await shownStep(other.page)).toBe(step);
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
