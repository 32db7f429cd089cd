import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activity, barriers, enter, fieldValue, press, setField } from '../support/playground';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';
import { shareBrowser } from '../support/world';

const browser = await shareBrowser();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { COLATENT_MAX_STEP_GFLOPS: '10' } });
});
afterAll(async () => {
  await server?.close();
});

const choice = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
const cost = (page: Page) => page.getByRole('region', { name: 'Cost' });

const untilText = (page: Page, text: string) =>
  until(`the cost note says ${text}`, async () => (await cost(page).textContent())?.includes(text) ?? false);

test('a model that one chooses is the model of all, with its data sets, settings and cost', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const [ada, bob] = [await enter(browser, url), await enter(browser, url)];
  await setField(ada.page, 'Coding size', 12);
  await choice(ada.page, 'Model').selectOption('Character RNN');
  await until('Bob has the model', async () => (await choice(bob.page, 'Model').inputValue()) === 'char-rnn');
  expect(await choice(bob.page, 'Data set').locator('option').allTextContents()).toEqual([
    'Verses',
    'Shakespeare',
  ]);
  await untilText(bob.page, '167,973 parameters');
  await untilText(bob.page, '3.1 GFLOP a step');
  await until('the log tells', async () =>
    ((await activity(bob.page).textContent()) ?? '').includes(
      'set Model from Stacked autoencoder to Character RNN',
    ),
  );
  await choice(bob.page, 'Model').selectOption('Stacked autoencoder');
  await until('Ada has her setting back', async () => (await fieldValue(ada.page, 'Coding size')) === 12);
  expect([...ada.complaints, ...bob.complaints]).toEqual([]);
});

test("what this server won't train is said before and after pressing Train", async () => {
  const { page, complaints } = await enter(browser, `${server.url}/p/${await server.createPlayground()}`);
  await choice(page, 'Model').selectOption('DCGAN');
  await untilText(page, '8.03 GFLOP a step');
  await setField(page, 'Batch size', 64);
  const refusal =
    'A step of this recipe would take 16.1 GFLOP, the server allows 10. Lower Kernel size (now 5).';
  await untilText(page, refusal);
  expect(await barriers(page)).toEqual([]);
  const { height } = (await cost(page).boundingBox()) ?? {};
  await press(page, 'Train');
  await until('the refusal is shown', () => page.getByRole('alert').getByText(refusal).isVisible());
  await setField(page, 'Batch size', 8);
  await untilText(page, '2.01 GFLOP a step');
  expect((await cost(page).boundingBox())?.height).toBe(height);
  expect(complaints).toEqual([]);
});
