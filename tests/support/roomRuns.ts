import { decodeFrame, decodeHistory, encodeFrame } from '@/lib/protocol/frames';
import type { OutFrame, RunFrame } from '@/server/processes/runs/runs';

/** What processes report of a run in the rooms of a test. */

export const training = (step: number) => ({ state: 'training', step, executor: 'fake' }) as const;

export function images(run: string, step: number): RunFrame {
  const size = { count: 1, height: 1, width: 1, channels: 1 };
  const header = { kind: 'images', run, step, ...size } as const;
  return { kind: 'images', step, bytes: encodeFrame(header, Uint8Array.of(step)) };
}

export function historyIn(frame: OutFrame | undefined) {
  const { header, payload } = decodeFrame(frame?.bytes ?? new Uint8Array());
  if (header.kind !== 'history') throw new Error(`A history frame expected, got ${header.kind}`);
  return decodeHistory(header, payload);
}
