import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds until a condition that doesn't come true fails its test; a busy machine needs some. */
export const patienceMs = 120_000;

/** @throws Error naming `what` if `condition` stays false for that long. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs} ms in vain for: ${what}`);
    await sleep(20);
  }
}
