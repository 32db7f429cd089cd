import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '@/lib/text/cut';

test('a text is cut between two characters as people see them', () => {
  const family = '👨‍👩‍👧';
  expect(cutText(`ab${family}`, 5)).toBe('ab');
  expect(cutText('강아지', 2)).toBe('강아');
  expect(cutText('e\u0301e\u0301', 3)).toBe('e\u0301');
  expect(cutText('short', 32)).toBe('short');
  expect(cutText(family, 3)).toBe('');
});

test('what is cut is a beginning, no longer than allowed, and as long as can be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const cut = cutText(text, most);
      expect(text.startsWith(cut) && cut.length <= most).toBe(true);
      const [next] = new Intl.Segmenter().segment(text.slice(cut.length));
      if (next) expect(cut.length + next.segment.length).toBeGreaterThan(most);
    }),
    { seed: 20260327 },
  );
});
