import { expect, test } from 'vitest';
import { Manuscript, shownSheet } from '@/app/_room/manuscript';
import { append, candidatesAt, cut, lengthOf, turnedAt } from '@/app/_room/passages';
import type { RequestOf, ResultOf } from '@/app/_room/sampling';

type Request = RequestOf<'text'>;
type Result = ResultOf<'text'>;

/** Two likeliest at each place: the character itself, 200, and x, 50. */
const passageOf = (text: string) => {
  const characters = [...text];
  return {
    temperature: 0.5,
    text,
    probabilities: Uint8Array.from(characters, () => 200),
    best: characters.map((each) => `${each}x`).join(''),
    bestProbabilities: Uint8Array.from(characters.flatMap(() => [200, 50])),
  };
};

const options = { topK: 3, stop: '', length: 10, seed: 1 };

/** A model that writes what comes next in the alphabet, four characters a piece; `answers` go when told. */
function model() {
  const asked: Request[] = [];
  const waiting: (() => void)[] = [];
  const reply = (request: Request): Result => {
    const last = request.prompt.codePointAt(request.prompt.length - 1) ?? 96;
    const count = Math.min(4, request.length);
    const text = String.fromCodePoint(...Array.from({ length: count }, (_, i) => last + 1 + i));
    const { temperature: _, ...piece } = passageOf(text);
    return {
      kind: 'text',
      step: asked.length,
      unknown: '',
      ...piece,
      ended: request.length > 4 ? 'piece' : 'length',
    };
  };
  const manuscript = new Manuscript((request) => {
    asked.push(request);
    return new Promise((resolve, reject) => {
      waiting.push(() =>
        request.prompt.includes('€') ? reject(new Error('no €')) : resolve(reply(request)),
      );
    });
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async () => {
    await settled();
    waiting.shift()?.();
    await settled();
  };
  return { manuscript, asked, answer };
}

test('passages are cut, joined and turned with what stands beside them', () => {
  const whole = passageOf('añb€');
  expect(append(cut(whole, 2), passageOf('b€'))).toEqual(whole);
  expect(candidatesAt(whole, 1)).toEqual([
    { character: 'ñ', probability: 200 / 255 },
    { character: 'x', probability: 50 / 255 },
  ]);
  const turned = turnedAt(whole, 2, 'x');
  expect(turned.text).toBe('añx');
  expect([...turned.probabilities]).toEqual([200, 200, 50]);
  expect(candidatesAt(turned, 2)).toEqual(candidatesAt(whole, 2));
  expect(lengthOf(turned)).toBe(3);
});

test('a text comes piece by piece, each asked for with what came before', async () => {
  const { manuscript, asked, answer } = model();
  void manuscript.write('`', 0.5, options);
  expect(manuscript.state.get()).toMatchObject({ sheets: [], writing: 0 });
  await answer();
  expect(shownSheet(manuscript.state.get())?.passage.text).toBe('abcd');
  await answer();
  await answer();
  expect(manuscript.state.get().writing).toBe(-1);
  expect(shownSheet(manuscript.state.get())).toMatchObject({ step: 3, passage: passageOf('abcdefghij') });
  expect(asked.map(({ prompt, written, length }) => [prompt, written, length])).toEqual([
    ['`', 0, 10],
    ['`abcd', 4, 6],
    ['`abcdefgh', 8, 2],
  ]);
  expect(asked[0]).toMatchObject({ topK: 3, temperature: 0.5, seed: 1, pieces: true });
  expect(asked[0]).not.toHaveProperty('stop');
});

test('stopped, it keeps what it has and asks for no more', async () => {
  const { manuscript, asked, answer } = model();
  void manuscript.write('`', 0.5, options);
  await answer();
  manuscript.stop();
  await answer();
  expect(shownSheet(manuscript.state.get())?.passage.text).toBe('abcd');
  expect([manuscript.state.get().writing, asked.length]).toEqual([-1, 2]);
});

test('of two texts the newest is written', async () => {
  const { manuscript, answer } = model();
  void manuscript.write('`', 0.5, options);
  void manuscript.write('m', 0.5, { ...options, length: 3 });
  await answer();
  await answer();
  expect(manuscript.state.get().sheets.map(({ passage }) => passage.text)).toEqual(['nop']);
});

test('a branch keeps exactly what is before it, and one can go back', async () => {
  const { manuscript, asked, answer } = model();
  void manuscript.write('`', 0.5, { ...options, length: 4 });
  await answer();
  void manuscript.branch(2, 'x', { ...options, length: 5 });
  expect(shownSheet(manuscript.state.get())).toMatchObject({ parent: 0, kept: 3, passage: { text: 'abx' } });
  await answer();
  expect(asked.at(-1)).toMatchObject({ prompt: '`abx', written: 3, length: 2, seed: 2 });
  expect(shownSheet(manuscript.state.get())?.passage.text).toBe('abxyz');
  manuscript.show(0);
  expect(shownSheet(manuscript.state.get())?.passage.text).toBe('abcd');
  void manuscript.branch(0, 'x', { ...options, length: 2 });
  await answer();
  expect(manuscript.state.get().sheets.map(({ parent, passage }) => [parent, passage.text])).toEqual([
    [null, 'abcd'],
    [0, 'abxyz'],
    [0, 'xy'],
  ]);
});

test('a refusal is told, and what was there stays', async () => {
  const { manuscript, answer } = model();
  void manuscript.write('`', 0.5, { ...options, length: 4 });
  await answer();
  void manuscript.write('€', 0.5, options);
  await answer();
  expect(manuscript.state.get()).toMatchObject({ problem: { own: 'no €' }, writing: -1 });
  expect(shownSheet(manuscript.state.get())?.passage.text).toBe('abcd');
});
