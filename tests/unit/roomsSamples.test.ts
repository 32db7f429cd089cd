import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { openRooms, TestPage, type TestRooms } from '../support/rooms';

const text = { kind: 'text', prompt: 'to be', length: 3, temperature: 1, seed: 1 } as const;

let server: TestRooms;
let ada: TestPage;
beforeEach(async () => {
  server = await openRooms();
  ada = await TestPage.join(server.rooms, await server.rooms.create());
});
afterEach(() => server.close());

const asked = () => server.runs.calls.filter((call) => call.startsWith('sample'));

test('R30 without a run there is nothing to sample', async () => {
  await expect(ada.seat.sample(text)).rejects.toMatchObject({ code: 'not-allowed' });
});

test('R30 the process that holds the run is asked; only the one who asked hears the answer', async () => {
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const entries = ada.messages.length;
  expect(await ada.seat.sample(text)).toMatchObject({ kind: 'text', text: 'to be' });
  expect(asked()).toEqual(['sample text of the process']);
  expect(ada.messages).toHaveLength(entries);
});

test('R30 a run that has ended is sampled from its last checkpoint', async () => {
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 0, executor: 'fake' });
  server.runs.train(1, 7);
  server.runs.checkpoint(7);
  server.runs.status({ state: 'finished', step: 7 });
  expect(await ada.seat.sample(text)).toMatchObject({ step: 7 });
  expect(asked()).toEqual(['sample text of step 7']);
});

test('R30 a request that does not fit is refused with what was expected', async () => {
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const images = { kind: 'images', latents: new Uint8Array(4) } as const;
  await expect(ada.seat.sample(images)).rejects.toMatchObject({
    code: 'not-allowed',
    message: 'It writes text only',
  });
});

test('R30 samples beyond their rate are refused', async () => {
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 0, executor: 'fake' });
  const many = Array.from({ length: 2 * limits.samplesPerSecond }, () => ada.seat.sample(text));
  const results = await Promise.allSettled(many);
  const codes = results.map((each) => (each.status === 'rejected' ? each.reason.code : 'done'));
  expect(new Set(codes)).toEqual(new Set(['done', 'too-fast']));
});
