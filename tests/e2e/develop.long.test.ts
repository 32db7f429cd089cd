import { expect, test } from 'vitest';
import { visit } from '../support/browser';
import { connected, press, stepOf } from '../support/playground';
import { startServer } from '../support/server';
import { until } from '../support/until';
import { shareBrowser } from '../support/world';

const browser = await shareBrowser();

test('while one develops the pages, a preset opens, connects and trains, and Next tells of changes', async () => {
  // As `npm run dev` has it.
  const server = await startServer({ env: { NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' } });
  try {
    const { page, complaints } = await visit(browser);
    const sockets = new Set<string>();
    page.on('websocket', (socket) => sockets.add(new URL(socket.url()).pathname));
    await page.goto(`${server.url}/new?preset=autoencoder`);
    await page.waitForURL(/\/p\//);
    await connected(page);
    await press(page, 'Train');
    await until('it trains', async () => (await stepOf(page)) > 0);
    expect(sockets).toEqual(new Set(['/_next/hmr', '/socket.io/']));
    // Effects run twice: the first connection is given up before it is made.
    expect(complaints.filter((text) => !text.includes('closed before the connection'))).toEqual([]);
    await page.context().close();
  } finally {
    await server.close();
  }
});
