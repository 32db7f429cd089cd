import { expect, test } from 'vitest';
import { korean } from '@/lib/text/ko';
import { refusals } from '../support/refusals';

test('whatever people are refused with exists in Korean', () => {
  const found = refusals();
  expect(found.length).toBeGreaterThan(80);
  const missing = found.filter(({ text }) => !/[가-힣]/.test(korean.foreign(text)));
  expect(missing).toEqual([]);
});
