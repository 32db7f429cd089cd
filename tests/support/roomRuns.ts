import { afterEach } from 'vitest';
import { decodeFrame, decodeHistory, encodeFrame } from '@/lib/protocol/frames';
import type { OutFrame, RunFrame } from '@/server/processes/runs/runs';
import { openRooms, TestPage, type TestRooms } from './rooms';

/** Rooms whose runs are the test itself, with one page in a playground; closed after each test. */

let open: TestRooms[] = [];
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

export async function setUp(options: Parameters<typeof openRooms>[0] = {}) {
  const server = await openRooms(options);
  open.push(server);
  const id = await server.rooms.create();
  const ada = await TestPage.join(server.rooms, id, { name: 'Ada' });
  return { ...server, id, ada };
}

export async function restart(server: Pick<TestRooms, 'restart'>) {
  open = [];
  const next = await server.restart();
  open = [next];
  return next;
}

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
