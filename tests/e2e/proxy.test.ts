import { test } from 'vitest';
import { visit } from '../support/browser';
import { button, connected } from '../support/playground';
import { openProxy } from '../support/proxy';
import { freePort, startServer } from '../support/server';
import { shareBrowser } from '../support/world';

const browser = await shareBrowser();

test('behind a proxy that changes Host the page says what is wrong, and what to set', async () => {
  const server = await startServer();
  const proxy = await openProxy(server.url);
  const { page } = await visit(browser);
  await page.goto(proxy.url);
  await button(page, 'New playground').click();
  await page.getByRole('alert').getByText(`COLATENT_ORIGIN=${proxy.url}`).waitFor();
  await page.goto(`${proxy.url}/p/${await server.createPlayground()}`);
  const wall = page.getByRole('alertdialog', { name: 'The server doesn’t know this address' });
  await wall.getByText(`COLATENT_ORIGIN=${proxy.url}`).waitFor();
  await page.context().close();
  await proxy.close();
  await server.close();
});

test('told of its address it works; what blocks WebSockets is named, and no longer once they pass', async () => {
  const port = await freePort();
  const proxy = await openProxy(`http://127.0.0.1:${port}`);
  const server = await startServer({ port, env: { COLATENT_ORIGIN: proxy.url } });
  const { page } = await visit(browser);
  proxy.upgrades = false;
  await page.goto(proxy.url);
  await button(page, 'New playground').click();
  const wall = page.getByRole('alertdialog', { name: 'Nothing live comes through' });
  await wall.waitFor();
  proxy.upgrades = true;
  await connected(page);
  await wall.waitFor({ state: 'hidden' });
  await page.context().close();
  await proxy.close();
  await server.close();
});
