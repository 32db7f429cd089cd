import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generator } from '../support/onnxModels';
import { fashion, folders, zipped } from '../support/pictures';
import { activity, barriers, button, colours, enter, offered, press, setField } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();
let url: string;
const complaints: string[][] = [];
beforeEach(async () => {
  url = `${server.url}/p/${await server.createPlayground()}`;
});
afterEach(() => {
  for (const each of complaints.splice(0)) expect(each).toEqual([]);
});

async function person(): Promise<Page> {
  const visitor = await enter(browser, url);
  complaints.push(visitor.complaints);
  return visitor.page;
}

/** Drops files onto the middle of the page, as one drags them from a desktop. */
const drop = (page: Page, files: Readonly<Record<string, Uint8Array>>) =>
  give(page, files, ['dragover', 'drop']);
/** Pastes files, as one copies them from a folder. */
const paste = (page: Page, files: Readonly<Record<string, Uint8Array>>) => give(page, files, ['paste']);

async function give(
  page: Page,
  files: Readonly<Record<string, Uint8Array>>,
  kinds: readonly string[],
): Promise<void> {
  const sent = Object.entries(files).map(
    ([name, bytes]) => [name, Buffer.from(bytes).toString('base64')] as const,
  );
  const given = { all: sent, kinds };
  await page.evaluate(({ all, kinds }) => {
    const dataTransfer = new DataTransfer();
    for (const [name, base64] of all) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    const target = document.querySelector('main') ?? document.body;
    const how = { dataTransfer, clipboardData: dataTransfer, bubbles: true, cancelable: true };
    for (const kind of kinds)
      target.dispatchEvent(kind === 'paste' ? new ClipboardEvent(kind, how) : new DragEvent(kind, how));
  }, given);
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your own data' });
const dataset = (page: Page) => page.getByRole('combobox', { name: 'Data set' });
const chosen = (page: Page) =>
  dataset(page).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label);

test('a zip that is dropped on the page is shown, chosen, learned from; all see it', async () => {
  const ada = await person();
  const ben = await person();
  await drop(ada, { 'clothes.zip': zipped(await fashion(600)) });
  await button(ada, 'Add to the playground').waitFor();
  const preview = dialog(ada).getByRole('img', { name: 'The first 36 images' });
  await preview.waitFor();
  await until('the preview has pictures', async () => (await colours(preview)) > 20);
  expect(await dialog(ada).getByText('600 images of 28 x 28 pixels, grey').isVisible()).toBe(true);
  expect(await dialog(ada).getByRole('list', { name: 'Classes' }).getByRole('listitem').count()).toBe(10);
  expect(await barriers(ada)).toEqual([]);
  await button(ada, 'Add to the playground').click();
  await button(ada, 'Learn from it').click();
  await dialog(ada).getByText('Stacked autoencoder learns from it with the next run').waitFor();
  await button(ada, 'Close').click();
  await until('Ben sees what it learns from', async () => (await chosen(ben)) === 'clothes.zip');
  await activity(ben).getByText('brought the data set clothes.zip').waitFor();
  await setField(ben, 'Epochs', 1000);
  await press(ben, 'Train');
  await offered(ben, 'Pause');
  const pictures = ada.getByRole('img', { name: 'Reconstructions' });
  await pictures.first().waitFor();
  await until('there are reconstructions', async () => (await colours(pictures.first())) > 20);
  await press(ada, 'Pause');
  await offered(ada, 'Resume');
  await button(ada, 'Your own data').click();
  await button(ada, 'Remove clothes.zip').click();
  await dialog(ada).getByText('Stacked autoencoder is set to learn from clothes.zip').waitFor();
});

test('many images at once go together; what is wrong is said, and nothing is lost', async () => {
  const ada = await person();
  const files = Object.entries(await folders(['a'], 12)).map(([path, bytes]) => [
    path.replace('/', ' '),
    bytes,
  ]);
  await drop(ada, Object.fromEntries([...files, ['about them.txt', Uint8Array.of(84, 111)]]));
  await dialog(ada).getByText('12 images of 28 x 28 pixels, in colour').waitFor();
  await dialog(ada).getByText('1 file was left out').click();
  await dialog(ada).getByText('about them.txt').waitFor();
  await button(ada, 'Add to the playground').click();
  await button(ada, 'Learn from it').waitFor();
  await drop(ada, { 'notes.txt': Uint8Array.of(84, 111, 0xff, 10) });
  const alert = dialog(ada).getByRole('alert');
  await until('the fault is told', async () => (await alert.textContent()) !== '');
  expect(await alert.textContent()).toBe(
    'notes.txt has 4 characters; at least 5,000 are needed to learn from',
  );
  expect(await dialog(ada).getByText('files.zip').count()).toBeGreaterThan(0);
});

test('what is dropped while something is looked at waits for its turn', async () => {
  const ada = await person();
  await drop(ada, { 'first.zip': zipped(await fashion(20)) });
  await dialog(ada).getByText('20 images of 28 x 28 pixels, grey').waitFor();
  await drop(ada, { 'second.zip': zipped(await fashion(30)) });
  const waiting = dialog(ada).getByText('1 thing dropped meanwhile comes next');
  await waiting.waitFor();
  expect(await dialog(ada).getByText('20 images of 28 x 28 pixels, grey').isVisible()).toBe(true);
  await button(ada, 'Add to the playground').click();
  await dialog(ada).getByText('30 images of 28 x 28 pixels, grey').waitFor();
  await waiting.waitFor({ state: 'hidden' });
});

test('where it is unclear what the classes are one chooses, and nothing is taken before', async () => {
  const ada = await person();
  const ben = await person();
  const animals = ['animals/cat/persian', 'animals/cat/siamese', 'animals/dog/poodle'];
  await drop(ada, { 'animals.zip': zipped(await folders(animals, 5)) });
  const classes = dialog(ada).getByRole('list', { name: 'Classes' }).getByRole('listitem');
  await dialog(ada).getByText('It is unclear which folders are the classes').waitFor();
  expect(await classes.allTextContents()).toEqual(['cat 10', 'dog 5']);
  expect(await barriers(ada)).toEqual([]);
  await dialog(ada)
    .getByRole('combobox', { name: 'Classes' })
    .selectOption({ label: '3 classes: persian, poodle, siamese' });
  await until('they are others', async () => (await classes.count()) === 3);
  await button(ada, 'Close').click();
  await button(ada, 'Your own data').click();
  expect(await classes.count()).toBe(3);
  expect(await activity(ben).getByText('brought the data set').count()).toBe(0);
  await button(ada, 'Add to the playground').click();
  await activity(ben).getByText('brought the data set animals.zip').waitFor();
  await button(ada, 'Close').click();
  await drop(ada, { 'draws without a name': generator() });
  await ada.getByText("draws without a name is this playground's generator now").waitFor();
});

test('a text is refused by a model of images, which says so and offers one that reads', async () => {
  const ada = await person();
  const text = new TextEncoder().encode('Who goes there? Stand, and say your name.\n'.repeat(300));
  await paste(ada, { 'watch.txt': text });
  await button(ada, 'Add to the playground').click();
  await dialog(ada).getByText('Stacked autoencoder learns from images and can not read a text.').waitFor();
  await dialog(ada).getByText('Who goes there?').waitFor();
  await button(ada, 'Learn from it with Character RNN').click();
  await until('the text is chosen', async () => (await chosen(ada)) === 'watch.txt');
  await button(ada, 'Close').click();
  await setField(ada, 'Epochs', 1000);
  await press(ada, 'Train');
  await offered(ada, 'Pause');
  await press(ada, 'Stop');
});

test('texts come together in whatever encoding, which can be changed; settings that do not fit are named', async () => {
  const ada = await person();
  // CP949 for "가나다라 " and a syllable that EUC-KR lacks.
  const line = Uint8Array.of(0xb0, 0xa1, 0xb3, 0xaa, 0xb4, 0xd9, 0xb6, 0xf3, 0x20, 0x8c, 0x63, 0x0a);
  const korean = Uint8Array.from({ length: 500 * line.length }, (_, i) => line[i % line.length] as number);
  await drop(ada, { '10.txt': new TextEncoder().encode('The end.\n'.repeat(300)), '9.txt': korean });
  const first = dialog(ada).getByRole('region', { name: 'The first lines' });
  await until('it is read', async () => ((await first.textContent()) ?? '').startsWith('가나다라 똠\n'));
  await dialog(ada).getByText('2 texts in the order of their names').waitFor();
  expect(await barriers(ada)).toEqual([]);
  const encoding = dialog(ada).getByRole('combobox', { name: 'Read as' });
  await encoding.selectOption('Chinese, simplified (GB 18030, GBK)');
  await until('it is read anew', async () => !((await first.textContent()) ?? '가').includes('가'));
  await encoding.selectOption('Korean (CP949, EUC-KR)');
  await until('and back', async () => ((await first.textContent()) ?? '').startsWith('가나다라 똠\n'));
  await button(ada, 'Add to the playground').click();
  await button(ada, 'Learn from it with Character RNN').click();
  await dialog(ada).getByText('Character RNN learns from it with the next run').waitFor();
  expect(await dialog(ada).getByRole('listitem').filter({ hasText: 'files.zip' }).count()).toBe(1);
  await button(ada, 'Close').click();
  await setField(ada, 'Window length', 400);
  await ada.getByText('Set Window length to 309 or less, or Validation share to 7 % or more.').waitFor();
});
