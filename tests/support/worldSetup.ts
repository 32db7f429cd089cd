import { chromium } from 'playwright';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './browser';
import { startServer } from './server';

/** Starts what tests of pages share, before the first of them; all of them may train at once. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer({ env: { COLATENT_MAX_RUNS: '16' } });
  const browser = await chromium.launchServer(await launchOptions());
  project.provide('world', { server: server.url, browser: browser.wsEndpoint() });
  return async () => {
    await browser.close();
    await server.close();
  };
}
