import { expect } from 'vitest';
import { patienceMs } from './until';

/** Polls `read` until it passes a Vitest assertion, e.g. `await eventually(() => read()).toBe(3)`. */
export const eventually = <T>(read: () => T | Promise<T>) =>
  expect.poll(read, { timeout: patienceMs, interval: 100 });
