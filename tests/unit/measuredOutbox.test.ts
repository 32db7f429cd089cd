import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodeFrame } from '@/lib/protocol/frames';
import type { FromWorker } from '@/server/wire/messages';
import { Outbox } from '@/server/worker/training/outbox';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

type Metrics = Extract<FromWorker, { kind: 'metrics' }>;

const pace = { stepsPerEpoch: 10, totalSteps: 100, stepsPerSecond: 5, executor: 'onnx-cpu', peakBytes: 1 };
const other: FromWorker = { kind: 'heartbeat' };

const events = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('steps' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('validated' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant('other' as const) }),
    fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 120 }) }),
  ),
);

test('metrics wait for one another, never behind anything else, and none is lost', () => {
  fc.assert(
    fc.property(events, (happening) => {
      const sent: { at: number; message: FromWorker }[] = [];
      const outbox = new Outbox('a run', {
        send: (message) => void sent.push({ at: performance.now(), message }),
        turn: async () => {},
      });
      let step = 0;
      for (const event of happening) {
        if (event.kind === 'time') vi.advanceTimersByTime(event.ms);
        else if (event.kind === 'other') {
          outbox.send(other);
          // What was measured before has gone before.
          const told = sent.flatMap(({ message }) => (message.kind === 'metrics' ? [message] : []));
          expect(told.reduce((sum, { values }) => sum + (values[0]?.length ?? 0), 0)).toBe(step);
        } else {
          const steps = Array.from({ length: event.count }, (_, i) => step + 1 + i);
          const values = [Float32Array.from(steps), Float32Array.from(steps, (each) => -each)];
          const validation =
            event.kind === 'validated' ? { step: step + event.count, values: [step, step] } : null;
          outbox.measure({ firstStep: step + 1, values, validation, pace });
          step += event.count;
          if (validation) expect(sent.at(-1)?.message).toMatchObject({ kind: 'metrics', validation });
        }
      }
      outbox.send(other);

      const told = sent.flatMap(({ at, message }, i) =>
        message.kind === 'metrics' ? [{ at, message, next: sent[i + 1]?.message }] : [],
      );
      const all = Array.from({ length: step }, (_, i) => i + 1);
      expect(told.flatMap(({ message }) => [...(message.values[0] ?? [])])).toEqual(all);
      expect(told.flatMap(({ message }) => [...(message.values[1] ?? [])])).toEqual(all.map((each) => -each));
      for (const { message } of told) expectFrame(message);
      // Alone, metrics go no more often than a curve is seen to grow.
      told.forEach(({ at, message, next }, i) => {
        const before = told[i - 1];
        if (before && !message.validation && next?.kind === 'metrics')
          expect(at - before.at).toBeGreaterThanOrEqual(80);
      });
    }),
  );
});

function expectFrame(message: Metrics): void {
  const { header, payload } = decodeFrame(message.frame);
  expect(header).toMatchObject({
    kind: 'metrics',
    run: 'a run',
    firstStep: message.firstStep,
    count: message.values[0]?.length,
  });
  expect([...new Float32Array(payload)]).toEqual(message.values.flatMap((each) => [...each]));
}
