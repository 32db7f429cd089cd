import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { eventually } from '../support/eventually';
import {
  activity,
  barriers,
  button,
  connected,
  enter,
  field,
  fieldValue,
  people,
  setField,
} from '../support/playground';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const newLink = async () => `${server.url}/p/${await server.createPlayground()}`;

test('where storage is blocked the page works, without memory', async () => {
  const { page, complaints } = await visit(browser);
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('Access is denied for this document', 'SecurityError');
        },
      });
  });
  await page.goto(server.url);
  await button(page, 'Theme: system').click();
  await button(page, 'Theme: light').click();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.goto(await newLink());
  await connected(page);
  await button(page, '한국어').click();
  await field(page, '학습률').fill('0.5');
  await eventually(() => page.getByRole('log').textContent()).toContain('0.5');
  await page.context().close();
  expect(complaints).toEqual([]);
});

/** A press of a key as another keyboard layout gives it. */
const pressAs = (page: Page, init: { key: string; code: string; ctrlKey: true; shiftKey?: boolean }) =>
  page.evaluate((init) => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  }, init);

test("text fields keep their own undo, other keys are everyone's on every layout, and ? lists all", async () => {
  const { page, complaints } = await enter(browser, await newLink());
  await setField(page, 'Coding size', 8);
  const name = page.getByRole('textbox', { name: 'Your name' });
  await name.fill('Ana');
  await name.pressSequentially('?');
  await page.keyboard.press('Control+z');
  await pressAs(page, { key: 'я', code: 'KeyZ', ctrlKey: true });
  expect(await name.inputValue()).not.toContain('?');
  expect(await fieldValue(page, 'Coding size')).toBe(8);
  await activity(page).click();
  await pressAs(page, { key: 'я', code: 'KeyZ', ctrlKey: true });
  await eventually(() => fieldValue(page, 'Coding size')).toBe(30);
  await pressAs(page, { key: 'ㅋ', code: 'KeyZ', ctrlKey: true, shiftKey: true });
  await eventually(() => fieldValue(page, 'Coding size')).toBe(8);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByText('Take back your last change').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('numbers are read and written as the person does, doubtful ones are asked, wrong ones stay marked', async () => {
  const link = await newLink();
  const mine = await enter(browser, link);
  const german = await enter(browser, link, { locale: 'de-DE' });
  const epochs = field(mine.page, 'Epochs');
  await epochs.fill('1,000');
  await eventually(() => field(german.page, 'Epochs').inputValue()).toBe('1.000');
  await epochs.fill('7');
  await epochs.fill('1.000');
  await mine.page.getByText('Is this meant?').waitFor();
  await activity(mine.page).click();
  expect([await epochs.inputValue(), await epochs.getAttribute('aria-invalid')]).toEqual(['1.000', 'true']);
  expect(await fieldValue(german.page, 'Epochs')).toBe(7);
  await button(mine.page, '1,000').click();
  await eventually(() => field(german.page, 'Epochs').inputValue()).toBe('1.000');
  expect([await epochs.inputValue(), await epochs.getAttribute('aria-invalid')]).toEqual(['1,000', null]);
  await field(german.page, 'Learning rate').fill('0,001');
  await eventually(() => field(mine.page, 'Learning rate').inputValue()).toBe('0.001');
  await epochs.fill('many');
  await activity(mine.page).click();
  expect(await epochs.inputValue()).toBe('many');
  await epochs.press('Escape');
  expect([await epochs.inputValue(), await epochs.getAttribute('aria-invalid')]).toEqual(['1,000', null]);
  for (const { page } of [mine, german]) await page.context().close();
  expect([...mine.complaints, ...german.complaints]).toEqual([]);
});

test('what one types stays under the caret, whatever others set meanwhile', async () => {
  const link = await newLink();
  const [ana, ben] = [await enter(browser, link), await enter(browser, link)];
  const [hers, his] = [field(ana.page, 'Epochs'), field(ben.page, 'Epochs')];
  // A field is only to be read while somebody else changes it.
  const set = async (value: string) => {
    await eventually(() => his.isEditable()).toBe(true);
    await his.fill(value);
    await eventually(() => hers.getAttribute('aria-valuenow')).toBe(value);
    await eventually(() => hers.isEditable()).toBe(true);
  };
  await hers.fill('5');
  await set('64');
  expect(await hers.inputValue()).toBe('5');
  await ana.page.keyboard.type('00');
  await eventually(() => his.getAttribute('aria-valuenow')).toBe('500');
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.press('Control+A');
  await set('70');
  expect(await hers.inputValue()).toBe('70');
  await ana.page.keyboard.type('9');
  await eventually(() => his.getAttribute('aria-valuenow')).toBe('9');
  for (const { page } of [ana, ben]) await page.context().close();
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
});

test('two tabs of a browser are one person, and a reload is no arrival', async () => {
  const link = await newLink();
  const ana = await enter(browser, link);
  const ben = await enter(browser, link);
  const second = await ana.page.context().newPage();
  await second.goto(link);
  await connected(second);
  await eventually(() => people(ben.page).getByText('in 2 tabs').count()).toBe(1);
  await second.close();
  await eventually(() => people(ben.page).getByText('in 2 tabs').count()).toBe(0);
  for (let i = 0; i < 2; i++) {
    await ana.page.reload();
    await connected(ana.page);
  }
  const arrivals = await activity(ana.page).getByText('came in').allTextContents();
  expect(arrivals).toHaveLength(1);
  for (const { page } of [ana, ben]) await page.context().close();
  expect([...ana.complaints, ...ben.complaints]).toEqual([]);
});
