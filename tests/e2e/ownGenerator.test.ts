import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import {
  BOOL,
  cast,
  described,
  emptyWeight,
  FLOAT,
  generator,
  INT64,
  input,
  int64s,
  node,
  outside,
  weight,
} from '../support/onnxModels';
import { barriers, enter } from '../support/playground';
import { until } from '../support/until';
import { shareWorld } from '../support/world';

const { server, browser } = await shareWorld();

/** Grey of 24 x 40 pixels in a row; the class, a strength, a switch and the second file's weight lighten or darken it: the page draws grey as ink. */
const drawing = generator({
  shape: [24 * 40],
  latents: ['N', 4, 1, 1],
  extra: [
    input('label', INT64, ['N']),
    input('truncation', FLOAT, []),
    input('invert', BOOL, []),
    weight('table', [3, 1], Float32Array.of(-12, 0, 12)),
    weight('one', [], Float32Array.of(1)),
    weight('minus_two', [], Float32Array.of(-2)),
    emptyWeight('base', [1, 1], ...outside({ location: 'faces.onnx.data', offset: '4', length: '4' })),
    int64s('column', -1, 1),
    node('Gather', ['table', 'label'], ['level']),
    node('Mul', ['level', 'truncation'], ['scaled_level']),
    cast('invert', 'number', FLOAT),
    node('Mul', ['number', 'minus_two'], ['twice']),
    node('Add', ['twice', 'one'], ['sign']),
    node('Mul', ['scaled_level', 'sign'], ['signed']),
    node('Add', ['signed', 'base'], ['shift']),
  ],
  added: 'shift',
});
const model = described(drawing, { names: "{0: 'noon', 1: 'dusk', 2: 'night'}" });
const files = {
  model: { name: 'faces.onnx', mimeType: '', buffer: Buffer.from(model) },
  weights: { name: 'faces.onnx.data', mimeType: '', buffer: Buffer.from(Float32Array.of(9, 0).buffer) },
};

/** How light the picture between the two ends is, 0 to 255. */
const lightness = (page: Page) =>
  page
    .getByRole('img', { name: 'Between the two' })
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      // A copy: the page's own canvas is made to be drawn to, not read.
      const copy = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += data[i] as number;
      return (4 * sum) / data.length;
    });

test('a generator in two files is brought, and its class, number and switch are chosen for all', async () => {
  const link = `${server.url}/p/${await server.createPlayground()}`;
  const ada = await enter(browser, link);
  const ben = await enter(browser, link);
  const { page } = ada;
  await page.getByRole('button', { name: 'Files' }).click();
  const dialog = page.getByRole('dialog');
  const picker = page.getByLabel('Generator file');
  await picker.setInputFiles([files.model]);
  await until('what is missing', () => dialog.getByText('Its weights lie in faces.onnx.data').isVisible());
  await picker.setInputFiles([files.weights, files.model]);
  await until('it is here, with its size', () =>
    dialog.getByText(/4 numbers to \d+ . \d+ pixels, 20 kB/).isVisible(),
  );
  const ways = dialog.getByLabel('Read its pictures as');
  await ways.selectOption({ label: '24 x 40, grey' });
  await until('read as it was chosen', () => dialog.getByText(/4 numbers to 24 . 40 pixels/).isVisible());
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const both = (what: string, isSo: (level: number) => boolean) =>
    until(what, async () => isSo(await lightness(page)) && isSo(await lightness(ben.page)));
  await both('both are light', (level) => level > 200);
  await ben.page.getByLabel('Class', { exact: true }).selectOption('night');
  await both('both are dark', (level) => level < 100);
  expect(await page.getByLabel('Class', { exact: true }).inputValue()).toBe('2');
  await page.getByLabel('invert').check();
  await both('both are light again', (level) => level > 200);
  expect(await ben.page.getByLabel('invert').isChecked()).toBe(true);
  await ben.page.getByLabel('Truncation').fill('0');
  await both('both are as without a class', (level) => level < 100);
  expect(await barriers(page)).toEqual([]);
  expect([...ada.complaints, ...ben.complaints]).toEqual([]);
});
