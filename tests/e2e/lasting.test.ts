import { expect, onTestFinished, test } from 'vitest';
import { visit } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  button,
  connected,
  enter,
  fieldValue,
  offered,
  picture,
  pixels,
  press,
  setField,
  stepOf,
  trainLong,
} from '../support/playground';
import { startServer } from '../support/server';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const newLink = async () => `${server.url}/p/${await server.createPlayground()}`;

test('a reload in the middle and a late third person find the same state and curve', async () => {
  const link = await newLink();
  const ana = await enter(browser, link);
  const ben = await enter(browser, link);
  await setField(ana.page, 'Coding size', 10);
  await trainLong(ana.page);
  const before = await stepOf(ben.page);
  await ben.page.reload();
  await connected(ben.page);
  await eventually(() => stepOf(ben.page)).toBeGreaterThan(before);
  expect(await fieldValue(ben.page, 'Coding size')).toBe(10);
  const cleo = await enter(browser, link);
  await eventually(() => stepOf(cleo.page)).toBeGreaterThan(before);
  await press(cleo.page, 'Pause');
  for (const { page } of [ana, ben, cleo]) await offered(page, 'Resume');
  for (const name of ['Reconstructions', 'Loss'] as const)
    await eventually(async () => {
      const seen = await Promise.all([ana, ben, cleo].map(({ page }) => pixels(picture(page, name))));
      return new Set(seen).size;
    }).toBe(1);
  const steps = await Promise.all([ana, ben, cleo].map(({ page }) => stepOf(page)));
  expect(new Set(steps).size).toBe(1);
  for (const { page } of [ana, ben, cleo]) await page.context().close();
  expect([ana, ben, cleo].flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('an empty playground left by everyone is found again as it was', async () => {
  const link = await newLink();
  const ana = await enter(browser, link);
  await setField(ana.page, 'Batch size', 48);
  await ana.page.getByRole('textbox', { name: 'Title' }).fill('Tuesday class');
  const ben = await enter(browser, link);
  await eventually(() => fieldValue(ben.page, 'Batch size')).toBe(48);
  for (const { page } of [ana, ben]) await page.context().close();
  const later = await enter(browser, link);
  expect(await fieldValue(later.page, 'Batch size')).toBe(48);
  expect(await later.page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Tuesday class');
  await later.page.context().close();
  expect([ana, ben, later].flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('a killed server is noticed, and after its restart everyone goes on', async () => {
  const doomed = await startServer();
  onTestFinished(() => doomed.close());
  const link = `${doomed.url}/p/${await doomed.createPlayground()}`;
  const ana = await enter(browser, link);
  const ben = await enter(browser, link);
  await trainLong(ana.page);
  await press(ana.page, 'Pause');
  await offered(ben.page, 'Resume');
  const paused = await stepOf(ben.page);
  await doomed.stop('SIGKILL');
  const status = ana.page.getByRole('status', { name: 'Connection' });
  await eventually(() => status.textContent()).toMatch(/Reconnecting|Offline/);
  const note = ana.page.getByRole('region', { name: 'Without connection' });
  await eventually(() => note.textContent()).toMatch(/as of \d+ (s|min) ago.*You can go on changing/);
  await setField(ana.page, 'Coding size', 20);
  await eventually(() => note.textContent()).toContain('Your changes wait on this page');
  const reborn = await startServer({ port: doomed.port, dataDir: doomed.dataDir });
  onTestFinished(() => reborn.stop());
  await connected(ana.page);
  await connected(ben.page);
  await eventually(() => note.count()).toBe(0);
  await eventually(() => fieldValue(ben.page, 'Coding size')).toBe(20);
  await press(ben.page, 'Resume');
  await eventually(() => stepOf(ana.page)).toBeGreaterThan(paused);
  for (const { page } of [ana, ben]) await page.context().close();
  const complaints = [...ana.complaints, ...ben.complaints];
  // Browsers tell of it, too.
  const isOfDeath = (text: string) => /WebSocket connection to|ERR_CONNECTION_REFUSED/.test(text);
  expect(complaints.filter((text) => !isOfDeath(text))).toEqual([]);
});

test.each([
  ['unknown', 'AAAAAAAAAAAAAAAAAAAAAA'],
  ['malformed', 'hello'],
])('a link with an %s id gets a friendly page', async (_, id) => {
  const { page, complaints } = await visit(browser);
  const response = await page.goto(`${server.url}/p/${id}`);
  expect(response?.status()).toBe(404);
  await eventually(() => button(page, 'New playground').count()).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('');
  await page.context().close();
  expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([]);
});
