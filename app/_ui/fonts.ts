/** Milliseconds after a page has loaded at which fonts that it can be used without are fetched. */
const LATER_MS = 5000;

/**
 * Runs in the page's head before the first paint: on a slow network the system's own font stands in (globals.css), so that
 * fonts don't hold up what one can use.
 */
export const slowNetworkScript = `(() => {
  const { effectiveType = '4g', saveData = false } = navigator.connection ?? {};
  if (saveData || effectiveType !== '4g') document.documentElement.dataset.slow = '';
})()`;

/** Some 120 faces, whose style sheet alone is as large as a page's code. */
export const loadKoreanFont = (): Promise<unknown> => import('./koreanFont');

if (typeof document !== 'undefined')
  addEventListener('load', () =>
    setTimeout(() => {
      delete document.documentElement.dataset.slow;
      // Names and titles are in any language.
      loadKoreanFont().catch(() => null);
    }, LATER_MS),
  );
