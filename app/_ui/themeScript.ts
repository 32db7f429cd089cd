/** Where the choice is kept in the browser; also the name of the event that tells of a new one. */
export const THEME_KEY = 'colatent:theme';

/** Runs in the page's head before the first paint, so that no wrong colours flash. */
export const themeScript = `(() => {
  const apply = () => {
    const kept = localStorage.getItem('${THEME_KEY}');
    const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  apply();
  addEventListener('storage', apply);
  addEventListener('${THEME_KEY}', apply);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
})()`;
