import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { exportFilesOf } from '@/lib/catalog/exports';
import { type ModelId, modelIds } from '@/lib/catalog/models';
import type { Visitor } from '../support/browser';
import { eventually } from '../support/eventually';
import { enter, offered, press, setField, stageOf, stepOf } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

/** The notebook's five models on real data, as two people use them. */
const realData = (model: ModelId) => (model === 'char-rnn' ? 'shakespeare' : 'fashion-mnist');
/** Pictures that a run has shown before it is paused, so that there is a past to go back to. */
const shown = 3;

const { server, browser } = await shareWorld();

const moment = (page: Page) => page.getByRole('slider', { name: 'Moment' });
const placesOf = async (page: Page) => Number(await moment(page).getAttribute('max'));

/** What one asks of each model, and where the answer appears. */
const asks: Readonly<Record<ModelId, (page: Page) => Promise<void>>> = {
  autoencoder: (page) => answered(page, 'Decoded'),
  vae: (page) => answered(page, 'Decoded'),
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

/** Two people in one playground of a model. */
interface Pair {
  readonly ana: Visitor;
  readonly ben: Visitor;
}

async function expectSameStage({ ana, ben }: Pair): Promise<void> {
  await eventually(async () => {
    const [hers, his] = [await stageOf(ana.page), await stageOf(ben.page)];
    return hers === his ? 'the same' : `${hers}\nbut\n${his}`;
  }).toBe('the same');
}

/** One chooses and trains it on real data, both see the same. */
async function train(pair: Pair, model: ModelId): Promise<void> {
  const { ana, ben } = pair;
  await ana.page.getByRole('combobox', { name: 'Model', exact: true }).selectOption(model);
  const data = ben.page.getByRole('combobox', { name: 'Data set', exact: true });
  await data.selectOption(realData(model));
  // Convolutions take their time on a small machine.
  if (model === 'dcgan' || model === 'stylegan') await setField(ana.page, 'Batch size', 8);
  // Nor should it be through before somebody has pressed Pause.
  await setField(ana.page, 'Epochs', 1000);
  const first = await stageOf(ana.page);
  await press(ana.page, 'Train');
  await until('pictures have changed', async () => {
    await moment(ana.page).focus();
    await moment(ana.page).blur();
    return (await placesOf(ana.page)) >= shown && (await stageOf(ana.page)) !== first;
  });
  await press(ben.page, 'Pause');
  await offered(ana.page, 'Resume');
  await eventually(async () => (await stepOf(ana.page)) === (await stepOf(ben.page))).toBe(true);
  await expectSameStage(pair);
}

/** Both go back in time and see the same past, and the present again. */
async function lookBack(pair: Pair): Promise<void> {
  const pages = [pair.ana.page, pair.ben.page];
  const live = await stageOf(pair.ana.page);
  for (const page of pages) {
    await moment(page).focus();
    await moment(page).press('Home');
  }
  await eventually(async () => (await stageOf(pair.ana.page)) !== live).toBe(true);
  await expectSameStage(pair);
  for (const page of pages) await page.getByRole('button', { name: 'Live', exact: true }).click();
  await eventually(async () => (await stageOf(pair.ana.page)) === live).toBe(true);
}

async function takeFiles({ page }: Visitor, model: ModelId): Promise<void> {
  await page.getByRole('button', { name: 'Files' }).click();
  for (const { name } of exportFilesOf(model)) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: new RegExp(name.replace('.', '\\.')) }).click();
    expect((await download).suggestedFilename()).toBe(`${model}-${name}`);
    expect(await (await download).failure()).toBeNull();
  }
}

test.each(modelIds)(
  '%s: two train it, look back, ask it something and take its files away',
  async (model) => {
    const link = `${server.url}/p/${await server.createPlayground()}`;
    const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
    await train({ ana, ben }, model);
    await lookBack({ ana, ben });
    await ana.page.getByRole('button', { name: 'Enlarge Try it' }).click();
    await asks[model](ana.page);
    await takeFiles(ben, model);
    expect([...ana.complaints, ...ben.complaints]).toEqual([]);
  },
);
