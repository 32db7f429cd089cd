import { decode } from 'modern-gif';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { framesOf, sharesAt } from '../support/films';
import {
  barriers,
  button,
  contentOf,
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
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const moment = (page: Page): Locator => page.getByRole('slider', { name: 'Moment' });
const placesOf = async (page: Page): Promise<number> => Number(await moment(page).getAttribute('max'));
const shownStep = async (page: Page): Promise<number> => {
  const text = (await page.getByLabel('Shown step').textContent()) ?? '';
  return Number(text.split('/')[0]?.replaceAll(',', ''));
};

/** Until views show the moment that is asked for. @returns its step. */
async function followed(page: Page): Promise<number> {
  await until('the views have followed', async () => {
    const asked = await moment(page).getAttribute('aria-valuetext');
    return asked === `Step ${await shownStep(page)}`;
  });
  return shownStep(page);
}

async function seek(page: Page, place: number): Promise<number> {
  await moment(page).fill(String(place));
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
async function trainAWhile(page: Page, by = 'Train'): Promise<void> {
  await press(page, by);
  await offered(page, 'Pause');
  await until('some moments', async () => (await placesOf(page)) >= 8);
  await press(page, 'Pause');
  await offered(page, 'Resume');
}

test('the moment moves in pictures and curves together, for two people alike, and leads back to live', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, url);
  await setField(page, 'Epochs', 1000);
  await trainAWhile(page);
  const live = await settled(page);
  await moment(page).focus();
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
  await until('it has come to live', async () => (await moment(page).getAttribute('data-live')) === 'true');
  expect(await settled(page)).toBe(live);
  // What one person looks at moves nobody else.
  expect(await shownStep(other.page)).toBe(step);
  await button(other.page, 'Back to live').click();
  expect(await settled(other.page)).toBe(live);
  expect([...complaints, ...other.complaints]).toEqual([]);
});

/** Makes a film by the dialog that is open. */
async function film(page: Page, format: string): Promise<Uint8Array<ArrayBuffer>> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: format, exact: true }).click();
  return contentOf(await download);
}

/** Keeps encoders of GIF from ever getting a frame, or lets them again. */
const hold = (page: Page, isHeld: boolean) =>
  page.evaluate((isHeld) => {
    const { prototype } = Worker as unknown as { prototype: Record<string, unknown> };
    prototype.given ??= prototype.postMessage;
    prototype.postMessage = isHeld ? () => undefined : prototype.given;
  }, isHeld);

/** Video formats that the dialog offers. */
async function videoFormats(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'GIF', exact: true }).waitFor();
  const names = await page.getByRole('dialog').getByRole('button').allTextContents();
  return names.filter((name) => name === 'MP4' || name === 'WebM');
}

/** Video formats that the page's browser can make. */
async function offeredVideo(page: Page): Promise<string[]> {
  const isKnown = (codec: string) =>
    page.evaluate(
      async (codec) =>
        (await VideoEncoder.isConfigSupported({ codec, width: 640, height: 480 })).supported ?? false,
      codec,
    );
  const codecs = { MP4: ['avc1.640028'], WebM: ['vp09.00.30.08', 'vp8'] };
  const known = await Promise.all(Object.values(codecs).map((all) => Promise.all(all.map(isKnown))));
  return Object.keys(codecs).filter((_, i) => known[i]?.includes(true));
}

/** That a film has each moment once, in order, and holds the last one. */
async function expectFilm(file: Uint8Array, format: string, moments: number): Promise<void> {
  const { frames, seconds } = await framesOf(file);
  // WebM tells no lengths: the last picture stands again at the end of its time.
  expect(frames).toHaveLength(format === 'WebM' ? moments + 1 : moments);
  const starts = Array.from({ length: moments }, (_, i) => 0.08 * i);
  for (const [i, start] of starts.entries()) expect(frames[i]?.at).toBeCloseTo(start, 2);
  expect(seconds).toBeCloseTo(0.08 * (moments - 1) + 1.6, 1);
  const shown = starts.map((start, i) => ({ at: start + 0.04, share: (i + 1) / moments }));
  const held = [...shown, { at: seconds - 0.1, share: 1 }];
  const shares = await sharesAt(browser, file, held);
  for (const [i, { share }] of held.entries())
    expect(Math.abs((shares[i] as number) - share)).toBeLessThan(0.01);
}

test('a run is taken away as a film, and stands beside the next one', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, url);
  await setField(page, 'Epochs', 1000);
  await trainAWhile(page);
  await button(page, 'Export').click();
  const { frames: taken, width, height } = decode((await film(page, 'GIF')).buffer);
  const moments = taken.length;
  expect(moments).toBeGreaterThanOrEqual(8);
  expect([width, height]).toEqual([640, 480]);
  const formats = await offeredVideo(page);
  expect(await videoFormats(page)).toEqual(formats);
  for (const format of formats) await expectFilm(await film(page, format), format, moments);
  // A film that somebody cancels goes nowhere, and another can be made.
  await hold(page, true);
  await page.getByRole('button', { name: 'GIF', exact: true }).click();
  await page.getByRole('progressbar', { name: 'Export as film' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'GIF', exact: true }).waitFor();
  await hold(page, false);
  expect(decode((await film(page, 'GIF')).buffer).frames).toHaveLength(moments);
  await page.keyboard.press('Escape');
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'VideoEncoder'));
  await button(page, 'Export').click();
  await page.getByText(/^Only GIF here: this browser encodes no video/).waitFor();
  expect(await videoFormats(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await press(page, 'Stop');
  await offered(page, 'Train afresh');
  await field(page, 'Coding size').fill('4');
  await trainAWhile(page, 'Train afresh');
  await button(page, 'Compare').click();
  const differences = page.getByRole('region', { name: 'What differs' });
  await until('the difference', async () =>
    /Coding size.*4 numbers.*30 numbers/.test((await differences.textContent()) ?? ''),
  );
  const step = page.getByRole('slider', { name: 'Step to compare' });
  await page.getByText(/is its last so far, and the last that can be compared\./).waitFor();
  await step.fill('1');
  // The step that was asked for may come to be one of both meanwhile, and the offer go.
  const offer = page.getByRole('button', { name: /^Step .* has both$/ });
  await until('both show one step', async () => {
    if (await offer.isVisible()) await offer.click({ timeout: 1_000 }).catch(() => null);
    return page.getByText(/^Both show step/).isVisible();
  });
  await step.fill('0');
  await page.getByText('Both show step 0.').waitFor();
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
