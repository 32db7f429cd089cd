import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import { activity, enter, people, press, rename, setField, stepOf } from '../support/playground';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** With COLATENT_SCREENSHOT=public/screenshot.png it renews the picture in the README. */
test('a picture of two people in one playground', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
  await rename(ana.page, 'Ana');
  await rename(ben.page, 'Ben');
  await eventually(() => people(ana.page).textContent()).toContain('Ben');
  await setField(ana.page, 'Epochs', 200);
  await press(ana.page, 'Train');
  await eventually(() => stepOf(ana.page)).toBeGreaterThan(1000);
  await setField(ben.page, 'Learning rate', 0.5);
  await ben.page.getByRole('spinbutton', { name: 'Learning rate' }).hover();
  await eventually(() => activity(ana.page).textContent()).toContain('Ben set Learning rate');
  const before = await stepOf(ana.page);
  await eventually(() => stepOf(ana.page)).toBeGreaterThan(before + 1000);
  const path = process.env.COLATENT_SCREENSHOT;
  const png = await ana.page.screenshot(path ? { path } : {});
  expect(png.length).toBeGreaterThan(50_000);
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
});
