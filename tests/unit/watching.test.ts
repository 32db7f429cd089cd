import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameStore } from '@/app/_room/frameStore';
import { Watching } from '@/app/_room/watching';
import { watchedTopics } from '@/lib/protocol/topics';

const settled = () => new Promise((done) => setImmediate(done));

test('a page watches what somebody is subscribed to, and says so once for what changes together', async () => {
  const frames = createFrameStore();
  const told: string[] = [];
  frames.watching.topics.subscribe(() => told.push(String(frames.watching.topics.get())));
  const ends = [
    frames.subscribe('points', () => {}),
    frames.subscribe('images', () => {}),
    frames.subscribe('points', () => {}),
    frames.overhear('text', () => {}),
    // All get the metrics, and pictures are fetched.
    frames.subscribe('metrics', () => {}),
    frames.subscribe('assets', () => {}),
  ];
  await settled();
  ends[0]?.();
  ends[0]?.();
  await settled();
  ends[2]?.();
  await settled();
  // One view takes another's place.
  ends[1]?.();
  const again = frames.subscribe('images', () => {});
  await settled();
  again();
  await settled();
  expect(told).toEqual(['images,points', 'images', '']);
});

test('while nobody can see the page it watches nothing', async () => {
  const watching = new Watching();
  const end = watching.begin('text');
  watching.rest(true);
  await settled();
  expect(watching.topics.get()).toEqual([]);
  const other = watching.begin('points');
  watching.rest(false);
  await settled();
  expect(watching.topics.get()).toEqual(['points', 'text']);
  expect(watching.reel).toEqual(['points', 'text']);
  for (const each of [end, other]) each();
  await settled();
  expect(watching.topics.get()).toEqual([]);
});

test('whatever begins and ends, what is watched is what has begun and not ended', async () => {
  const steps = fc.array(fc.record({ topic: fc.constantFrom(...watchedTopics), ends: fc.nat(5) }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const watching = new Watching();
      const open: { topic: string; end: () => void }[] = [];
      for (const { topic, ends } of all) {
        open.push({ topic, end: watching.begin(topic) });
        for (const { end } of open.splice(0, ends === 5 ? 2 : 0)) end();
        if (ends % 2 === 0) await settled();
      }
      await settled();
      const expected = watchedTopics.filter((topic) => open.some((each) => each.topic === topic));
      expect(watching.topics.get()).toEqual(expected);
    }),
    { seed: 20261130, numRuns: 60 },
  );
});
