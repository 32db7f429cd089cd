/** Where the choice is kept in the browser. */
export const LANGUAGE_KEY = 'colatent:language';

/**
 * Runs in the page's head before the first paint: names the language, and hides the page (globals.css, for a second at
 * most) until its texts are there, so that no wrong ones flash.
 */
export const languageScript = `(() => {
  const { dataset } = document.documentElement;
  const kept = localStorage.getItem('${LANGUAGE_KEY}') ?? navigator.language;
  if (!kept.startsWith('ko')) return;
  document.documentElement.lang = 'ko';
  dataset.waiting = '';
})()`;
