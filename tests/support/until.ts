import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds until a condition that doesn't come true fails its test; a busy machine needs some. */
export const patienceMs = 120_000;

/** Asking takes time from what is waited for: the longer it takes, the more seldom. Milliseconds. */
const [OFTEN, SELDOM] = [10, 250];

/** @throws Error naming `what` if `condition` stays false for that long. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const begin = Date.now();
  while (!(await condition())) {
    const waited = Date.now() - begin;
    if (waited > patienceMs) throw new Error(`Waited ${patienceMs} ms in vain for: ${what}`);
    await sleep(Math.min(SELDOM, Math.max(OFTEN, waited / 10)));
  }
}
