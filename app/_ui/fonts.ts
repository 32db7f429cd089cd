import type { Script } from '@/lib/text/languages';

/** Milliseconds after a page has loaded at which fonts that it can be used without are fetched. */
const LATER_MS = 5000;

/**
 * Some 120 faces, in a style sheet of 15 kB. Nothing that the server draws may import this file, or Next puts that style
 * sheet into every page's head.
 */
const fonts: Readonly<Record<Script, () => Promise<unknown>>> = {
  // The page's own typeface.
  latin: async () => null,
  korean: () => import('./koreanFont'),
};

/** What a script is drawn with. */
export const loadFont = (script: Script): Promise<unknown> => fonts[script]();

if (typeof document !== 'undefined')
  addEventListener('load', () =>
    setTimeout(() => {
      delete document.documentElement.dataset.slow;
      // Names and titles are in any language.
      loadFont('korean').catch(() => null);
    }, LATER_MS),
  );
