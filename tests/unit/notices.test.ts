import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Notices } from '@/app/_room/notices';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sentences = (notices: Notices) => notices.shown.get().map(({ sentence }) => sentence);
const offer = (about: string) => ({ label: 'Make my change now', act: () => {}, about }) as const;

test('a notice leaves by itself; what it offers stays until it is done, dismissed or has expired', () => {
  const notices = new Notices();
  notices.tell('You are offline');
  const id = notices.tell('The server is not heard', offer('epochs'));
  vi.advanceTimersByTime(3_600_000);
  expect(sentences(notices)).toEqual(['The server is not heard']);
  notices.expire(id);
  vi.advanceTimersByTime(10_000);
  expect(sentences(notices)).toEqual(['The server is not heard']);
  vi.advanceTimersByTime(60_000);
  expect(sentences(notices)).toEqual([]);
});

test('of two offers about one thing the newer one stays', () => {
  const notices = new Notices();
  notices.tell('You are offline', offer('epochs'));
  notices.tell('You are offline', offer('batchSize'));
  const newer = notices.tell('The server is not heard', offer('epochs'));
  expect(sentences(notices)).toEqual(['You are offline', 'The server is not heard']);
  notices.dismiss(newer);
  expect(sentences(notices)).toEqual(['You are offline']);
});
