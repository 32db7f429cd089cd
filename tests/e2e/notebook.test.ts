import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFilesOf } from '@/lib/catalog/exports';
import { type ModelId, models } from '@/lib/catalog/models';
import { launchBrowser, type Visitor } from '../support/browser';
import { eventually } from '../support/eventually';
import { enter, offered, press, setField, stageOf, stepOf } from '../support/playground';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';

/** The notebook's five models on real data, as two people use them. */
const realData = (model: ModelId) => (model === 'char-rnn' ? 'shakespeare' : 'fashion-mnist');
/** Pictures that a run has shown before it is paused, so that there is a past to go back to. */
const shown = 3;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ env: { COLATENT_EXECUTOR: 'onnx-cpu' } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const playhead = (page: Page) => page.getByRole('slider', { name: 'Playhead' });
const playheadMost = async (page: Page) => Number(await playhead(page).getAttribute('max'));

/** What one asks of each model, and where the answer appears. */
const asks: Readonly<Record<ModelId, (page: Page) => Promise<void>>> = {
  autoencoder: (page) => answered(page, 'Decoded'),
  gan: (page) => answered(page, 'Between the two'),
  dcgan: (page) => answered(page, 'Between the two'),
  stylegan: (page) => answered(page, 'Between the two'),
  'char-rnn': async (page) => {
    await page.getByLabel('Prompt').fill('the ');
    await page.getByRole('button', { name: 'Write' }).click();
    const written = page.getByRole('region', { name: 'Written text' });
    await eventually(async () => (await written.textContent())?.length).toBeGreaterThan(100);
  },
};

async function answered(page: Page, name: string): Promise<void> {
  const image = page.getByRole('main').getByRole('img', { name, exact: true });
  await eventually(async () => Number(await image.getAttribute('data-step'))).toBeGreaterThan(0);
}

describe.each(models.map(({ id }) => id))('%s', (model) => {
  let link: string;
  let ana: Visitor;
  let ben: Visitor;
  beforeAll(async () => {
    link = `${server.url}/p/${await server.createPlayground()}`;
    [ana, ben] = [await enter(browser, link), await enter(browser, link)];
  });
  afterAll(async () => {
    for (const visitor of [ana, ben]) await visitor?.page.context().close();
  });

  async function expectSameStage(): Promise<void> {
    await eventually(async () => {
      const [hers, his] = [await stageOf(ana.page), await stageOf(ben.page)];
      return hers === his ? 'the same' : `${hers}\nbut\n${his}`;
    }).toBe('the same');
  }

  test('one chooses and trains it on real data, both see the same', async () => {
    await ana.page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
    const data = ben.page.getByRole('combobox', { name: 'Data set', exact: true });
    await data.selectOption(realData(model));
    // Convolutions take their time on a small machine.
    if (model === 'dcgan' || model === 'stylegan') await setField(ana.page, 'Batch size', 8);
    // Nor should it be through before somebody has pressed Pause.
    if (model === 'autoencoder' || model === 'gan') await setField(ana.page, 'Epochs', 1000);
    const first = await stageOf(ana.page);
    await press(ana.page, 'Train');
    await until('pictures have changed', async () => {
      await playhead(ana.page).focus();
      await playhead(ana.page).blur();
      return (await playheadMost(ana.page)) >= shown && (await stageOf(ana.page)) !== first;
    });
    await press(ben.page, 'Pause');
    await offered(ana.page, 'Resume');
    await eventually(async () => (await stepOf(ana.page)) === (await stepOf(ben.page))).toBe(true);
    await expectSameStage();
  });

  test('both go back in time and see the same past, and the present again', async () => {
    const live = await stageOf(ana.page);
    for (const { page } of [ana, ben]) {
      await playhead(page).focus();
      await playhead(page).press('Home');
    }
    await eventually(async () => (await stageOf(ana.page)) !== live).toBe(true);
    await expectSameStage();
    for (const { page } of [ana, ben]) await page.getByRole('button', { name: 'Live', exact: true }).click();
    await eventually(async () => (await stageOf(ana.page)) === live).toBe(true);
  });

  test('one asks it something', async () => {
    await ana.page.getByRole('button', { name: 'Enlarge Try it' }).click();
    await asks[model](ana.page);
  });

  test('its files can be taken away', async () => {
    await ben.page.getByRole('button', { name: 'Files' }).click();
    for (const { name } of exportFilesOf(model)) {
      const download = ben.page.waitForEvent('download');
      await ben.page.getByRole('link', { name: new RegExp(name.replace('.', '\\.')) }).click();
      expect((await download).suggestedFilename()).toBe(`${model}-${name}`);
      expect(await (await download).failure()).toBeNull();
    }
  });

  test('nobody had anything to complain of', () => {
    expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  });
});
