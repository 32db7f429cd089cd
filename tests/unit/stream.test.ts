import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { inEnglish } from '@/lib/text/sentence';
import type { OutFrame } from '@/server/processes/runs/runs';
import { FrameStream, metricsQueueFrames } from '@/server/sockets/stream';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left').toBe(0);
  vi.useRealTimers();
});

/** A frame whose bytes are its number, `size` times. */
const frame = (kind: OutFrame['kind'], n: number, size = 1): OutFrame => ({
  kind,
  bytes: new Uint8Array(size).fill(n),
});

/** A stream whose client answers when the test says so. */
function client(history: () => OutFrame | null = () => null) {
  const sent: { bytes: Uint8Array; taken: () => void }[] = [];
  const evictions: string[] = [];
  const stream = new FrameStream({
    send: (bytes, taken) => sent.push({ bytes, taken }),
    evict: (reason) => evictions.push(inEnglish(reason)),
    history,
  });
  const numbers = () => sent.map(({ bytes }) => bytes[0]);
  return { stream, sent, evictions, numbers };
}

test('F1 metrics go out in order, one unanswered at a time', () => {
  const { stream, sent, numbers } = client();
  for (const n of [1, 2, 3]) stream.push(frame('metrics', n));
  expect(numbers()).toEqual([1]);
  sent[0]?.taken();
  sent[0]?.taken(); // answered twice: counts once
  expect(numbers()).toEqual([1, 2]);
  sent[1]?.taken();
  expect(numbers()).toEqual([1, 2, 3]);
  stream.close();
});

test('F5 of the path several are on their way, as far as they are small; of those that wait the newest goes next', () => {
  const path = (n: number, size = 1): OutFrame =>
    ({ ...frame('explored', n, size), part: 'played' }) as OutFrame;
  const small = client();
  for (let n = 1; n <= 12; n++) small.stream.push(path(n));
  expect(small.numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  small.sent[3]?.taken();
  small.sent[3]?.taken(); // answered twice: counts once
  expect(small.numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12]);
  small.stream.close();

  const large = client();
  for (const n of [1, 2, 3]) large.stream.push(path(n, limits.frameBytes));
  expect(large.numbers()).toEqual([1]);
  large.sent[0]?.taken();
  expect(large.numbers()).toEqual([1, 3]);
  large.stream.close();
});

test('F3 diversity waits among the metrics, in order', () => {
  const { stream, sent, numbers } = client();
  for (const [n, kind] of (['metrics', 'metrics', 'diversity', 'metrics'] as const).entries())
    stream.push(frame(kind, n));
  for (let i = 0; i < 4; i++) sent[i]?.taken();
  expect(numbers()).toEqual([0, 1, 2, 3]);
  stream.close();
});

test.each(['images', 'points'] as const)('F2 of waiting %s only the newest goes out', (kind) => {
  const { stream, sent, numbers } = client();
  for (const n of [1, 2, 3, 4]) stream.push(frame(kind, n));
  expect(numbers()).toEqual([1]);
  sent[0]?.taken();
  expect(numbers()).toEqual([1, 4]);
  sent[1]?.taken();
  expect(numbers()).toEqual([1, 4]);
  stream.close();
});

test('F1 topics do not wait for one another', () => {
  const { stream, numbers } = client();
  stream.push(frame('metrics', 1));
  stream.push(frame('images', 2));
  stream.push(frame('points', 3));
  expect(numbers()).toEqual([1, 2, 3]);
  stream.close();
});

test('F3 beyond the bound one history frame stands for all waiting metrics, read when it is sent', () => {
  let newest = 0;
  const { stream, sent, numbers } = client(() => frame('history', 100 + newest));
  for (newest = 1; newest <= metricsQueueFrames + 2; newest++) stream.push(frame('metrics', newest));
  stream.push(frame('metrics', newest));
  sent[0]?.taken();
  expect(numbers()).toEqual([1, 100 + newest]);
  stream.push(frame('metrics', 7));
  sent[1]?.taken();
  expect(numbers()).toEqual([1, 100 + newest, 7]);
  stream.close();
});

test('F3 a pushed history replaces the metrics that wait', () => {
  const { stream, sent, numbers } = client();
  for (const n of [1, 2, 3]) stream.push(frame('metrics', n));
  stream.push(frame('history', 9));
  stream.push(frame('metrics', 4));
  for (const i of [0, 1, 2]) sent[i]?.taken();
  expect(numbers()).toEqual([1, 9, 4]);
  stream.close();
});

test('F4 a frame unanswered for too long evicts, once, and nothing is sent afterwards', () => {
  const { stream, sent, evictions } = client();
  stream.push(frame('images', 1));
  stream.push(frame('metrics', 1));
  vi.advanceTimersByTime(limits.frameLagMs - 1);
  expect(evictions).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(evictions).toHaveLength(1);
  expect(evictions[0]).toContain(`${limits.frameLagMs.toLocaleString('en')} ms`);
  sent[0]?.taken();
  stream.push(frame('metrics', 2));
  expect(sent).toHaveLength(2);
});

test('F4 too many waiting bytes evict', () => {
  const { stream, evictions } = client();
  const size = Math.ceil(limits.socketBufferBytes / (metricsQueueFrames - 2));
  for (let n = 0; n < metricsQueueFrames - 2; n++) stream.push(frame('metrics', n, size));
  expect(evictions).toHaveLength(1);
  expect(evictions[0]).toContain(`at most ${limits.socketBufferBytes.toLocaleString('en')}`);
});

test('F3 whatever the client does, metrics are complete and in order and at most one frame a topic is unanswered', () => {
  const act = fc.oneof(
    fc.constantFrom('metrics', 'images', 'points').map((push) => ({ push }) as const),
    fc.constant({ answer: true } as const),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 400 }), (acts) => {
      let newest = 0;
      let shown = 0;
      const open: (() => void)[] = [];
      const stream = new FrameStream({
        send: (bytes, taken) => {
          open.push(taken);
          const [n = 0, kind] = new Uint32Array(bytes.buffer);
          if (kind === 0) expect(n).toBe(shown + 1);
          if (kind !== 2) shown = n;
        },
        evict: () => expect.unreachable('nothing waits for so long'),
        history: () => ({ kind: 'history', bytes: new Uint8Array(Uint32Array.of(newest, 1).buffer) }),
      });
      for (const each of acts) {
        if ('answer' in each) open.shift()?.();
        else {
          if (each.push === 'metrics') newest += 1;
          const kind = each.push === 'metrics' ? 0 : 2;
          stream.push({ kind: each.push, bytes: new Uint8Array(Uint32Array.of(newest, kind).buffer) });
        }
        expect(open.length).toBeLessThanOrEqual(3);
      }
      while (open.length > 0) open.shift()?.();
      expect(shown).toBe(newest);
      stream.close();
    }),
    { seed: 7, numRuns: 200 },
  );
});
