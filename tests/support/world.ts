import { type Browser, chromium } from 'playwright';
import { afterAll, afterEach, inject } from 'vitest';
import { allowedCommands } from '@/lib/runs/status';
import { takeVisited } from './browser';
import { RoomClient } from './client';
import { createPlayground, type TestServer } from './server';
import { until } from './until';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the server and of the browser that `worldSetup.ts` has started. */
    world: { readonly server: string; readonly browser: string };
  }
}

/** What all tests of pages share, since starting it takes seconds. */
interface World {
  readonly server: Pick<TestServer, 'url' | 'createPlayground'>;
  readonly browser: Browser;
}

/** Their browser; the windows that a test has opened are closed after it. */
export async function shareBrowser(): Promise<Browser> {
  const browser = await chromium.connect(inject('world').browser);
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser.close());
  return browser;
}

/** Their server and browser; what a test has left training is stopped after it. */
export async function shareWorld(): Promise<World> {
  const { server: url } = inject('world');
  afterEach(async () => {
    const seen = [...takeVisited()].filter((address) => address.startsWith(url));
    const ids = new Set(seen.flatMap((address) => /\/p\/([\w-]{22})/.exec(address)?.[1] ?? []));
    await Promise.all([...ids].map((id) => stopTraining(url, id)));
  });
  return { server: { url, createPlayground: () => createPlayground(url) }, browser: await shareBrowser() };
}

async function stopTraining(url: string, id: string): Promise<void> {
  const client = await RoomClient.join(url, id, 'After the test').catch(() => null);
  // A link that leads nowhere.
  if (!client) return;
  const isStopped = () => !allowedCommands(client.state).includes('stop');
  // It may end by itself meanwhile.
  if (!isStopped()) await client.command('stop').catch(() => undefined);
  await until('the run is stopped', isStopped);
  client.close();
}
