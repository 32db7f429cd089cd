/** Milliseconds after which a task that waits for a quiet moment runs all the same. */
const PATIENCE_MS = 1500;

/**
 * Runs `task` when the page has nothing more urgent to do.
 * @returns the function that calls it off.
 */
export function whenIdle(task: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(task, PATIENCE_MS / 3);
    return () => clearTimeout(timer);
  }
  const request = window.requestIdleCallback(task, { timeout: PATIENCE_MS });
  return () => window.cancelIdleCallback(request);
}
