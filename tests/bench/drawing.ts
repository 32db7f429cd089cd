import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';
import { launchBrowser } from '../support/browser';
import { button, enter, offered, picture, press, setField, stepOf } from '../support/playground';
import { recordCloud } from '../support/recording';
import { startServer } from '../support/server';
import { until } from '../support/until';
import { report, round } from './report';

/** What is drawn: as many points and moments as there may be at most. */
const points = 10_000;
const moments = 500;
/** Milliseconds that each motion is measured, after a while in which it settles. */
const measuredMs = 4000;
const settlingMs = 1000;
/** Milliseconds of scripts that a frame may take at 60 frames a second. */
const mostScriptMs = 16;

/** Shapes of what the page keeps for the measurement. */
interface Counters {
  frames: number;
  /** Draw calls are left out, so that scripts never wait for the rasterizer. */
  isBare: boolean;
}

/** Counts drawn frames, and lets draw calls be left out. */
async function instrument(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counters: Counters = { frames: 0, isBare: false };
    Object.assign(window, { counters });
    const draw = WebGL2RenderingContext.prototype.drawElements;
    WebGL2RenderingContext.prototype.drawElements = function (...all) {
      counters.frames += 1;
      if (!counters.isBare) draw.apply(this, all);
    };
  });
}

const counters = (page: Page) => page.evaluate((): Counters => Reflect.get(window, 'counters'));

async function seconds(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}

interface Reached {
  readonly framesPerSecond: number;
  readonly scriptMs: number;
}

async function watched(page: Page, session: CDPSession, isBare: boolean): Promise<Reached> {
  await page.evaluate((bare) => Object.assign(Reflect.get(window, 'counters'), { isBare: bare }), isBare);
  await sleep(settlingMs);
  const [before, script, at] = [
    await counters(page),
    await seconds(session, 'ScriptDuration'),
    performance.now(),
  ];
  await sleep(measuredMs);
  const frames = (await counters(page)).frames - before.frames;
  const scriptMs = 1000 * ((await seconds(session, 'ScriptDuration')) - script);
  return {
    framesPerSecond: round((1000 * frames) / (performance.now() - at), 1),
    scriptMs: round(scriptMs / frames, 2),
  };
}

/** Both ways: with draw calls for the frames a second, without for the scripts' own time. */
async function measure(page: Page, session: CDPSession, motion: string): Promise<void> {
  const drawn = await watched(page, session, false);
  const bare = await watched(page, session, true);
  report({
    bench: 'drawing',
    motion,
    points,
    ...(motion === 'scrubbing' && { moments }),
    scriptMs: bare.scriptMs,
    limit: mostScriptMs,
    ok: bare.scriptMs <= mostScriptMs,
    framesPerSecondWithoutRaster: bare.framesPerSecond,
    framesPerSecond: drawn.framesPerSecond,
    scriptMsWithRaster: drawn.scriptMs,
  });
}

const moment = (page: Page) => page.getByRole('slider', { name: 'Moment' });

/** Goes on by one moment a frame, to and fro, until told to stop. */
async function scrub(page: Page): Promise<void> {
  await moment(page).evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) throw new Error('The moment is no slider');
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    let place = 0;
    let way = 1;
    const move = () => {
      if (Reflect.get(window, 'isAtRest')) return;
      if (place <= 0) way = 1;
      else if (place >= Number(input.max) - 2) way = -1;
      place += way;
      write?.call(input, String(place));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  });
}

/** Waits until every moment of the run's past is on the page. */
async function fetchAll(page: Page): Promise<void> {
  const last = Number(await moment(page).getAttribute('max')) - 1;
  for (let place = 0; place < last; place += 50) {
    await moment(page).fill(String(place));
    await page.waitForLoadState('networkidle');
  }
  await until('the cloud has many points', async () => (await described(page)).includes(`${points} points`));
}

const described = async (page: Page) =>
  (await picture(page, 'Latent space').getAttribute('aria-description'))?.replaceAll(',', '') ?? '';

const server = await startServer({ env: { COLATENT_EXECUTOR: 'onnx-cpu' } });
const browser = await launchBrowser();
const context = { reducedMotion: 'no-preference' } as const;
const url = `${server.url}/p/${await server.createPlayground()}`;
const { page: host } = await enter(browser, url);
await setField(host, 'Epochs', 1000);
await press(host, 'Train');
await until('a long past', async () => (await stepOf(host)) > 2 * moments);
await press(host, 'Pause');
await offered(host, 'Resume');
const steps = await stepOf(host);
await host.context().close();

const blank = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...context });
const page = await blank.newPage();
await instrument(page);
await recordCloud(page, steps, { points, moments, channels: ['loss'] });
await page.goto(url);
const session = await blank.newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
await offered(page, 'Resume');
await button(page, 'Enlarge Latent space').click();
await moment(page).focus();
await fetchAll(page);
await measure(page, session, 'orbiting');
await button(page, 'Turn').click();
await moment(page).fill('0');
await button(page, 'Play what the run has shown').click();
await measure(page, session, 'gliding');
await button(page, 'Hold the playback').click();
await scrub(page);
await measure(page, session, 'scrubbing');
await browser.close();
await server.close();
