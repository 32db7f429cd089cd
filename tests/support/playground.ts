import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Download, Locator, Page } from 'playwright';
import sharp from 'sharp';
import { type Visitor, visit } from './browser';
import { until } from './until';

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name });
/** A number's field, by its label in the catalog. */
export const field = (page: Page, label: string): Locator => page.getByRole('spinbutton', { name: label });
export const picture = (page: Page, name: 'Loss' | 'Reconstructions' | 'Latent space'): Locator =>
  page.getByRole('img', { name });
const connection = (page: Page): Locator => page.getByRole('status', { name: /^(Connection|연결)$/ });

export async function connected(page: Page): Promise<void> {
  await until('the page is connected', async () => {
    const text = await connection(page).textContent();
    return /Connected|연결됨/.test(text ?? '');
  });
}

/** Opens a playground's link as a new person and waits until it is live. */
export async function enter(
  browser: Browser,
  url: string,
  options?: BrowserContextOptions,
): Promise<Visitor> {
  const visitor = await visit(browser, options);
  await visitor.page.goto(url);
  await connected(visitor.page);
  return visitor;
}

/** Types a number into a control, as a person would. */
export async function setField(page: Page, label: string, value: number): Promise<void> {
  await field(page, label).fill(String(value));
}

export async function fieldValue(page: Page, label: string): Promise<number> {
  return Number((await field(page, label).inputValue()).replaceAll(',', ''));
}

/** By its whole name: Step isn't Step one network. */
const exactButton = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Waits until the playground's run offers `name`, e.g. Pause while it trains, and is not waiting for an answer. */
export async function offered(page: Page, name: string): Promise<void> {
  await until(`the button ${name}`, () => exactButton(page, name).isEnabled());
}

export async function press(page: Page, name: string): Promise<void> {
  await offered(page, name);
  await exactButton(page, name).click();
}

/** What a page gives to be kept, from wherever the browser runs. */
export async function contentOf(download: Download): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
}

/** SHA-256 of a 2D canvas's pixels. */
export async function pixels(canvas: Locator): Promise<string> {
  const data = await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error(`Expected a canvas, got ${element.tagName}`);
    return element.toDataURL();
  });
  return createHash('sha256').update(data).digest('hex');
}

/** The same once they have been alike for a while: all that was to be drawn has been. */
export const settledPixels = (canvas: Locator): Promise<string> => settled(canvas, pixels, (a, b) => a === b);

/** A screenshot's pixels of what the element shows, for WebGL too, once they have been alike for a while. */
export const settledScreen = (element: Locator): Promise<Uint32Array> =>
  settled(
    element,
    async () => (await wordsOf(await element.screenshot())).data,
    (a, b) => apart(a, b) === 0,
  );

/** How many pixels of two screenshots look different; roundings of edges don't. */
export function apart(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  return a.filter((word, i) => {
    const other = bytesOf(b[i] ?? 0);
    return bytesOf(word).some((byte, channel) => Math.abs(byte - (other[channel] ?? 0)) > 16);
  }).length;
}

async function settled<T>(
  element: Locator,
  read: (element: Locator) => Promise<T>,
  isAlike: (a: T, b: T) => boolean,
): Promise<T> {
  let last = await read(element);
  let alike = 0;
  await until('the picture is drawn', async () => {
    await nextFrames(element.page());
    const now = await read(element);
    alike = isAlike(now, last) ? alike + 1 : 0;
    last = now;
    return alike === 3;
  });
  return last;
}

/** Two frames later: whatever was asked for before is drawn. */
export const nextFrames = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise((done) => requestAnimationFrame(done));
  });

/** Drawn by WebGL, whose pixels depend on the machine. */
const clouds = ['Latent space', 'What D sees', 'Latents z', 'Styles w', 'Hidden states'];

/** What the stage shows, a line each: 2D canvases by the SHA-256 of their pixels, and the texts that a run writes. */
export async function stageOf(page: Page): Promise<string> {
  const shown = await page.getByRole('main').evaluate((main, clouds) => {
    const labelOf = (each: Element) => each.getAttribute('aria-label') ?? '';
    const nameOf = (each: Element) => `${labelOf(each)}, ${each.getAttribute('data-step')}`;
    const canvases = [...main.querySelectorAll('canvas')].filter((each) => !clouds.includes(labelOf(each)));
    const dated = [...main.querySelectorAll('[data-step]')];
    return [
      ...canvases.map((each) => [nameOf(each), each.toDataURL()] as const),
      ...dated.map((each) => [nameOf(each), each.textContent ?? ''] as const),
    ];
  }, clouds);
  const hash = (content: string) => createHash('sha256').update(content).digest('hex');
  return shown.map(([name, content]) => `${name}: ${hash(content)}`).join('\n');
}

/** How many colours the element shows on screen: a picture has many, an empty box few. Works for WebGL too. */
export const colours = async (canvas: Locator): Promise<number> => coloursOf(await canvas.screenshot());

/** The same of its middle, where no legend lies over it. */
export async function coloursInside(canvas: Locator): Promise<number> {
  const { x, y, width, height } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const clip = { x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 };
  return coloursOf(await canvas.page().screenshot({ clip }));
}

const coloursOf = async (png: Buffer): Promise<number> => {
  const { data } = await wordsOf(png);
  return new Set(data).size;
};

/** A screenshot's pixels, row by row, a number each. */
async function wordsOf(png: Buffer): Promise<{ width: number; data: Uint32Array }> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, data: new Uint32Array(new Uint8Array(data).buffer) };
}

const bytesOf = (word: number) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255] as const;

/** How many pixels the element shows on screen whose colour is neither grey nor faint. */
export async function vivid(element: Locator): Promise<number> {
  const { data } = await wordsOf(await element.screenshot());
  return data.filter((word) => Math.max(...bytesOf(word)) - Math.min(...bytesOf(word)) > 80).length;
}

/** Of the columns of an element's middle half, the share in which something of about this colour is drawn. */
export async function columnsOf(element: Locator, color: `#${string}`): Promise<number> {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const { width, data } = await wordsOf(await element.screenshot());
  const isNear = (word: number) => bytesOf(word).every((byte, i) => Math.abs(byte - (wanted[i] ?? 0)) <= 24);
  const found = new Set<number>();
  data.forEach((word, i) => {
    const column = i % width;
    if (column >= width / 4 && column < (3 * width) / 4 && isNear(word)) found.add(column);
  });
  return found.size / (width / 2);
}

/** The page's accessibility faults that block people, as axe names them; colours in motion are let settle. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map((animation) => animation.finished));
  });
  const { violations } = await new AxeBuilder({ page })
    // In the page itself: there are no frames to go through from another one.
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** A figure of the progress bar, e.g. Step. */
export function figureOf(page: Page, label: string): Locator {
  const progress = page.getByRole('region', { name: 'Progress' });
  return progress.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd');
}

/** Completed training steps as the page shows them; 0 before the first. */
export async function stepOf(page: Page): Promise<number> {
  const text = (await figureOf(page, 'Step').textContent()) ?? '';
  return Number(/^[\d,]+/.exec(text.trim())?.[0].replaceAll(',', '') ?? 0);
}
export const activity = (page: Page): Locator => page.getByRole('log', { name: 'Activity' });
export const people = (page: Page): Locator => page.getByRole('region', { name: 'People' });

/** Starts a training that lasts far longer than a test, and waits for its first hundred steps. */
export async function trainLong(page: Page): Promise<void> {
  await setField(page, 'Epochs', 1000);
  await press(page, 'Train');
  await offered(page, 'Pause');
  await until('a hundred steps', async () => (await stepOf(page)) > 100);
}

export async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.keyboard.press('Enter');
}
