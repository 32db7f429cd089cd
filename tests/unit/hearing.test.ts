import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Hearing } from '@/app/_room/hearing';
import { limits } from '@/lib/protocol/limits';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function started(): { hearing: Hearing; said: boolean[] } {
  const hearing = new Hearing(limits.silentMs);
  const said: boolean[] = [];
  hearing.isSilent.subscribe(() => said.push(hearing.isSilent.get()));
  hearing.start();
  return { hearing, said };
}

test('two pings that are missed are silence, one that comes ends it', () => {
  const { hearing, said } = started();
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(limits.pingMs);
    hearing.heard();
  }
  expect(said).toEqual([]);
  vi.advanceTimersByTime(limits.silentMs);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(500);
  expect(said).toEqual([true]);
  expect(hearing.heardAt).toBe(5 * limits.pingMs);
  hearing.heard();
  expect(said).toEqual([true, false]);
  hearing.stop();
});

test('a page that was busy or asleep first takes in what has come meanwhile', () => {
  const { hearing, said } = started();
  vi.setSystemTime(60_000);
  vi.advanceTimersByTime(500);
  expect(said).toEqual([]);
  hearing.heard();
  vi.advanceTimersByTime(limits.silentMs);
  expect(said).toEqual([]);
  vi.setSystemTime(120_000);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([true]);
  hearing.stop();
});

test('once stopped, it says nothing more and leaves no timer', () => {
  const { hearing, said } = started();
  hearing.stop();
  vi.advanceTimersByTime(10 * limits.silentMs);
  expect(said).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
