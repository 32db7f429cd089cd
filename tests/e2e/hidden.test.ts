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

/** Frames with pictures or points. */
const framesOf = ({ kinds }: Heard) => pictured.reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0);

/** What comes until `isOver` says so of the training steps and frames since now. */
async function during(page: Page, heard: Heard, isOver: (steps: number, frames: number) => boolean) {
  const [bytes, frames, step] = [heard.bytes, framesOf(heard), await stepOf(page)];
  let steps = 0;
  await until('the training goes on', async () => {
    steps = (await stepOf(page)) - step;
    return isOver(steps, framesOf(heard) - frames);
  });
  return { bytes: heard.bytes - bytes, frames: framesOf(heard) - frames, steps };
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
  // On a busy machine there are few frames in many steps.
  const seen = await during(ben.page, heard, (steps, frames) => steps >= 200 && frames >= 8);

  await setHidden(ben.page, true);
  // What was on its way still comes.
  await during(ben.page, heard, (steps) => steps >= 50);
  const unseen = await during(ben.page, heard, (steps) => steps >= seen.steps);
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
