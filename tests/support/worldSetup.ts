import { chromium } from 'playwright';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './browser';
import { startServer } from './server';

/** Two thirds of the time training rests: pages, not training, are what these tests are about. */
const IN_NO_HURRY = '{"slowdown":3}';

/** Starts what tests of pages share, before the first of them; all of them may train at once. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const machine = process.env.COLATENT_TEST_MACHINE ?? IN_NO_HURRY;
  const server = await startServer({ env: { COLATENT_MAX_RUNS: '16', COLATENT_TEST_MACHINE: machine } });
  const browser = await chromium.launchServer(await launchOptions());
  project.provide('world', { server: server.url, browser: browser.wsEndpoint() });
  return async () => {
    await browser.close();
    await server.close();
  };
}
