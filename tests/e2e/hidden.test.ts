import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { eventually } from '../support/eventually';
import { button, enter, picture, stepOf, trainLong } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** What a page has got over its socket. */
interface Heard {
  bytes: number;
  /** Frames by kind. */
  readonly kinds: Map<string, number>;
}

/** Listens to a page's socket; before it opens. */
function listen(page: Page): Heard {
  const heard: Heard = { bytes: 0, kinds: new Map() };
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      heard.bytes += payload.length;
      const kind = /"kind":"(\w+)"/.exec(payload.slice(0, 600).toString())?.[1];
      if (typeof payload !== 'string' && kind) heard.kinds.set(kind, (heard.kinds.get(kind) ?? 0) + 1);
    }),
  );
  return heard;
}

/** As a browser does with a tab that another one covers. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

const pictured = ['images', 'points', 'explored'];

/** What comes within so many training steps: bytes, and frames with pictures or points. */
async function within(page: Page, heard: Heard, steps: number) {
  const count = () => pictured.reduce((sum, kind) => sum + (heard.kinds.get(kind) ?? 0), 0);
  const [bytes, frames, step] = [heard.bytes, count(), await stepOf(page)];
  await until('the training goes on', async () => (await stepOf(page)) >= step + steps);
  return { bytes: heard.bytes - bytes, frames: count() - frames };
}

test('a page that nobody sees gets no pictures and no points, and has the newest as soon as it is seen', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const ana = await enter(browser, link);
  await trainLong(ana.page);
  const ben = await visit(browser);
  const heard = listen(ben.page);
  await ben.page.goto(link);
  await button(ben.page, 'Pause').waitFor();
  await button(ben.page, 'Enlarge Latent space').click();
  const seen = await within(ben.page, heard, 200);
  expect(seen.frames).toBeGreaterThan(0);

  await setHidden(ben.page, true);
  // What was on its way still comes.
  await within(ben.page, heard, 50);
  const unseen = await within(ben.page, heard, 200);
  expect(unseen.frames).toBe(0);
  expect(unseen.bytes).toBeLessThan(seen.bytes / 2);

  const step = await stepOf(ben.page);
  await setHidden(ben.page, false);
  const shown = picture(ben.page, 'Latent space');
  await eventually(async () => Number(await shown.getAttribute('data-step'))).toBeGreaterThanOrEqual(step);
  for (const { page, complaints } of [ana, ben]) {
    await page.context().close();
    expect(complaints).toEqual([]);
  }
});
