import type { Page } from 'playwright';
import { boxFaults, resize, settle, windows } from './boxes';

type Language = 'en' | 'ko';
export const languages: readonly Language[] = ['en', 'ko'];
/** What is pressed to come to a language. */
const switches: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

/** The least share of a window that the stage has, panels open as they are at first. */
const STAGE_SHARE = 0.28;
/** The least height of a curve, CSS pixels. */
const CURVE = 96;
/** The least share of the large view's height that the result of Try it has where the window is wide. */
const HERO_SHARE = 0.4;

export async function speak(page: Page, language: Language): Promise<void> {
  if ((await page.evaluate(() => document.documentElement.lang.slice(0, 2))) !== language)
    await page.getByRole('button', { name: switches[language], exact: true }).click();
  await page.waitForFunction((wanted) => document.documentElement.lang.startsWith(wanted), language);
  await settle(page);
}

/** Shares and sizes that the page promises, as it stands. */
function sizeFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ STAGE_SHARE, CURVE, HERO_SHARE }) => {
      const faults: string[] = [];
      const main = document.querySelector('main')?.getBoundingClientRect();
      const share = ((main?.width ?? 0) * (main?.height ?? 0)) / (innerWidth * innerHeight);
      if (share < STAGE_SHARE) faults.push(`The stage has ${Math.round(100 * share)} % of the window`);
      for (const curve of document.querySelectorAll('[data-anchor=time] canvas')) {
        const { height } = curve.getBoundingClientRect();
        if (curve.checkVisibility() && height < CURVE - 0.5) faults.push(`A curve of ${height} px`);
      }
      const large = document.querySelector('[data-large=try]');
      for (const picture of large?.querySelectorAll<HTMLCanvasElement>('figure canvas') ?? []) {
        const times = (picture.getBoundingClientRect().width * devicePixelRatio) / picture.width;
        if (Math.abs(times - Math.round(times)) > 0.02) faults.push(`A picture ${times} times as large`);
        const high = picture.getBoundingClientRect().height / (large?.getBoundingClientRect().height ?? 1);
        if (innerWidth >= 1280 && high < HERO_SHARE)
          faults.push(`A result of ${Math.round(100 * high)} % of its view's height`);
      }
      return faults;
    },
    { STAGE_SHARE, CURVE, HERO_SHARE },
  );
}

/** Opens each panel that isn't open by itself, and looks into it; leaves all as they were. */
async function panelFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const tab of await page.locator('nav[aria-label] > button[aria-pressed]').all()) {
    if (!(await tab.isVisible())) continue;
    const was = (await tab.getAttribute('aria-pressed')) === 'true';
    if (was) continue;
    await tab.click();
    await settle(page);
    faults.push(...(await boxFaults(page)), ...(await sizeFaults(page)).filter((each) => /curve/.test(each)));
  }
  const drawer = page.locator('header button[aria-expanded=false]:has(.rounded-full)');
  if (await drawer.isVisible()) {
    await drawer.click();
    await settle(page);
    faults.push(...(await boxFaults(page, 'aside:last-of-type')));
    await page.locator('header button[aria-expanded=true]:has(.rounded-full)').click();
  }
  return faults;
}

/** Every window with the view that is large now. @param hasPanels whether folded panels are opened too. */
export async function faultsInWindows(page: Page, what: string, hasPanels = false): Promise<string[]> {
  const faults: string[] = [];
  for (const window of windows) {
    await resize(page, window);
    const found = [...(await boxFaults(page)), ...(await sizeFaults(page))];
    if (hasPanels) found.push(...(await panelFaults(page)));
    faults.push(...found.map((each) => `${what}, ${window.join(' x ')}: ${each}`));
  }
  await resize(page, [1440, 900]);
  return faults;
}

/** Makes each view large in its turn, and leaves the first one so. */
export async function faultsInViews(page: Page, what: string): Promise<string[]> {
  const faults: string[] = [];
  const views = await page
    .locator('[data-view]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-view') ?? ''));
  for (const view of [...views.slice(1), ...views.slice(0, 1)]) {
    await page.locator(`li:has(> [data-view="${view}"]) > button`).click();
    await settle(page);
    faults.push(...(await faultsInWindows(page, `${what}, ${view}`)));
  }
  return faults;
}
