/** Where the choice is kept in the browser; also the name of the event that tells of a new one, as its detail. */
export const THEME_KEY = 'colatent:theme';

/** Runs in the page's head before the first paint, so that no wrong colours flash. */
export const themeScript = `(() => {
  const read = () => {
    try {
      return localStorage.getItem('${THEME_KEY}');
    } catch {
      return null; // storage is blocked
    }
  };
  let chosen = read();
  const apply = () => {
    const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  apply();
  addEventListener('storage', () => {
    chosen = read();
    apply();
  });
  addEventListener('${THEME_KEY}', ({ detail }) => {
    chosen = detail;
    apply();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
})()`;
