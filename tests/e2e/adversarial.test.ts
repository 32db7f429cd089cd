import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { activity, barriers, enter, offered, press, setField, stepOf } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** A GAN that trains for longer than any test. */
async function training(values: Readonly<Record<string, number>> = {}) {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const visitor = await enter(browser, link);
  const { page } = visitor;
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('GAN');
  for (const [label, value] of Object.entries({ Epochs: 1000, ...values }))
    await setField(page, label, value);
  await press(page, 'Train');
  await offered(page, 'Pause');
  return visitor;
}

const told = async (page: Page) => (await activity(page).textContent()) ?? '';

test('a collapse is warned of near the samples, told in the log and marked on the curves', async () => {
  const { page, complaints } = await training({ 'Generator learning rate': 0.03 });
  const fresh = page.getByRole('img', { name: 'Fresh samples' });
  await until('fresh samples', async () => Number(await fresh.getAttribute('data-step')) > 0);
  expect(await page.getByRole('meter', { name: 'Diversity of the samples' }).count()).toBe(1);
  await page.getByText(/Mode collapse since step [\d,]+/).waitFor({ timeout: 280_000 });
  await until('the log', async () => (await told(page)).includes('Mode collapse began'));
  await until('the mark', () =>
    page
      .getByRole('listitem')
      .filter({ hasText: /Step [\d,]+: Mode collapse began/ })
      .count()
      .then((count) => count > 0),
  );
  expect(await page.getByRole('img', { name: 'Diversity' }).count()).toBe(1);
  expect(complaints).toEqual([]);
});

test('one network takes a step, and a step of both is looked at stage by stage before it is taken', async () => {
  const { page, complaints } = await training();
  await until('some steps', async () => (await stepOf(page)) > 20);
  await press(page, 'Pause');
  await offered(page, 'Resume');
  const before = await stepOf(page);
  await press(page, 'Step one network');
  await page.getByRole('button', { name: 'Step the discriminator only' }).click();
  await until('one more step', async () => (await stepOf(page)) === before + 1);
  await until('the log', async () => (await told(page)).includes('took one step of the discriminator'));
  await page.getByRole('button', { name: 'Enlarge Slow motion' }).click();
  const view = page.getByRole('region', { name: 'Slow motion' });
  await view.getByText(/The step begins with noise: 32 rows of 30 random numbers/).waitFor();
  await view.getByRole('button', { name: /Noise/ }).focus();
  for (const caption of [
    /turns each row/,
    /sees both kinds/,
    /Its loss is/,
    /Fresh noise/,
    /The loss of the generator/,
  ]) {
    await page.keyboard.press('ArrowRight');
    await view.getByText(caption).waitFor();
  }
  expect(await barriers(page)).toEqual([]);
  await press(page, 'Take this step');
  await until('the step is taken', async () => (await stepOf(page)) === before + 2);
  await view.getByText(/The step begins with noise/).waitFor();
  expect(complaints).toEqual([]);
});
