import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activity, barriers, enter, offered, press, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colatent-files-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A playground with a model chosen and a small run of it under way. */
async function training(model: string, small: Readonly<Record<string, number>> = {}) {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const visitor = await enter(browser, link);
  const { page } = visitor;
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
  for (const [label, value] of Object.entries({ Epochs: 1000, ...small })) await setField(page, label, value);
  await press(page, 'Train');
  await offered(page, 'Pause');
  return { ...visitor, link };
}

const enlarge = (page: Page, title: string) => page.getByRole('button', { name: `Enlarge ${title}` }).click();

const stepOf = (page: Page, role: 'img' | 'region', name: string) =>
  page.getByRole('main').getByRole(role, { name, exact: true }).getAttribute('data-step').then(Number);

test('a text model shows what it writes, and goes on from a prompt', async () => {
  const { page, complaints } = await training('Character RNN', { 'Window length': 20, 'Batch size': 8 });
  await until('a later text', async () => (await stepOf(page, 'region', 'Text')) > 0);
  expect(
    (await page.getByRole('main').getByRole('region', { name: 'Text', exact: true }).textContent())?.length,
  ).toBeGreaterThan(100);
  await enlarge(page, 'Try it');
  await page.getByLabel('Prompt').fill('the ');
  await page.getByRole('button', { name: 'Write' }).click();
  const written = page.getByRole('region', { name: 'Written text' });
  await until('it has written', async () => ((await written.textContent()) ?? '').length > 200);
  expect(await written.textContent()).toMatch(/^the /);
  await press(page, 'Pause');
  await offered(page, 'Resume');
  const before = await written.textContent();
  await page.getByRole('button', { name: 'Write again' }).click();
  await until('another text', async () => (await written.textContent()) !== before);
  await page.getByLabel('Prompt').fill('€');
  await page.getByRole('button', { name: 'Write again' }).click();
  await page.getByText("Left out, since the model's text doesn't have it: €").waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a generator is tried, taken away, and brought back as an own one that all draw with', async () => {
  const { page, complaints, link } = await training('GAN');
  await until('later samples', async () => (await stepOf(page, 'img', 'Samples')) > 0);
  await enlarge(page, 'Try it');
  const between = { role: 'img', name: 'Between the two' } as const;
  await until('a picture between', async () => (await stepOf(page, between.role, between.name)) > 0);
  await press(page, 'Stop');
  await offered(page, 'Train afresh');
  const ben = await enter(browser, link);
  await page.getByRole('button', { name: 'Files' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /generate\.onnx/ }).click(),
  ]);
  const file = join(folder, 'generate.onnx');
  await download.saveAs(file);
  const picker = page.getByLabel('Generator file');
  await picker.setInputFiles({ name: 'notes.onnx', mimeType: '', buffer: Buffer.from('not a model') });
  await until(
    'the reason',
    async () => ((await page.getByRole('dialog').getByRole('alert').textContent()) ?? '').length > 10,
  );
  await picker.setInputFiles(file);
  await until('it is here', () => page.getByText(/30 numbers to 28 . 28 pixels/).isVisible());
  expect(await barriers(page)).toEqual([]);
  await until('the log tells Ben', async () =>
    ((await activity(ben.page).textContent()) ?? '').includes('brought the generator generate.onnx'),
  );
  await enlarge(ben.page, 'Own generator');
  await until('Ben draws', async () => (await stepOf(ben.page, between.role, between.name)) === 0);
  // A refused file is an answer with an error's status, of which the browser tells the console.
  const own = complaints.filter((text) => !text.includes('status of 422'));
  expect([...own, ...ben.complaints]).toEqual([]);
});
