import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { barriers, button, contentOf, enter, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const sheet = (page: Page) => page.getByRole('dialog', { name: 'The recipe as code' });
const program = (page: Page, name: string) => sheet(page).getByRole('region', { name });
const tab = (page: Page, name: string) => sheet(page).getByRole('tab', { name });
const marked = (page: Page) => sheet(page).locator('[data-changed]');

async function download(page: Page): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    sheet(page).getByRole('button', { name: 'Download' }).click(),
  ]);
  return { name: file.suggestedFilename(), text: new TextDecoder().decode(await contentOf(file)) };
}

test('the code follows the recipe while two people change it, marks what changed and can be taken away', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const [ada, bob] = [await enter(browser, url), await enter(browser, url)];
  const { page } = ada;
  await button(page, 'The recipe as code').click();
  const keras = program(page, 'autoencoder-glyphs.py');
  await until('the Keras code', async () => ((await keras.textContent()) ?? '').includes('CODING_SIZE = 30'));
  expect(await marked(page).count()).toBe(0);

  await setField(bob.page, 'Coding size', 12);
  await until("Bob's change", async () => ((await keras.textContent()) ?? '').includes('CODING_SIZE = 12'));
  expect(await marked(page).allTextContents()).toEqual([expect.stringContaining('CODING_SIZE = 12')]);
  await setField(page, 'Batch size', 64);
  await until('her own change, beside the sheet', async () =>
    ((await marked(page).first().textContent()) ?? '').includes('BATCH_SIZE = 64'),
  );
  expect(await barriers(page)).toEqual([]);
  expect(await download(page)).toEqual({
    name: 'autoencoder-glyphs.py',
    text: expect.stringContaining('BATCH_SIZE = 64'),
  });

  await tab(page, 'Keras').focus();
  await page.keyboard.press('ArrowRight');
  await until('TensorFlow.js by the keyboard', () => program(page, 'autoencoder-glyphs.mjs').isVisible());
  expect(await marked(page).first().textContent()).toContain('const BATCH_SIZE = 64;');
  await tab(page, 'Notebook').click();
  const notebook = await download(page);
  expect(notebook.name).toBe('autoencoder-glyphs.ipynb');
  expect(JSON.parse(notebook.text).nbformat).toBe(4);

  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('dcgan');
  await until('the other model', () => program(page, 'dcgan-glyphs.ipynb').isVisible());
  await tab(page, 'Notebook').focus();
  await page.keyboard.press('Escape');
  await until('the sheet is closed', async () => !(await sheet(page).isVisible()));
  expect([...ada.complaints, ...bob.complaints]).toEqual([]);
});

test('a phone opens the code from the files, over all', async () => {
  const url = `${server.url}/p/${await server.createPlayground()}`;
  const { page, complaints } = await enter(browser, url, { viewport: { width: 390, height: 844 } });
  await button(page, 'Files').click();
  await button(page, 'Show the code').click();
  await until('the code', () => program(page, 'autoencoder-glyphs.py').isVisible());
  const box = await sheet(page).boundingBox();
  expect([box?.x, box?.width]).toEqual([0, 390]);
  expect(await barriers(page)).toEqual([]);
  await sheet(page).getByRole('button', { name: 'Close' }).click();
  await until('the sheet is closed', async () => !(await sheet(page).isVisible()));
  expect(complaints).toEqual([]);
});
