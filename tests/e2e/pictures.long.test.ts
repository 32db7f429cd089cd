import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright';
import { beforeAll, expect, test } from 'vitest';
import { type ModelId, modelIds } from '@/lib/catalog/models';
import { barriers, coloursInside, enter, offered, press, setField, stepOf } from '../support/playground';
import { someOf } from '../support/rounds';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

/** Every view of every model as people see it, in this folder, to be looked at. */
const folder = fileURLToPath(new URL('../.output/pictures', import.meta.url));

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  korean: { colorScheme: 'light', locale: 'ko-KR' },
};
/** Steps after which there is something to see; convolutions take their time. */
const stepsOf = (model: ModelId): number => (model === 'dcgan' || model === 'stylegan' ? 10 : 60);
/** An empty stage has fewer colours: its edges, smoothed. */
const leastColours = 60;

const realData = (model: ModelId) => (model === 'char-rnn' ? 'shakespeare' : 'fashion-mnist');

const { server, browser } = await shareWorld();
beforeAll(() => mkdir(folder, { recursive: true }));

/** A playground whose run of `model` on real data is paused after some steps. */
async function trainedPlayground(model: ModelId): Promise<string> {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, link);
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
  await page.getByRole('combobox', { name: 'Data set', exact: true }).selectOption(realData(model));
  await setField(page, 'Epochs', 1000);
  await press(page, 'Train');
  await until('some steps', async () => (await stepOf(page)) >= stepsOf(model));
  await press(page, 'Pause');
  await offered(page, 'Resume');
  expect(complaints).toEqual([]);
  await page.context().close();
  return link;
}

/** Makes one view after the other the large one, and calls `each` with its place among them. */
async function eachView(page: Page, each: (place: number) => Promise<void>): Promise<void> {
  const others = page.getByRole('button', { name: /^Enlarge | 크게 보기$/ });
  await others.first().waitFor();
  const labels = await others.evaluateAll((buttons) =>
    buttons.map((button) => button.getAttribute('aria-label') ?? ''),
  );
  await each(0);
  for (const [i, name] of labels.entries()) {
    await page.getByRole('button', { name, exact: true }).click();
    await each(i + 1);
  }
}

test.each(modelIds)('%s: every view can be seen and used, in each look', async (model) => {
  const link = await trainedPlayground(model);
  for (const [look, options] of someOf(Object.entries(looks), modelIds.indexOf(model))) {
    const { page, complaints } = await enter(browser, link, options);
    await eachView(page, async (place) => {
      await until(
        `view ${place} is drawn`,
        async () => (await coloursInside(page.locator('[data-large]'))) >= leastColours,
      );
      await page.screenshot({ path: join(folder, `${model}-${look}-${place}.png`) });
      expect(await barriers(page), `${look}, view ${place}`).toEqual([]);
    });
    await page.context().close();
    expect(complaints, look).toEqual([]);
  }
});
