import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import { activity, button, enter, people, press, rename, setField, stepOf } from '../support/playground';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** CSS pixels of each window, and the film's pixels for each. */
const viewport = { width: 1280, height: 800 };
const shown = { width: 480, height: 300 };
const GAP = 8;
const frameMs = 450;

/** What two windows show, beside each other. */
async function pairOf(left: Page, right: Page): Promise<Buffer> {
  const [a, b] = await Promise.all(
    [left, right].map(async (page) =>
      sharp(await page.screenshot())
        .resize(shown)
        .toBuffer(),
    ),
  );
  const background = '#12110e';
  return sharp({
    create: { width: 2 * shown.width + GAP, height: shown.height, channels: 3, background },
  })
    .composite([
      { input: a, left: 0, top: 0 },
      { input: b, left: shown.width + GAP, top: 0 },
    ])
    .png()
    .toBuffer();
}

/**
 * With COLATENT_SCREENSHOT=public it renews the pictures in the README: `screenshot.png`, and `together.gif` of two people
 * of whom one trains, the other changes the learning rate, and both look at the latent space.
 */
test('a picture and a film of two people in one playground', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const [ana, ben] = [
    await enter(browser, link, { viewport }),
    await enter(browser, link, { viewport, colorScheme: 'dark' }),
  ];
  const frames: Buffer[] = [];
  const film = async (count = 1) => {
    for (let i = 0; i < count; i++) {
      frames.push(await pairOf(ana.page, ben.page));
      const before = await stepOf(ana.page);
      if (i < count - 1) await eventually(() => stepOf(ana.page)).toBeGreaterThan(before);
    }
  };
  await rename(ana.page, 'Ana');
  await rename(ben.page, 'Ben');
  await eventually(() => people(ana.page).textContent()).toContain('Ben');
  await setField(ana.page, 'Epochs', 200);
  await film();
  await press(ana.page, 'Train');
  await eventually(() => stepOf(ana.page)).toBeGreaterThan(0);
  await film(8);
  const rate = ben.page.getByRole('spinbutton', { name: 'Learning rate' });
  await rate.scrollIntoViewIfNeeded();
  await rate.hover();
  await film(2);
  await setField(ben.page, 'Learning rate', 0.5);
  await eventually(() => activity(ana.page).textContent()).toContain('Ben set Learning rate');
  await film(4);
  const path = process.env.COLATENT_SCREENSHOT;
  const png = await ana.page.screenshot(path ? { path: join(path, 'screenshot.png') } : {});
  await button(ana.page, 'Enlarge Latent space').click();
  await film(2);
  await button(ben.page, 'Enlarge Latent space').click();
  await film(6);
  const gif = await sharp(frames, { join: { animated: true } })
    .gif({ delay: frames.map((_, i) => (i === frames.length - 1 ? 2500 : frameMs)), colours: 96, loop: 0 })
    .toBuffer();
  if (path) await writeFile(join(path, 'together.gif'), gif);
  expect(png.length).toBeGreaterThan(50_000);
  expect((await sharp(gif, { animated: true }).metadata()).pages).toBe(frames.length);
  // One that people wait for shows nothing.
  expect(gif.length).toBeLessThan(1_500_000);
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
});
