import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { setExplored } from '@/lib/room/edit';
import { SampleRefused } from '@/server/processes/runs/runs';
import { readExplore } from '../support/documents';
import { openRooms, TestPage, type TestRooms } from '../support/rooms';
import { until } from '../support/until';

type Request = Extract<SampleRequest, { kind: 'text' }>;
type Header = Extract<FrameHeader, { kind: 'written' }>;

let server: TestRooms;
let id: string;
let ada: TestPage;
let ben: TestPage;
let run: string;
beforeEach(async () => {
  server = await openRooms();
  id = await server.rooms.create();
  ada = await TestPage.join(server.rooms, id, { name: 'Ada' });
  ben = await TestPage.join(server.rooms, id, { name: 'Ben' });
  await ada.edit((doc) => doc.getMap('recipe').set('model', 'char-rnn'));
  server.runs.answer = async (request) => piece(request as Request);
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 7, executor: 'fake' });
  run = server.runs.latest.spec.id;
});
afterEach(() => server.close());

/** Writes the seed's digit, four characters a piece. */
function piece({ length, seed }: Request): SampleResult {
  const count = Math.min(4, length);
  const shares = new Uint8Array(count);
  return {
    kind: 'text',
    step: 7,
    unknown: '',
    text: String(seed % 10).repeat(count),
    ...{ probabilities: shares, best: 'x'.repeat(count), bestProbabilities: shares },
    ended: length > count ? 'piece' : 'length',
  };
}

const asked = () => server.runs.calls.filter((call) => call.startsWith('sample')).length;
const headers = (page: TestPage) =>
  page.frames
    .filter(({ kind }) => kind === 'written')
    .map(({ bytes }) => decodeFrame(bytes).header as Header);
const last = (page: TestPage) => headers(page).at(-1);
const wish = (page: TestPage, changes: Record<string, number | string | null>) =>
  page.edit((doc) => setExplored(doc, 'char-rnn', changes, null));
const press = (page: TestPage, seed: number, from = 'the ') => wish(page, { run, from, seed, length: 10 });

test('R73 a text is written once, piece by piece, for all who look, with who asked and its beginning', async () => {
  ada.look('run');
  ben.look('run');
  await press(ada, 3);
  await until('it is done', () => last(ben)?.isDone === true);
  expect(headers(ben).map(({ text }) => text)).toEqual(['3333', '33333333', '3333333333']);
  expect(headers(ada)).toEqual(headers(ben));
  const [person] = ada.joined.people.filter(({ name }) => name === 'Ada');
  expect(last(ben)).toMatchObject({
    ...{ run, part: 'written-2', prompt: 'the ', temperature: 1, step: 7, isDone: true },
    by: { name: 'Ada', color: person?.color },
  });
  expect(asked()).toBe(3);
  // Typing changes nothing of it.
  await wish(ben, { prompt: 'and now' });
  expect(asked()).toBe(3);
  const cleo = await TestPage.join(server.rooms, id, { name: 'Cleo' });
  cleo.look('run');
  expect(last(cleo)).toEqual(last(ben));
  expect(readExplore(cleo.doc)['char-rnn/prompt']).toBe('and now');
  await wish(ben, { 'temperature/2': 0.5 });
  await until('it is written anew', () => last(ada)?.temperature === 0.5 && last(ada)?.isDone === true);
  expect(last(ada)?.by?.name).toBe('Ben');
});

test('R73 side by side each column is a text of its own; what learns on leaves them as they are', async () => {
  ben.look('run');
  await wish(ben, { columns: 3 });
  await press(ada, 4);
  await until('all three are done', () => {
    const done = headers(ben).filter(({ isDone }) => isDone);
    return done.length === 3;
  });
  const parts = headers(ben).filter(({ isDone }) => isDone);
  expect(parts.map(({ part, temperature }) => [part, temperature]).sort()).toEqual([
    ['written-0', 0.3],
    ['written-1', 0.7],
    ['written-2', 1],
  ]);
  const before = asked();
  server.runs.train(8, 5);
  server.runs.status({ state: 'finished', step: 12 });
  await until('it has ended', () => ben.got('run').at(-1)?.status.state === 'finished');
  expect(asked()).toBe(before);
});

test('R73 where nobody looks nothing is written, and another run writes only what it is asked for', async () => {
  await press(ada, 5);
  expect(asked()).toBe(0);
  ben.look('run');
  await until('it is done', () => last(ben)?.isDone === true);
  server.runs.status({ state: 'finished', step: 12 });
  await ada.seat.command('train');
  server.runs.status({ state: 'training', step: 1, executor: 'fake' });
  expect(asked()).toBe(3);
});

test('R73 a text that is halted stays as it is; another wish ends it', async () => {
  let answer: (() => void) | null = null;
  server.runs.answer = (request) =>
    new Promise((resolve) => {
      answer = () => resolve(piece(request as Request));
    });
  const step = async (what: string, count: number) => {
    await until(what, () => asked() === count && answer !== null);
    const go = answer;
    answer = null;
    go?.();
  };
  ada.look('run');
  await press(ada, 1);
  await step('the first piece', 1);
  await until('it is shown', () => last(ada)?.text === '1111');
  await wish(ben, { halt: 1 });
  await step('the second piece', 2);
  await until('it ends', () => last(ada)?.isDone === true);
  expect(last(ada)?.text).toBe('11111111');
  await press(ada, 2);
  await until('another is asked for', () => asked() === 3);
  await press(ben, 6, 'so ');
  await step('what is no longer wanted', 3);
  await step('what is', 4);
  await until('only that is shown', () => last(ada)?.text === '6666');
  expect(last(ada)).toMatchObject({ prompt: 'so ', by: { name: 'Ben' } });
});

test('R63 R73 what can not be written is told to all who look', async () => {
  server.runs.answer = async () => {
    throw new SampleRefused('Too many samples wait already. Try again in a moment');
  };
  ben.look('run');
  await press(ada, 1);
  await until('the reason', () => last(ben)?.problem !== undefined);
  expect(last(ben)).toMatchObject({ text: '', isDone: true, problem: expect.stringContaining('Too many') });
});

test('R60 R73 wishes are checked entry by entry', async () => {
  await expect(wish(ada, { seed: -1 })).rejects.toMatchObject({ code: 'invalid-edit' });
  await expect(wish(ada, { columns: 2 })).rejects.toMatchObject({ code: 'invalid-edit' });
  await expect(wish(ben, { prompt: 'x'.repeat(1001) })).rejects.toMatchObject({ code: 'invalid-edit' });
});
