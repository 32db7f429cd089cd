import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { boxFaults, resize, windows } from '../support/boxes';
import { faultsInWindows } from '../support/layouts';
import { enter, offered, press, setField, stepOf } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

async function presented(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.getByRole('button', { name: 'Full screen' }).click();
  await page.waitForFunction(() => document.fullscreenElement !== null);
  for (const window of windows) {
    await resize(page, window);
    const found = await boxFaults(page);
    for (const name of ['Resume', 'Leave full screen', 'Play what the run has shown'])
      if (!(await page.getByRole('button', { name }).isVisible())) found.push(`No ${name}`);
    for (const part of ['figure canvas', '[data-anchor=time] canvas', '[data-anchor=progress]'])
      if (!(await page.locator(part).first().isVisible())) found.push(`No ${part}`);
    faults.push(...found.map((each) => `full screen, ${window.join(' x ')}: ${each}`));
  }
  await page.getByRole('button', { name: 'Leave full screen' }).click();
  await page.waitForFunction(() => document.fullscreenElement === null);
  return faults;
}

test('nothing is cut, covered or out of reach at nine sizes, empty, paused and presented', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, link);
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('gan');
  const faults: string[] = [];
  faults.push(...(await faultsInWindows(page, 'empty')));
  await setField(page, 'Epochs', 1000);
  await press(page, 'Train');
  await until('some steps', async () => (await stepOf(page)) >= 20);
  await press(page, 'Pause');
  await offered(page, 'Resume');
  faults.push(...(await faultsInWindows(page, 'paused', true)));
  faults.push(...(await presented(page)));
  expect(faults).toEqual([]);

  await page.context().close();
  expect(complaints).toEqual([]);
}, 600_000);

test('tiles keep their places, whichever is large', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, link);
  await page.getByRole('button', { name: 'See the network' }).click();
  const places = () =>
    page
      .locator('li:has(> [data-view])')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
  await page.getByRole('button', { name: 'Enlarge What to expect' }).waitFor();
  const before = await places();
  await page.getByRole('button', { name: 'Enlarge What to expect' }).click();
  await page.getByRole('button', { name: 'Enlarge Network' }).waitFor();
  expect(await places()).toEqual(before);
  await page.context().close();
  expect(complaints).toEqual([]);
});
