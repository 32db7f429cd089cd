import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright';
import { findChromium } from './chromium.mjs';
import { patienceMs } from './until';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // WebGL without a GPU. All else is drawn without it: a GPU in software takes six times as long for that.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-rasterization',
  '--disable-gpu-compositing',
];

/** A browser window of somebody of their own: cookies and storage are shared with nobody. */
export interface Visitor {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors; a test ends with this empty. */
  readonly complaints: string[];
}

/** Which browser to launch, and how. @throws Error if there is none. */
export async function launchOptions(): Promise<LaunchOptions> {
  const executablePath = await findChromium();
  if (!executablePath)
    throw new Error('No Chromium or Chrome found: install one, or run `npx playwright install chromium`');
  return { executablePath, args: flags };
}

/** A browser of one's own, where the shared one (`world.ts`) won't do. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch(await launchOptions());

/** Addresses that pages of this process have gone to. */
const visited = new Set<string>();

/** Those since it was asked last. */
export function takeVisited(): Set<string> {
  const taken = new Set(visited);
  visited.clear();
  return taken;
}

/** WebGL in software prints its own performance remarks; they are the browser's, not the page's. */
const isDriverRemark = (text: string) => /GL Driver Message|software WebGL|GPU stall/i.test(text);

/** Opens a page in a context of its own; it closes with the browser or by `page.context().close()`. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // A cloud that turns for ever in a software GPU would take the processor from everything else.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('framenavigated', (frame) => visited.add(frame.url()));
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const loud = message.type() === 'error' || message.type() === 'warning';
    if (loud && !isDriverRemark(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  return { page, complaints };
}
