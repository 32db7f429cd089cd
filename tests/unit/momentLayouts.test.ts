import { expect, test } from 'vitest';
import { firstLayoutOf, layoutOf } from '@/app/_view/momentPainter';
import { viewsOf } from '@/app/p/[id]/viewsOf';
import { modelIds } from '@/lib/catalog/models';

test('films and comparisons show of each model what its first view shows', () => {
  for (const model of modelIds) expect(layoutOf(viewsOf(model)[0]?.id ?? '')).toBe(firstLayoutOf(model));
});
