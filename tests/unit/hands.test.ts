import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchHands } from '@/app/_ui/hands';

let listeners = new Map<string, () => void>();

beforeEach(() => {
  listeners = new Map();
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener));
  vi.stubGlobal('removeEventListener', (type: string) => listeners.delete(type));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('without a hand they rest after 30 s, and are told once', () => {
  const changed = vi.fn();
  const hands = watchHands(changed);
  vi.advanceTimersByTime(29_900);
  expect(hands.areResting).toBe(false);
  vi.advanceTimersByTime(200);
  expect(hands.areResting).toBe(true);
  vi.advanceTimersByTime(300_000);
  expect(changed).toHaveBeenCalledTimes(1);
  hands.stop();
});

test('pointer, key or somebody elsewhere puts the rest off, and ends it', () => {
  const changed = vi.fn();
  const hands = watchHands(changed);
  vi.advanceTimersByTime(20_000);
  listeners.get('pointermove')?.();
  vi.advanceTimersByTime(20_000);
  listeners.get('keydown')?.();
  vi.advanceTimersByTime(29_900);
  expect(changed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(hands.areResting).toBe(true);
  hands.stir();
  expect(hands.areResting).toBe(false);
  expect(changed).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(30_100);
  expect(hands.areResting).toBe(true);
  hands.stop();
});

test('once stopped, no timer and no listener is left', () => {
  const hands = watchHands(() => {});
  hands.stop();
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners.size).toBe(0);
});
