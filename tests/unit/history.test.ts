import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, decodeHistory, encodeFrame, encodeHistory, FrameError } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { appendTraining, appendValidation, cutHistory, emptyHistory } from '@/lib/runs/history';

/** Steps `from` to `to` whose loss is the step and whose accuracy is its half. */
function steps(from: number, to: number): Float32Array[] {
  const loss = Float32Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return [loss, loss.map((value) => value / 2)];
}

test('however steps are cut into batches, the curve is the same', () => {
  const total = 5 * limits.historyPoints + 7;
  const whole = emptyHistory(2);
  appendTraining(whole, 1, steps(1, total));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: total }), { maxLength: 20 }), (cuts) => {
      const parts = emptyHistory(2);
      const ends = [...new Set([...cuts, total])].sort((a, b) => a - b);
      for (const end of ends) appendTraining(parts, parts.step + 1, steps(parts.step + 1, end));
      expect(parts).toEqual(whole);
    }),
    { seed: 7, numRuns: 30 },
  );
});

test('a curve that is cut and goes on has the same points; only a bucket that was cut apart may be rounded', () => {
  const total = 3 * limits.historyPoints + 7;
  const whole = emptyHistory(2);
  appendTraining(whole, 1, steps(1, total));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: total + 5 }), (at) => {
      const cut = structuredClone(whole);
      cutHistory(cut, at);
      expect(cut.step).toBe(Math.min(at, total));
      expect(cut.training.every((point) => point.step <= at)).toBe(true);
      appendTraining(cut, cut.step + 1, steps(cut.step + 1, total));
      expect(cut.training.map(({ step }) => step)).toEqual(whole.training.map(({ step }) => step));
      cut.training.forEach(({ values }, i) => {
        const away = Math.abs((values[0] as number) - (whole.training[i]?.values[0] as number));
        expect(away).toBeLessThan(whole.stride);
      });
    }),
    { seed: 7, numRuns: 20 },
  );
});

test('what a cut curve has of evaluations and diversity ends there too', () => {
  const history = emptyHistory(2);
  appendTraining(history, 1, steps(1, 40));
  for (const step of [10, 20, 30]) {
    appendValidation(history, { step, values: [step, 0] });
    history.diversity.push({ step, spread: 1, coverage: null });
  }
  cutHistory(history, 20);
  expect([history.validation, history.diversity].map((points) => points.map(({ step }) => step))).toEqual([
    [10, 20],
    [10, 20],
  ]);
});

test('the curve stays bounded and averages neighbours', () => {
  const history = emptyHistory(2);
  appendTraining(history, 1, steps(1, 4 * limits.historyPoints));
  expect(history.training.length).toBeLessThan(limits.historyPoints);
  const { step, values } = history.training[0] as (typeof history.training)[number];
  expect(step).toBe(history.stride);
  expect(values[0]).toBeCloseTo((1 + history.stride) / 2);
});

test('replayed steps change nothing, a gap is an error', () => {
  const history = emptyHistory(2);
  appendTraining(history, 1, steps(1, 10));
  const before = structuredClone(history);
  appendTraining(history, 4, steps(4, 10));
  expect(history).toEqual(before);
  expect(() => appendTraining(history, 12, steps(12, 13))).toThrow(
    'Metrics from step 11 expected, got step 12',
  );
});

test('validation points are kept in order, once, and bounded with the last one kept', () => {
  const history = emptyHistory(1);
  const last = 3 * limits.historyPoints;
  for (let step = 1; step <= last; step++) {
    appendValidation(history, { step, values: [step] });
    appendValidation(history, { step, values: [-1] });
  }
  expect(history.validation.length).toBeLessThanOrEqual(limits.historyPoints);
  expect(history.validation.at(-1)).toEqual({ step: last, values: [last] });
  expect(history.validation.every(({ step, values }) => step === values[0])).toBe(true);
});

test('a full history fits into one frame and comes back as it was', () => {
  const history = emptyHistory(2);
  appendTraining(history, 1, steps(1, 8 * limits.historyPoints - 3));
  for (let step = 1; step <= limits.historyPoints; step++)
    appendValidation(history, { step, values: [0.5, 0.25] });
  const pace = { stepsPerEpoch: 12.5, totalSteps: 250, stepsPerSecond: 0, executor: 'onnx-cpu' };
  const { header, payload } = decodeFrame(encodeHistory('run', history, pace));
  if (header.kind !== 'history') throw new Error(`Expected a history frame, got ${header.kind}`);
  expect(decodeHistory(header, payload)).toEqual(history);
  expect(header.pace).toEqual(pace);
});

test('a payload is a copy, whatever kind of bytes the frame came in', () => {
  const history = emptyHistory(2);
  appendTraining(history, 1, steps(1, 10));
  const frame = Buffer.from(encodeHistory('run', history, null));
  const { header, payload } = decodeFrame(frame);
  frame.fill(0);
  if (header.kind !== 'history') throw new Error(`Expected a history frame, got ${header.kind}`);
  expect(decodeHistory(header, payload)).toEqual(history);
});

test('a frame above the limit is refused where it is made', () => {
  const header = { kind: 'images', run: 'r', step: 0, count: 1, height: 1, width: 1, channels: 1 } as const;
  expect(() => encodeFrame(header, new Uint8Array(limits.frameBytes))).toThrow(FrameError);
});

test('broken frames are errors, never nonsense', () => {
  expect(() => decodeFrame(Uint8Array.of(1, 2))).toThrow('A frame has at least 4 bytes, got 2');
  expect(() => decodeFrame(Uint8Array.of(200, 0, 0, 0, 1))).toThrow(
    "A header of 200 bytes doesn't fit into 5",
  );
  const strange = new TextEncoder().encode('{"kind":"strange"}');
  expect(() => decodeFrame(Uint8Array.of(strange.length, 0, 0, 0, ...strange))).toThrow();
});
