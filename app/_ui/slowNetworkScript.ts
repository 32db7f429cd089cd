/**
 * Runs in the page's head before the first paint: on a slow network the system's own font stands in (globals.css), so that
 * fonts don't hold up what one can use.
 */
export const slowNetworkScript = `(() => {
  const { effectiveType = '4g', saveData = false } = navigator.connection ?? {};
  if (saveData || effectiveType !== '4g') document.documentElement.dataset.slow = '';
})()`;
