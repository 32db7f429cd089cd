import { expect, test } from 'vitest';
import { eventually } from '../support/eventually';
import { barriers, button, enter, field, fieldValue, press } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

const newLink = async () => `${server.url}/p/${await server.createPlayground()}`;

test("a person's page changes to Korean and back without being loaded again, and nobody else's does", async () => {
  const link = await newLink();
  const mine = await enter(browser, link);
  const other = await enter(browser, link);
  await mine.page.evaluate(() => Object.assign(window, { stays: true }));
  await button(mine.page, '한국어').click();
  await button(mine.page, '훈련').first().waitFor();
  expect(await mine.page.evaluate(() => document.documentElement.lang)).toBe('ko');
  await field(mine.page, '학습률').waitFor();
  await mine.page.getByRole('heading', { name: '참여자' }).waitFor();
  expect(await mine.page.evaluate(() => 'stays' in window)).toBe(true);
  expect(await other.page.evaluate(() => document.documentElement.lang)).toBe('en');
  await field(other.page, 'Learning rate').fill('0.5');
  const log = mine.page.getByRole('log', { name: '활동' });
  await eventually(() => log.textContent()).toContain('학습률 값을 1.5에서 0.5로 바꿨습니다');
  expect(await barriers(mine.page)).toEqual([]);
  await button(mine.page, 'English').click();
  await field(mine.page, 'Learning rate').waitFor();
  for (const { page } of [mine, other]) await page.context().close();
  expect([...mine.complaints, ...other.complaints]).toEqual([]);
});

test('a Korean browser begins in Korean, and a choice is kept over a visit', async () => {
  const { page, complaints } = await enter(browser, await newLink(), { locale: 'ko-KR' });
  await field(page, '학습률').waitFor();
  await button(page, 'English').click();
  await field(page, 'Learning rate').waitFor();
  await page.reload();
  await field(page, 'Learning rate').waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('what a value must be, and what the server refuses, is said in the language that the page has now', async () => {
  const { page } = await enter(browser, await newLink(), { locale: 'ko-KR' });
  await field(page, '배치 크기').fill('9999');
  await page.getByText('1~512 장 범위의 정수여야 합니다').waitFor();
  await field(page, '배치 크기').fill('32');
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['To be'], 'Starting.txt'));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: dataTransfer, bubbles: true, cancelable: true }),
    );
  });
  // A file's name stays, though it be a word of the page.
  await page.getByText('Starting.txt: 5자입니다. 배우려면 5,000자 이상 필요합니다').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'English').click();
  await field(page, 'Batch size').fill('9999');
  await page.getByText('Must be a whole number from 1 to 512 images').waitFor();
  await page.context().close();
});

test("a concept's card sets what one should try, for all, and undo takes it back", async () => {
  const link = await newLink();
  const mine = await enter(browser, link);
  const other = await enter(browser, link);
  await button(mine.page, 'About Bottleneck').click();
  const card = mine.page.getByRole('dialog', { name: 'About Bottleneck' });
  await card.getByRole('heading', { name: 'What to look for' }).waitFor();
  await card.getByRole('button', { name: 'Squeeze into 2 numbers' }).click();
  await eventually(() => fieldValue(other.page, 'Coding size')).toBe(2);
  await until('the card shows what is set', async () => {
    const set = card.getByRole('button', { name: 'Squeeze into 2 numbers', pressed: true });
    return (await set.count()) === 1;
  });
  expect(await barriers(mine.page)).toEqual([]);
  await button(mine.page, 'About Cross-entropy or mean squared error').click();
  await card.waitFor({ state: 'hidden' });
  await mine.page.keyboard.press('Escape');
  await mine.page.keyboard.press('Control+z');
  await eventually(() => fieldValue(other.page, 'Coding size')).toBe(30);
  for (const { page } of [mine, other]) await page.context().close();
  expect([...mine.complaints, ...other.complaints]).toEqual([]);
});

test("a card in a view's header opens the view that it speaks of", async () => {
  const { page, complaints } = await enter(browser, await newLink());
  await page.getByRole('combobox', { name: 'Model' }).selectOption('char-rnn');
  await press(page, 'Train');
  await button(page, 'About Temperature').click();
  await page
    .getByRole('dialog', { name: 'About Temperature' })
    .getByRole('button', { name: 'Open Try it' })
    .click();
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  await page.context().close();
  expect(complaints).toEqual([]);
});
