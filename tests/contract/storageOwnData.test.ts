import { expect } from 'vitest';
import type { OwnData } from '@/lib/protocol/ownData';
import { blobOf } from '@/server/storage/storage';
import { storageImplementations, withStorage } from '../support/storage';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

for (const [name, open] of Object.entries(storageImplementations)) {
  const it = withStorage(open);

  it(`${name}: own data sets come back in the order in which they came, and take their files along`, async ({
    fixture,
  }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.create('b', bytes(0));
    const preview = blobOf(bytes(9));
    const data = (content: ReturnType<typeof blobOf>, called: string): OwnData => {
      const id = `own:text-10-12-${content.hash}` as const;
      return { kind: 'text', id, name: called, size: 1, preview: preview.hash, characters: 1, lines: 1 };
    };
    const [first, second] = [blobOf(bytes(1)), blobOf(bytes(2))];
    await fixture.storage.addOwnData('a', data(first, 'first'), [first, preview]);
    await fixture.storage.addOwnData('a', data(second, 'second'), [second, preview]);
    await fixture.storage.addOwnData('b', data(first, 'again'), [first, preview]);
    await fixture.reopen();
    const names = async (playground: string) =>
      (await fixture.storage.load(playground, 0))?.ownData.map((each) => each.name);
    expect(await names('a')).toEqual(['first', 'second']);
    await fixture.storage.removeOwnData('a', data(first, '').id);
    await fixture.storage.removeOwnData('a', data(second, '').id);
    expect(await names('a')).toEqual([]);
    expect((await fixture.blobFiles()).sort()).toEqual([first.hash, preview.hash].sort());
    await fixture.storage.removeOwnData('b', data(first, '').id);
    expect(await fixture.blobFiles()).toEqual([]);
  });
}
