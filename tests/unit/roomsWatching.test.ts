import { expect, test } from 'vitest';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { setUp } from '../support/roomFixture';
import { images, training } from '../support/roomRuns';
import { TestPage } from '../support/rooms';

const kindsTo = (page: TestPage) => page.frames.map(({ kind }) => kind);

/** A text after `step`. */
const text = (run: string, step: number) => {
  const header = { kind: 'text', run, step, prompt: '', temperature: 1, text: '', best: '' } as const;
  return { kind: 'text', step, bytes: encodeFrame(header, new Uint8Array()) } as const;
};

async function trained() {
  const server = await setUp();
  await server.ada.seat.command('train');
  server.runs.status(training(0));
  const { spec, listener } = server.runs.latest;
  const show = (step: number) => {
    listener.frame(images(spec.id, step));
    listener.frame(text(spec.id, step));
  };
  return { ...server, show };
}

test('R82 a page gets what it watches, and the metrics; what it begins to watch comes at once, once', async () => {
  const { rooms, id, runs, show, ada } = await trained();
  const ben = await TestPage.join(rooms, id, { name: 'Ben', watch: ['text'] });
  show(1);
  runs.train(1, 1);
  expect(kindsTo(ben)).toEqual(['history', 'text', 'metrics']);
  expect(kindsTo(ada)).toEqual(['images', 'text', 'metrics']);
  ben.seat.watch(['text', 'images']);
  expect(kindsTo(ben)).toEqual(['history', 'text', 'metrics', 'images']);
  ben.seat.watch(['images']);
  show(2);
  expect(kindsTo(ben).slice(4)).toEqual(['images']);
  ben.seat.watch([]);
  show(3);
  runs.train(2, 1);
  expect(kindsTo(ben).slice(5)).toEqual(['metrics']);
});

test('R7 R82 who comes gets the newest of what they watch, and nothing else', async () => {
  const { rooms, id, show } = await trained();
  show(1);
  for (const [watch, expected] of [
    [[], ['history']],
    [['images'], ['history', 'images']],
    [
      ['text', 'images', 'points'],
      ['history', 'images', 'text'],
    ],
  ] as const) {
    const page = await TestPage.join(rooms, id, { name: 'Cat', watch: [...watch] });
    expect(kindsTo(page)).toEqual(expected);
  }
});

test('R82 who has left, or changes too often, is sent nothing more', async () => {
  const { rooms, id, show } = await trained();
  show(1);
  const ben = await TestPage.join(rooms, id, { name: 'Ben', watch: [] });
  const change = () => {
    for (let i = 0; i <= 2 * limits.watchesPerSecond; i++) ben.seat.watch(i % 2 ? [] : ['images']);
  };
  expect(change).toThrow('Too much at once');
  expect(ben.frames.length).toBeLessThanOrEqual(2 + limits.watchesPerSecond);
  const cat = await TestPage.join(rooms, id, { name: 'Cat', watch: [] });
  cat.seat.leave();
  cat.seat.watch(['images']);
  expect(kindsTo(cat)).toEqual(['history']);
});
