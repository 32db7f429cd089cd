import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { eventually } from '../support/eventually';
import { barriers, button, connected, enter, press, stepOf } from '../support/playground';
import { shareWorld } from '../support/world';

/** Compressed bytes of document and scripts that a first visit may transfer, headers and all, without three.js. */
const budgets = { 'the first page': 170_000, 'a playground': 256_000 } as const;

const { server, browser } = await shareWorld();

const newLink = async () => `${server.url}/p/${await server.createPlayground()}`;

async function trainABit(page: Page): Promise<void> {
  await press(page, 'Train');
  await eventually(() => stepOf(page)).toBeGreaterThan(50);
}

test.each(['light', 'dark'] as const)(
  'nothing blocks people with assistive technology in the %s theme',
  async (colorScheme) => {
    const home = await visit(browser, { colorScheme });
    await home.page.goto(server.url);
    expect(await barriers(home.page)).toEqual([]);
    const { page, complaints } = await enter(browser, await newLink(), { colorScheme });
    expect(await barriers(page)).toEqual([]);
    await trainABit(page);
    expect(await barriers(page)).toEqual([]);
    await button(page, 'Share').click();
    await page.getByRole('dialog').waitFor();
    expect(await barriers(page)).toEqual([]);
    for (const each of [home.page, page]) await each.context().close();
    expect([...home.complaints, ...complaints]).toEqual([]);
  },
);

test.each(['/', '/new?preset=none', '/p/none', '/p/one'])(
  'a script that gets into %s does not run, the page’s own do',
  async (path) => {
    const { page, complaints } = await visit(browser);
    await page.goto(path === '/p/one' ? await newLink() : server.url + path);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    const refused = await page.evaluate(async () => {
      const seen: string[] = [];
      addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      const image = document.createElement('img');
      image.setAttribute('onerror', 'document.title = "taken"');
      document.body.append(script, image);
      image.src = 'data:image/png,none';
      await new Promise((done) => image.addEventListener('error', done));
      return seen;
    });
    expect(refused.sort()).toEqual(['script-src-attr', 'script-src-elem']);
    expect(await page.title()).not.toBe('taken');
    await page.context().close();
    // Nothing but what was brought in here, and the answer of a link that opens nothing.
    expect(complaints.filter((each) => !/Content Security Policy|status of 404/.test(each))).toEqual([]);
  },
);

test('the home page has one button, and its playground cannot be guessed', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(server.url);
  expect(await page.getByRole('button', { name: 'New playground' }).count()).toBe(1);
  const links = new Set<string>();
  for (let i = 0; i < 3; i++) {
    await page.goto(server.url);
    await button(page, 'New playground').click();
    await page.waitForURL(/\/p\/[A-Za-z0-9_-]{22}$/);
    links.add(page.url());
    await connected(page);
  }
  expect(links.size).toBe(3);
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('Share shows the link and its QR code, and copies it', async () => {
  const link = await newLink();
  const { page, complaints } = await enter(browser, link, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('textbox', { name: 'Link' }).inputValue()).toBe(link);
  await dialog.getByRole('img', { name: /QR/ }).waitFor();
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('a phone shows the stage, and the transport stays in reach', async () => {
  const { page, complaints } = await enter(browser, await newLink(), {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await trainABit(page);
  const box = await button(page, 'Stop').boundingBox();
  expect(box?.y).toBeGreaterThan(844 * 0.75);
  expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const tabs = page.getByRole('navigation', { name: 'Panels' });
  for (const tab of ['Time', 'People', 'Recipe']) await tabs.getByRole('button', { name: tab }).click();
  await page.getByRole('spinbutton', { name: 'Learning rate' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
  expect(complaints).toEqual([]);
});

test.each(Object.entries(budgets))(
  'the first load of %s transfers little; three.js loads on its own',
  async (name, budget) => {
    const { page, complaints } = await visit(browser);
    // What the page loads ahead in idle moments keeps nobody waiting.
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const arrived = new Map<string, { url: string; bytes: number }>();
    session.on('Network.responseReceived', ({ requestId, response, type }) => {
      if (type === 'Script' || type === 'Document') arrived.set(requestId, { url: response.url, bytes: 0 });
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const what = arrived.get(requestId);
      if (what) what.bytes = encodedDataLength;
    });
    const isPlayground = name === 'a playground';
    await page.goto(isPlayground ? await newLink() : server.url, { waitUntil: 'networkidle' });
    if (isPlayground) await connected(page);
    const sum = { three: 0, others: 0 };
    for (const { url, bytes } of arrived.values()) {
      const source = await (await fetch(url)).text();
      sum[source.includes('WebGLRenderer') ? 'three' : 'others'] += bytes;
    }
    console.log(`${sum.others} bytes of document and scripts in the first load of ${name}`);
    expect(sum.three).toBe(0);
    expect(sum.others).toBeGreaterThan(50_000);
    expect(sum.others).toBeLessThanOrEqual(budget);
    await page.context().close();
    expect(complaints).toEqual([]);
  },
);

test('a playground opens its line to the server before its scripts have come, and keeps to it', async () => {
  const { page, complaints } = await visit(browser);
  let lines = 0;
  page.on('websocket', () => {
    lines += 1;
  });
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(await newLink(), { waitUntil: 'commit' });
  await eventually(() => lines).toBe(1);
  release();
  await connected(page);
  expect(lines).toBe(1);
  await page.context().close();
  expect(complaints).toEqual([]);
});
