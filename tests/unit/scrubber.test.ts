import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameStore, type FrameStore } from '@/app/_room/frameStore';
import { ReelReader } from '@/app/_room/reel';
import { Scrubber } from '@/app/_room/scrubber';
import { encodeFrame } from '@/lib/protocol/frames';
import { packPoints } from '@/lib/protocol/pointPacking';
import { encodePack } from '@/lib/protocol/reel';
import { type ReelTopic, reelTopics } from '@/lib/protocol/topics';

/** Steps at which each topic of a run was shown, and the seeks of somebody who looks back, with fetches that end between. */
const stepsOf = fc.uniqueArray(fc.nat(40), { maxLength: 8 }).map((steps) => steps.toSorted((a, b) => a - b));
const cases = fc.record({
  images: stepsOf,
  points: stepsOf,
  text: stepsOf,
  seeks: fc.array(fc.option(fc.nat(45)), { minLength: 1, maxLength: 8 }),
  size: fc.constantFrom(100, 400_000),
});

const payload = new Uint8Array(4);

function frameOf(topic: ReelTopic, step: number): Uint8Array {
  const run = 'a';
  if (topic === 'images')
    return encodeFrame({ kind: topic, run, step, count: 1, height: 1, width: 1, channels: 4 }, payload);
  if (topic === 'text')
    return encodeFrame({ kind: topic, run, step, prompt: '', temperature: 1, text: '' }, new Uint8Array());
  const { packing, payload: packed } = packPoints(new Float32Array(3), {});
  return encodeFrame({ kind: topic, run, step, ...packing, projection: 'pca', explained: [] }, packed);
}

/** A server whose answers come when the test lets them. */
class SlowServer {
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly steps: Readonly<Record<ReelTopic, readonly number[]>>,
    private readonly size: number,
  ) {}

  readonly get = async (address: string): Promise<Response> => {
    const { pathname, searchParams } = new URL(address, 'http://server');
    const topic = reelTopics.find((each) => pathname.endsWith(`/${each}`));
    if (!topic) return Response.json({ run: 'a', topics: this.index() });
    await new Promise<void>((go) => this.waiting.push(go));
    const [from = 0, to = 0] = ['from', 'to'].map((name) => Number(searchParams.get(name)));
    const asked = this.steps[topic].filter((step) => step >= from && step <= to);
    return new Response(encodePack(asked.map((step) => frameOf(topic, step))));
  };

  /** Lets the longest waiting request be answered. */
  answer(): void {
    this.waiting.shift()?.();
  }

  private index() {
    return Object.fromEntries(
      reelTopics.map((topic) => [topic, this.steps[topic].map((step) => [step, this.size])]),
    );
  }
}

const settled = () => new Promise((done) => setImmediate(done));

/** What views show, by topic; nothing of it is later than the moment that is asked for. */
function expectNothingLater(frames: FrameStore): void {
  const moment = frames.moment.get();
  if (moment === null) return;
  for (const topic of reelTopics) expect(frames.get(topic)?.step ?? 0).toBeLessThanOrEqual(moment);
}

test('whatever is asked for and however slowly it comes, views show nothing later than the moment, and in the end what belongs there', async () => {
  const property = fc.asyncProperty(cases, async ({ seeks, size, ...steps }) => {
    const frames = createFrameStore();
    frames.setRun({ spec: { id: 'a', recipe: { model: 'gan' } } } as never);
    // Views draw everything.
    for (const topic of reelTopics) frames.subscribe(topic, () => {});
    for (const topic of reelTopics) {
      const last = steps[topic].at(-1);
      if (last !== undefined) frames.accept(frameOf(topic, last));
    }
    const server = new SlowServer(steps, size);
    const scrubber = new Scrubber(frames, new ReelReader('/a', server.get), () => true);
    await settled();
    for (const seek of seeks) {
      scrubber.seek(seek);
      expectNothingLater(frames);
      server.answer();
      await settled();
      expectNothingLater(frames);
    }
    for (let i = 0; i < 60; i++) {
      server.answer();
      await settled();
    }
    const wanted = scrubber.state.get().step;
    expect(scrubber.state.get().shown).toBe(wanted);
    for (const topic of reelTopics) {
      const expected = steps[topic].findLast((step) => step <= (wanted ?? Infinity));
      expect(frames.get(topic)?.step).toBe(expected);
    }
    scrubber.close();
  });
  await fc.assert(property, { seed: 11, numRuns: 40 });
});

test('of what no view draws nothing is fetched; a view that comes shows what belongs there, and nothing later', async () => {
  const steps = { images: [0, 2, 4, 6], points: [0, 4, 6], text: [0, 2, 6] };
  const frames = createFrameStore();
  frames.setRun({ spec: { id: 'a', recipe: { model: 'gan' } } } as never);
  frames.subscribe('text', () => {});
  for (const topic of reelTopics) frames.accept(frameOf(topic, 6));
  const server = new SlowServer(steps, 100);
  const asked: string[] = [];
  const get = (address: string) => {
    asked.push(address);
    return server.get(address);
  };
  const scrubber = new Scrubber(frames, new ReelReader('/a', get), () => true);
  const answers = async () => {
    for (let i = 0; i < 20; i++) {
      server.answer();
      await settled();
    }
  };
  await settled();
  scrubber.seek(4);
  await answers();
  expect(frames.moment.get()).toBe(4);
  expect(frames.get('text')?.step).toBe(2);
  expect(asked.filter((address) => /points|images/.test(address))).toEqual([]);
  const seen: (number | undefined)[] = [];
  const end = frames.subscribe('points', () => seen.push(frames.get('points')?.step));
  expectNothingLater(frames);
  await answers();
  expect(seen.at(-1)).toBe(4);
  expect(seen.every((step) => step === undefined || step <= 4)).toBe(true);
  expect(asked.some((address) => address.includes('points'))).toBe(true);
  end();
  scrubber.seek(null);
  for (const topic of reelTopics) expect(frames.get(topic)?.step).toBe(6);
  scrubber.close();
});

test('an address leads to a step that there is, unless somebody goes elsewhere or closes meanwhile', async () => {
  const steps = { images: [0, 2, 4], points: [0, 4], text: [] };
  const open = () => {
    const frames = createFrameStore();
    frames.setRun({ spec: { id: 'a', recipe: { model: 'gan' } } } as never);
    const server = new SlowServer(steps, 100);
    return { frames, scrubber: new Scrubber(frames, new ReelReader('/a', server.get), () => true) };
  };
  for (const [asked, expected] of [
    [3, 3],
    [4, 4],
    [5, null],
    [null, null],
  ] as const) {
    const { scrubber } = open();
    await scrubber.travel(asked);
    expect(scrubber.state.get().step).toBe(expected);
    scrubber.close();
  }
  const { scrubber } = open();
  const journey = scrubber.travel(3);
  scrubber.seek(1);
  await journey;
  expect(scrubber.state.get().step).toBe(1);
  scrubber.close();

  const closed = open();
  const late = closed.scrubber.travel(3);
  closed.scrubber.close();
  await late;
  expect(closed.frames.moment.get()).toBeNull();
  expect(closed.scrubber.state.get().step).toBeNull();
});

test('the first place is where the run began, also for a page that has not heard of it yet', async () => {
  const steps = { images: [] as number[], points: [], text: [] };
  const frames = createFrameStore();
  frames.setRun({ spec: { id: 'a', recipe: { model: 'gan' } } } as never);
  const scrubber = new Scrubber(frames, new ReelReader('/a', new SlowServer(steps, 100).get), () => true);
  await settled();
  for (const step of [2, 6]) frames.accept(frameOf('images', step));
  expect(scrubber.state.get().stops).toEqual([2]);
  steps.images.push(0, 1, 2, 6);
  scrubber.seekIndex(0);
  await settled();
  expect(scrubber.state.get().step).toBe(0);

  // Who goes on meanwhile isn't taken back.
  scrubber.seekIndex(0);
  scrubber.seekIndex(2);
  await settled();
  expect(scrubber.state.get().step).toBe(2);
  scrubber.close();
});
