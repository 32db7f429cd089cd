import { decode, decodeFrames } from 'modern-gif';
import type { Locator, Page } from 'playwright';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { eventually } from '../support/eventually';
import { framesOf } from '../support/films';
import {
  barriers,
  connected,
  contentOf,
  enter,
  offered,
  pixels,
  press,
  setField,
} from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const path = (page: Page): Locator => page.getByRole('region', { name: 'Path' });
const stops = (page: Page): Locator => path(page).getByRole('list', { name: 'Stops' }).getByRole('listitem');
const playhead = (page: Page): Locator => page.getByRole('slider', { name: 'Place on the path' });
const hero = (page: Page): Locator => page.getByRole('img', { name: 'On the path' });
const position = async (page: Page): Promise<number> =>
  Number(await playhead(page).getAttribute('data-position'));
const shownAt = async (page: Page): Promise<number> => Number(await hero(page).getAttribute('data-position'));
const picture = (page: Page): Promise<string> => pixels(hero(page).locator('canvas'));

/** Takes a page to the path, once there is something to see. */
async function openPath(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enlarge Try it' }).click();
  await page.getByRole('button', { name: 'A path', exact: true }).click();
}

/** The red of each of a canvas' pixels, row by row. */
const reds = (element: Locator): Promise<number[]> =>
  element.locator('canvas').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    return Array.from({ length: width * height }, (_, i) => data[4 * i] as number);
  });

/**
 * When a page's playhead was at the first stop, milliseconds by this machine's clock, from where it is each time that the
 * page draws it: their median.
 */
const begunAt = (page: Page, speed: number): Promise<number> =>
  playhead(page).evaluate(
    (slider, speed) =>
      new Promise<number>((done) => {
        const begun: number[] = [];
        new MutationObserver((_, observer) => {
          const now = performance.timeOrigin + performance.now();
          begun.push(now - (1000 * Number((slider as HTMLElement).dataset.position)) / speed);
          if (begun.length < 15) return;
          observer.disconnect();
          done(begun.sort((a, b) => a - b)[7] as number);
        }).observe(slider, { attributeFilter: ['data-position'] });
      }),
    speed,
  );

test('three people play one path: all are at one place at a time, one far away too; anyone halts, moves and orders it', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
  await ana.page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('GAN');
  await setField(ana.page, 'Epochs', 1000);
  await press(ana.page, 'Train');
  await until('it has learned a little', async () => {
    const step = await ana.page.getByRole('img', { name: 'Samples' }).first().getAttribute('data-step');
    return Number(step) > 0;
  });
  await press(ana.page, 'Pause');
  await offered(ana.page, 'Resume');

  // Nothing yet: one press sets an example up, for all.
  await openPath(ana.page);
  await openPath(ben.page);
  expect(await barriers(ana.page)).toEqual([]);
  await path(ana.page).getByRole('button', { name: 'Set up an example' }).click();
  for (const { page } of [ana, ben]) await eventually(() => stops(page).count()).toBe(4);

  // Slow enough for busy machines, and someone comes from far away: 80 ms on each way.
  await path(ana.page).getByRole('button', { name: 'Path settings' }).click();
  const speed = ana.page.getByRole('slider', { name: 'Speed' });
  await speed.fill('0');
  await ana.page.getByRole('combobox', { name: 'At the end of the path' }).selectOption('Back the same way');
  await ana.page.keyboard.press('Escape');
  const cat = await visit(browser);
  await cat.page.routeWebSocket(/socket\.io/, (socket) => {
    const other = socket.connectToServer();
    socket.onMessage((message) => void setTimeout(() => other.send(message), 80));
    other.onMessage((message) => void setTimeout(() => socket.send(message), 80));
  });
  await cat.page.goto(link);
  await connected(cat.page);
  await openPath(cat.page);
  await eventually(() => stops(cat.page).count()).toBe(4);

  await path(ben.page).getByRole('button', { name: 'Play path' }).click();
  const pages = [ana, ben, cat].map((visitor) => visitor.page);
  for (const page of pages)
    await until(
      'it moves, in picture and place',
      async () => (await position(page)) > 0.05 && (await shownAt(page)) > 0.05,
    );
  // On a busy machine the way to the server has to be short just once.
  await until('all are within 50 ms of one another', async () => {
    const begun = await Promise.all(pages.map((page) => begunAt(page, 1 / 8)));
    return Math.max(...begun) - Math.min(...begun) < 50;
  });

  // Halted by another: all stand at the same place and see the same.
  await path(cat.page).getByRole('button', { name: 'Pause path' }).click();
  await until('all stand', async () => {
    const places = await Promise.all(pages.flatMap((page) => [position(page), shownAt(page)]));
    return Math.max(...places) - Math.min(...places) < 0.001;
  });
  const seen = await Promise.all(pages.map(picture));
  expect(new Set(seen).size).toBe(1);
  await expect(path(ana.page).getByRole('button', { name: 'Play path' }).count()).resolves.toBe(1);

  // Moved by keys to the first stop: there it is the pin's picture.
  await playhead(ben.page).press('Home');
  for (const page of pages) await eventually(() => shownAt(page)).toBe(0);
  const pinned = await pixels(stops(ana.page).first().locator('canvas'));
  for (const page of pages) expect(await picture(page)).toBe(pinned);

  // Dragged by pointer along the track: the others see it go before it is let go.
  // Whoever moves it by keys holds it a moment longer.
  await eventually(() => playhead(ana.page).getAttribute('aria-disabled')).toBeNull();
  const box = await playhead(ana.page).boundingBox();
  if (!box) throw new Error('The playhead has no place');
  await ana.page.mouse.move(box.x + box.width / 8, box.y + box.height / 2);
  await ana.page.mouse.down();
  await ana.page.mouse.move(box.x + (box.width * 5) / 8, box.y + box.height / 2, { steps: 6 });
  for (const page of pages) await eventually(() => shownAt(page)).toBe(2);
  await expect(path(ben.page).getByRole('button', { name: 'Play path' }).isDisabled()).resolves.toBe(true);
  await ana.page.mouse.up();
  await eventually(() => path(ben.page).getByRole('button', { name: 'Play path' }).isEnabled()).toBe(true);

  // Ordered by keys: the third stop becomes the second, taken back, and off the path.
  const named = async (page: Page) =>
    Promise.all((await stops(page).getByRole('button').all()).map((each) => each.getAttribute('aria-label')));
  const before = await named(cat.page);
  await stops(ben.page).nth(2).hover();
  await ben.page.getByRole('button', { name: 'About stop 3, Pin 3' }).click();
  await ben.page.getByRole('button', { name: 'To the left' }).click();
  await eventually(() => stops(cat.page).nth(1).getByRole('button').first().getAttribute('aria-label')).toBe(
    'Stop 2, Pin 3: go there',
  );
  await ben.page.getByRole('button', { name: 'Undo' }).click();
  await eventually(() => named(cat.page)).toEqual(before);
  await stops(ben.page).nth(3).hover();
  await ben.page.getByRole('button', { name: 'About stop 4, Pin 4' }).click();
  await ben.page.getByRole('button', { name: 'Off the path' }).click();
  for (const page of pages) await eventually(() => stops(page).count()).toBe(3);

  // A pin goes from under it, and whoever comes late finds what is left.
  const shelf = ana.page.getByRole('region', { name: 'Pins' });
  await shelf.getByRole('listitem').nth(1).hover();
  await shelf.getByRole('button', { name: 'About Pin 2' }).click();
  await ana.page.getByRole('button', { name: 'Remove', exact: true }).click();
  for (const page of pages) await eventually(() => stops(page).count()).toBe(2);
  expect(await barriers(ana.page)).toEqual([]);
  const late = await enter(browser, link);
  await openPath(late.page);
  await eventually(() => stops(late.page).count()).toBe(2);
  await eventually(() => shownAt(late.page)).toBe(await shownAt(ana.page));
  expect(await picture(late.page)).toBe(await picture(ana.page));

  // Taken away: each file opens again and begins with the first stop, as it was seen.
  await playhead(late.page).press('Home');
  await eventually(() => shownAt(late.page)).toBe(0);
  await path(late.page).getByRole('button', { name: 'Export the path' }).click();
  const dialog = late.page.getByRole('dialog', { name: 'Export the path' });
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption('2 times: 56 × 56 pixels');
  await dialog.getByRole('combobox', { name: 'Pictures a second' }).selectOption('5');
  expect(await barriers(late.page)).toEqual([]);
  const exported = async (format: string) => {
    await dialog.getByRole('combobox', { name: 'Format' }).selectOption(format);
    const download = late.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    return contentOf(await download);
  };
  // Eight seconds there, eight back.
  const FRAMES = 80;
  const levels = await reds(hero(late.page));
  const twice = (x: number, y: number) => levels[Math.floor(y / 2) * 28 + Math.floor(x / 2)] ?? -1;
  const strip = sharp(await exported('PNG, one beside the other'));
  const { data, info } = await strip.raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: FRAMES * 56, height: 56 });
  const gif = decode((await exported('GIF')).buffer);
  expect(gif).toMatchObject({ width: 56, height: 56 });
  expect(gif.frames).toHaveLength(FRAMES);
  expect(gif.frames.map(({ delay }) => delay)).toEqual(Array(FRAMES).fill(200));
  const frame = decodeFrames((await exported('GIF')).buffer)[0]?.data ?? [];
  const places = Array.from({ length: 56 * 56 }, (_, i) => [i % 56, Math.floor(i / 56)] as const);
  const first = places.map(([x, y]) => data[(y * info.width + x) * info.channels]);
  expect(first).toEqual(places.map(([x, y]) => twice(x, y)));
  // A GIF has 255 colours, a picture 256 levels.
  const apart = places.map(([x, y], i) => Math.abs((frame[4 * i] ?? -1) - twice(x, y)));
  expect(Math.max(...apart)).toBeLessThanOrEqual(4);
  const { frames, seconds } = await framesOf(await exported('WebM'));
  // WebM tells no lengths: the last picture stands again at the end of its time.
  expect(frames).toHaveLength(FRAMES + 1);
  expect(seconds).toBeCloseTo(16, 1);
  await late.page.keyboard.press('Escape');

  // One pin alone says what it lacks, and nothing is lost.
  await stops(late.page).nth(1).hover();
  await stops(late.page)
    .nth(1)
    .getByRole('button', { name: /^About stop 2/ })
    .click();
  await late.page.getByRole('button', { name: 'Off the path' }).click();
  for (const page of [ana.page, late.page]) {
    await path(page).getByText('A path needs two pins or more').waitFor();
    expect(await path(page).getByRole('button', { name: 'Play path' }).isDisabled()).toBe(true);
  }
  await late.page.getByRole('button', { name: 'Undo' }).click();
  await eventually(() => stops(ana.page).count()).toBe(2);
  expect([ana, ben, cat, late].flatMap(({ complaints }) => complaints)).toEqual([]);
});
