import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { defaultValues, type Recipe, recipeSchema } from '@/lib/catalog/models';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { limits } from '@/lib/protocol/limits';
import type { LogEntry } from '@/lib/protocol/messages';
import { own } from '@/lib/text/sentence';
import { type Blob, blobOf, StorageError, type StoredRun } from '@/server/storage/storage';
import { storageImplementations, withStorage } from '../support/storage';

const recipe = recipeSchema.parse({
  model: 'autoencoder',
  dataset: 'glyphs',
  values: defaultValues('autoencoder'),
});

function storedRun(change: Partial<StoredRun> = {}): StoredRun {
  const frames = { history: null, images: null, points: null, text: null, subjects: null };
  const nothing = { live: null, assets: null, ...frames, checkpoint: null };
  return { spec: { id: 'run', recipe }, status: { state: 'queued', place: 1 }, ...nothing, ...change };
}

function entry(id: number, to: string): LogEntry {
  const what = { kind: 'changed', key: 'seed', label: 'Seed', from: 42, to: own(to) } as const;
  return { id, time: 1.5e12 + id, person: { name: 'Ada', color: 3 }, at: { run: 'run', step: 7 }, what };
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

for (const [name, open] of Object.entries(storageImplementations)) {
  const it = withStorage(open);

  it(`${name}: the secret is made once and stays`, async ({ fixture }) => {
    const secret = await fixture.storage.secret();
    expect(secret.length).toBe(32);
    expect(await fixture.storage.secret()).toEqual(secret);
    await fixture.reopen();
    expect(await fixture.storage.secret()).toEqual(secret);
  });

  it(`${name}: an unknown playground is null, not empty`, async ({ fixture }) => {
    expect(await fixture.storage.has('a')).toBe(false);
    expect(await fixture.storage.load('a', 10)).toBeNull();
  });

  it(`${name}: a playground is created once`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(1));
    await expect(fixture.storage.create('a', bytes(2))).rejects.toBeInstanceOf(StorageError);
    expect(await fixture.storage.load('a', 10)).toEqual({
      updates: [bytes(1)],
      log: [],
      run: null,
      generator: null,
      ownData: [],
    });
  });

  it(`${name}: updates keep their order and their bytes, each in its playground`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.create('b', bytes(100));
    await Promise.all([
      fixture.storage.append('a', bytes(1, 0, 255), []),
      fixture.storage.append('b', bytes(101), []),
      fixture.storage.append('a', bytes(2), []),
      fixture.storage.append('a', bytes(), []),
    ]);
    await fixture.reopen();
    expect((await fixture.storage.load('a', 0))?.updates).toEqual([
      bytes(0),
      bytes(1, 0, 255),
      bytes(2),
      bytes(),
    ]);
    expect((await fixture.storage.load('b', 0))?.updates).toEqual([bytes(100), bytes(101)]);
  });

  it(`${name}: an update without its log entries is not stored: one transaction`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    const unstorable = { ...entry(1, '43'), id: null } as unknown as LogEntry;
    await expect(fixture.storage.append('a', bytes(1), [unstorable])).rejects.toThrow();
    expect(await fixture.storage.load('a', 10)).toEqual({
      updates: [bytes(0)],
      log: [],
      run: null,
      generator: null,
      ownData: [],
    });
  });

  it(`${name}: an update for an unknown playground is refused`, async ({ fixture }) => {
    await expect(fixture.storage.append('nowhere', bytes(1), [])).rejects.toThrow();
  });

  it(`${name}: the newest log entries come oldest first; one with a known id replaces it`, async ({
    fixture,
  }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.append('a', null, [entry(1, '1'), entry(2, '2')]);
    await fixture.storage.append('a', bytes(1), [entry(3, '3'), entry(2, '22')]);
    expect((await fixture.storage.load('a', 2))?.log).toEqual([entry(2, '22'), entry(3, '3')]);
    expect((await fixture.storage.load('a', 10))?.log.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it(`${name}: compaction leaves one update`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.append('a', bytes(1), []);
    await fixture.storage.compact('a', bytes(9));
    await fixture.storage.append('a', bytes(2), []);
    expect((await fixture.storage.load('a', 0))?.updates).toEqual([bytes(9), bytes(2)]);
  });

  it(`${name}: a run comes back as it was saved, also after it was set aside`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    const checkpoint = blobOf(bytes(1, 2, 3));
    const pictures = blobOf(bytes(4, 5));
    const [older, newer] = [blobOf(bytes(10)), blobOf(bytes(11))];
    const run = storedRun({
      status: { state: 'paused', step: 5, by: 'person' },
      live: { values: { learningRate: 0.5, epochs: 3 }, isApart: true },
      assets: { hash: pictures.hash, count: 1, height: 1, width: 1, channels: 1, classes: ['Disc'] },
      history: bytes(6),
      images: bytes(7),
      points: bytes(8),
      text: bytes(9),
      subjects: { frame: bytes(12), hash: newer.hash },
      checkpoint: { step: 5, hash: checkpoint.hash },
    });
    const subjects = { frame: bytes(12), hash: older.hash };
    await fixture.storage.saveRun('a', { ...run, subjects }, [checkpoint, pictures, older]);
    await fixture.storage.saveRun('a', run, [newer]);
    await fixture.reopen();
    expect(await fixture.storage.blob(older.hash)).toBeNull();
    expect(await fixture.storage.blob(newer.hash)).not.toBeNull();
    expect((await fixture.storage.load('a', 0))?.run).toEqual(run);
    expect(new Uint8Array((await fixture.storage.blob(checkpoint.hash)) ?? [])).toEqual(checkpoint.bytes);
    const files = await fixture.blobFiles();
    expect(files.length).toBe(3);
    await fixture.storage.saveRun('a', null);
    await fixture.reopen();
    expect((await fixture.storage.load('a', 0))?.run).toBeNull();
    expect(await fixture.storage.pastRuns('a')).toMatchObject([{ spec: { id: 'run' }, weights: 5 }]);
    expect(await fixture.blobFiles()).toEqual(files);
    const other = storedRun({ spec: { id: 'other', recipe }, status: { state: 'stopped', step: 1 } });
    await fixture.storage.saveRun('a', { ...other, history: bytes(1) });
    expect(await fixture.storage.restoreRun('a', 'unknown')).toBeNull();
    expect(await fixture.storage.restoreRun('b', 'run')).toBeNull();
    expect(await fixture.storage.restoreRun('a', 'run')).toEqual(run);
    await fixture.reopen();
    expect((await fixture.storage.load('a', 0))?.run).toEqual(run);
    expect((await fixture.storage.pastRuns('a')).map(({ spec }) => spec.id)).toEqual(['other']);
    expect(await fixture.blobFiles()).toEqual(files);
  });

  it(`${name}: weights of earlier runs stay within their bytes, the newest in any case`, async ({
    fixture,
  }) => {
    await fixture.storage.create('a', bytes(0));
    // Files without blocks: the limit counts bytes, and no disk has to.
    const share = Math.ceil(limits.earlierWeightsBytes / 2.5);
    for (const [i, size] of [share, share, share, 3 * share].entries()) {
      const checkpoint = blobOf(bytes(i));
      const trained = { status: { state: 'stopped', step: 1 } as const, history: bytes(i) };
      const run = storedRun({ spec: { id: `run-${i}`, recipe }, ...trained });
      await fixture.storage.saveRun('a', { ...run, checkpoint: { step: 1, hash: checkpoint.hash } }, [
        checkpoint,
      ]);
      await truncate(join(fixture.folder, 'blobs', checkpoint.hash), size);
    }
    const kept = async () => (await fixture.storage.pastRuns('a')).map(({ weights }) => weights);
    // Three have gone before; the present one doesn't count.
    expect(await kept()).toEqual([1, 1, null]);
    await fixture.storage.saveRun('a', null);
    expect(await kept()).toEqual([1, null, null, null]);
    expect(await fixture.blobFiles()).toEqual([blobOf(bytes(3)).hash]);
  });

  it(`${name}: a run from before a hyperparameter was added comes back with its default`, async ({
    fixture,
  }) => {
    await fixture.storage.create('a', bytes(0));
    const { initializer: _, ...values } = recipe.values as AutoencoderValues;
    const old = { ...recipe, values } as unknown as Recipe;
    await fixture.storage.saveRun('a', storedRun({ spec: { id: 'run', recipe: old } }));
    expect((await fixture.storage.load('a', 0))?.run?.spec.recipe).toEqual(recipe);
  });

  it(`${name}: a blob goes with the last run that points to it`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.create('b', bytes(0));
    const [shared, first, second] = [blobOf(bytes(1)), blobOf(bytes(2)), blobOf(bytes(3))];
    const withBlobs = (checkpoint: typeof first, step: number) =>
      storedRun({
        assets: { hash: shared.hash, count: 1, height: 1, width: 1, channels: 1, classes: [] },
        checkpoint: { step, hash: checkpoint.hash },
      });
    await Promise.all([
      fixture.storage.saveRun('a', withBlobs(first, 1), [shared, first]),
      fixture.storage.saveRun('b', withBlobs(first, 1), [shared, first]),
      fixture.storage.saveRun('a', withBlobs(second, 2), [second]),
    ]);
    expect((await fixture.blobFiles()).sort()).toEqual([shared.hash, first.hash, second.hash].sort());
    await fixture.storage.saveRun('b', null);
    expect((await fixture.blobFiles()).sort()).toEqual([shared.hash, second.hash].sort());
  });

  it(`${name}: a run that has trained stays as an earlier one, the last ${limits.earlierRuns} of them`, async ({
    fixture,
  }) => {
    await fixture.storage.create('a', bytes(0));
    const pictures = [blobOf(bytes(1)), blobOf(bytes(2))];
    const trained = (i: number) => {
      const { hash } = pictures[i === 0 ? 0 : 1] as Blob;
      return storedRun({
        spec: { id: `run-${i}`, recipe },
        status: { state: 'finished', step: i + 1 },
        assets: { hash, count: 1, height: 1, width: 1, channels: 1, classes: [] },
        history: bytes(i),
      });
    };
    for (let i = 0; i <= limits.earlierRuns; i++) {
      await fixture.storage.saveRun('a', trained(i), pictures);
      fixture.storage.reels.of(`run-${i}`).add('images', i, bytes(i));
      await fixture.storage.reels.of(`run-${i}`).flush();
    }
    expect((await fixture.blobFiles()).length).toBe(2);
    await fixture.storage.saveRun('a', storedRun({ spec: { id: 'newest', recipe } }));
    await fixture.reopen();
    const past = await fixture.storage.pastRuns('a');
    const kept = Array.from({ length: limits.earlierRuns }, (_, i) => `run-${limits.earlierRuns - i}`);
    expect(past.map(({ spec }) => spec.id)).toEqual(kept);
    expect(await fixture.storage.pastRun('a', 'run-0')).toBeNull();
    expect((await fixture.storage.pastRun('a', 'run-1'))?.history).toEqual(bytes(1));
    expect(await fixture.storage.pastRun('b', 'run-1')).toBeNull();
    expect(await fixture.blobFiles()).toEqual([pictures[1]?.hash]);
    expect((await fixture.reelFolders()).sort()).toEqual([...kept].sort());
    // One that never trained leaves nothing behind.
    await fixture.storage.saveRun('a', storedRun({ spec: { id: 'another', recipe } }));
    await fixture.storage.saveRun('a', null);
    expect((await fixture.storage.pastRuns('a')).length).toBe(limits.earlierRuns);
    expect((await fixture.reelFolders()).sort()).toEqual([...kept].sort());
  });

  it(`${name}: a reel comes back as it was, in ranges, and goes with its run`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.saveRun('a', storedRun());
    const reel = () => fixture.storage.reels.of('run');
    const frame = (step: number) => new Uint8Array(5000).fill(step % 251);
    for (let step = 0; step < 2000; step++) reel().add('images', step, frame(step));
    reel().add('text', 3, bytes(3));
    await reel().flush();
    const before = await reel().index();
    await fixture.reopen();
    const index = await reel().index();
    expect(index).toEqual(before);
    expect(index.images.length).toBeLessThanOrEqual(limits.reelFrames);
    expect(index.images.at(-1)).toEqual([1999, 5000]);
    expect(index.text).toEqual([[3, 1]]);
    const steps = index.images.map(([step]) => step);
    const [from = 0, middle = 0, to = 0] = steps.slice(10, 13);
    const frames = await reel().read('images', { from, to, every: 1 });
    expect(frames.map((each) => new Uint8Array(each))).toEqual([from, middle, to].map(frame));
    expect((await reel().read('images', { from, to, every: 2 })).length).toBe(2);
    const most = Math.floor(limits.packBytes / 5000);
    expect((await reel().read('images', { from: 0, to: 9999, every: 1 })).length).toBe(most);
    reel().cut(1000);
    reel().add('images', 1001, frame(7));
    await reel().flush();
    await fixture.reopen();
    expect((await reel().index()).images.at(-1)).toEqual([1001, 5000]);
    await fixture.storage.saveRun('a', null);
    expect(await fixture.reelFolders()).toEqual([]);
  });

  it(`${name}: a reel whose end was torn off ends before it, and goes on from there`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    await fixture.storage.saveRun('a', storedRun());
    const reel = () => fixture.storage.reels.of('run');
    for (let step = 0; step < 10; step++) reel().add('points', step, new Uint8Array(100).fill(step));
    await reel().flush();
    const file = join(fixture.folder, 'reels', 'run', 'points.reel');
    const whole = await readFile(file);
    const flipped = Buffer.from(whole);
    flipped[whole.length - 1] = 77;
    for (const torn of [whole.subarray(0, whole.length - 30), flipped, Buffer.concat([whole, bytes(1, 2)])]) {
      await writeFile(file, torn);
      await fixture.reopen();
      const left = torn.length > whole.length ? 10 : 9;
      expect((await reel().index()).points.map(([step]) => step)).toEqual([...Array(left).keys()]);
      reel().add('points', 10, new Uint8Array(50));
      await reel().flush();
      await fixture.reopen();
      expect((await reel().index()).points.at(-1)).toEqual([10, 50]);
    }
    await writeFile(file, 'nonsense');
    await fixture.reopen();
    expect((await reel().index()).points).toEqual([]);
  });

  it(`${name}: only hashes name blobs`, async ({ fixture }) => {
    for (const name of ['', '..', '../colatent.sqlite', 'A'.repeat(64), `${'a'.repeat(63)}/`])
      expect(await fixture.storage.blob(name)).toBeNull();
  });

  it(`${name}: leftovers of a crash are removed on opening`, async ({ fixture }) => {
    await writeFile(join(fixture.folder, 'blobs', blobOf(bytes(1)).hash), bytes(1));
    await writeFile(join(fixture.folder, 'blobs', 'half.part'), bytes(1));
    await fixture.reopen();
    expect(await fixture.blobFiles()).toEqual([]);
  });

  it(`${name}: a second holder of the folder is refused in one line`, async ({ fixture }) => {
    const second = await fixture.again().catch((error: unknown) => error);
    expect(second).toBeInstanceOf(StorageError);
    expect((second as Error).message).toMatch(/another Colatent server uses it/);
    expect((second as Error).message).not.toContain('\n');
    await fixture.storage.create('a', bytes(0));
    expect(await fixture.storage.has('a')).toBe(true);
  });

  it(`${name}: a place that can not be a folder is refused in one line`, async ({ fixture }) => {
    const file = join(fixture.folder, 'file');
    await writeFile(file, '');
    for (const place of [file, join(file, 'below'), '/proc/nowhere/at/all']) {
      const error = await fixture.at(place).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(StorageError);
      expect((error as Error).message).toContain(place);
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it(`${name}: a log entry that can not be read is an error, not a gap`, async ({ fixture }) => {
    await fixture.storage.create('a', bytes(0));
    const unreadable = { ...entry(1, '43'), time: 'yesterday' } as unknown as LogEntry;
    await fixture.storage.append('a', null, [unreadable]);
    await expect(fixture.storage.load('a', 10)).rejects.toBeInstanceOf(StorageError);
  });
}
