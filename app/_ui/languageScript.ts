import { languageIds, usualLanguage } from '@/lib/text/languages';

/** Where the choice is kept in the browser. */
export const LANGUAGE_KEY = 'colatent:language';

/**
 * Runs in the page's head before the first paint: names the language, and hides the page (globals.css, for a second at
 * most) until its texts are there, so that no wrong ones flash. It chooses as `chooseLanguage` does.
 */
export const languageScript = `(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('${LANGUAGE_KEY}');
  } catch {} // storage is blocked
  const tags = kept === null ? (navigator.languages ?? [navigator.language]) : [kept];
  const spoken = ${JSON.stringify(languageIds)};
  const id = tags.map((tag) => tag.split('-')[0].toLowerCase()).find((tag) => spoken.includes(tag));
  if (id === undefined || id === '${usualLanguage}') return;
  document.documentElement.lang = id;
  document.documentElement.dataset.waiting = '';
})()`;
