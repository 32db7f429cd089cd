import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { decodeWritings, type Passage } from '@/lib/protocol/writings';
import type { Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { Recorder, specFor, workerFile } from '../support/worker';

type Text = Extract<SampleResult, { kind: 'text' }>;
type Activations = Extract<SampleResult, { kind: 'activations' }>;

const small = { hiddenUnits: [24, 16], windowLength: 20, batchSize: 8, learningRate: 0.01 };
const spec = specFor('char-rnn', 'run', small);
const run = new Recorder();
let runs: Runs;
beforeAll(async () => {
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'onnx-cpu', dataDir: '/nowhere' });
  runs.start(spec, run, { begin: 'train' });
  // Far enough that what comes next depends on what came before.
  await run.until(() => run.step >= 150);
  runs.pause('run');
  await run.reaches('paused');
});
afterAll(() => runs.close());

const ask = async (request: SampleRequest) => runs.sample(spec, null, request);
const plain = { kind: 'text', prompt: 'the ', length: 120, temperature: 0.8, seed: 3 } as const;
const write = async (changes: Partial<Extract<SampleRequest, { kind: 'text' }>> = {}) =>
  (await ask({ ...plain, ...changes })) as Text;

/** The five likeliest at each place, with their probabilities. */
function bestOf({ best, bestProbabilities }: Pick<Passage, 'best' | 'bestProbabilities'>) {
  const characters = [...best];
  return Array.from({ length: characters.length / 5 }, (_, place) => ({
    characters: characters.slice(5 * place, 5 * (place + 1)),
    probabilities: [...bestProbabilities.subarray(5 * place, 5 * (place + 1))],
  }));
}

test('the likeliest 1 is what temperature 0 writes', async () => {
  const cold = await write({ temperature: 0 });
  expect(await write({ temperature: 2, topK: 1 })).toEqual(cold);
  expect((await write({ temperature: 2 })).text).not.toBe(cold.text);
});

test('among the likeliest 5 only these are written', async () => {
  const { text, ...told } = await write({ temperature: 3, topK: 5 });
  const places = bestOf(told);
  for (const [place, character] of [...text].entries())
    expect(places[place]?.characters).toContain(character);
});

test('the five likeliest fall and sum up to no more than all; each character has its probability', async () => {
  const { text, probabilities, ...told } = await write();
  const places = bestOf(told);
  expect([[...text].length, probabilities.length, places.length]).toEqual([120, 120, 120]);
  for (const [place, { characters, probabilities: best }] of places.entries()) {
    expect(new Set(characters).size).toBe(5);
    expect([...best].sort((a, b) => b - a)).toEqual(best);
    // Five roundings of half a 255th.
    expect(best.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(257);
    const rank = characters.indexOf([...text][place] as string);
    if (rank >= 0) expect(probabilities[place]).toBe(best[rank]);
    else expect(probabilities[place]).toBeLessThanOrEqual(best[4] as number);
  }
});

test('a text ends with what it is told to stop at', async () => {
  const whole = await write({ length: 400 });
  const stop = whole.text.slice(150, 152);
  const ended = await write({ length: 400, stop });
  expect(ended.ended).toBe('stop');
  expect(ended.text).toBe(whole.text.slice(0, whole.text.indexOf(stop) + 2));
  expect(ended.probabilities).toHaveLength(ended.text.length);
  expect(await write({ length: 400, stop: 'zqzq' })).toEqual({ ...whole, ended: 'length' });
});

test('pieces asked for one after the other are the text that one answer gives', async () => {
  const whole = await write({ length: 430 });
  const stop = whole.text.slice(250, 254);
  const until = whole.text.indexOf(stop) + stop.length;
  for (const [given, wanted] of [
    [undefined, whole.text],
    [stop, whole.text.slice(0, until)],
  ] as const) {
    let text = '';
    let pieces = 0;
    for (let ended = 'piece'; ended === 'piece'; pieces++) {
      const rest = { prompt: plain.prompt + text, length: 430 - text.length, written: text.length };
      const piece = await write({ ...rest, stop: given, pieces: true });
      text += piece.text;
      ended = piece.ended;
    }
    expect(text).toBe(wanted);
    // The prompt fills a part of the first block of 100.
    if (!given) expect(pieces).toBe(5);
  }
});

test('a stop that begins in what was written before ends the next piece', async () => {
  const { text } = await write({ length: 20 });
  const prompt = plain.prompt + text.slice(0, 8);
  const stop = text.slice(5, 10);
  const rest = { prompt, length: 12, stop };
  expect((await write({ ...rest, written: 8 })).text).toBe(text.slice(8, 10));
  expect((await write(rest)).ended).toBe(text.slice(8).includes(stop) ? 'stop' : 'length');
});

test('another character makes another text, and the text up to it is the prompt', async () => {
  const { text, ...told } = await write();
  const other = bestOf(told)[40]?.characters.find((each) => each !== text[40]) as string;
  const prompt = plain.prompt + text.slice(0, 40);
  expect((await write({ prompt, length: 80 })).text).toBe(text.slice(40));
  const branch = await write({ prompt: prompt + other, length: 79 });
  // With the same seed it may write the same, but not for the same reasons.
  expect(branch.probabilities).not.toEqual(told.probabilities.slice(41));
});

test('while it trains it shows what it writes at three temperatures, with the five likeliest', async () => {
  const frame = run.frames.filter(({ kind }) => kind === 'text').at(-1);
  const { header, payload } = decodeFrame(frame?.bytes ?? new Uint8Array());
  if (header.kind !== 'text') throw new Error(`A text expected, got ${header.kind}`);
  const passages = decodeWritings(header, payload);
  expect(passages.map(({ temperature }) => temperature)).toEqual([0.7, 0.3, 1]);
  for (const passage of passages) {
    expect([...passage.text]).toHaveLength(limits.shownCharacters);
    expect(bestOf(passage)).toHaveLength(limits.shownCharacters);
  }
  const { seed } = spec.recipe.values;
  const request = { prompt: '', length: limits.shownCharacters, temperature: 0.3, seed };
  expect((await write(request)).text).toBe(passages[1]?.text);
});

test('activations are those of each layer after each character of a text', async () => {
  const read = async (text: string | undefined, layer: number) =>
    (await ask({ kind: 'activations', text, layer })) as Activations;
  const first = await read('the king', 0);
  expect(first).toMatchObject({ text: 'the king', layers: 2, units: 24 });
  expect([first.activations.length, first.probabilities.length]).toEqual([8 * 24, 8]);
  expect((await read('the king', 1)).units).toBe(16);
  // A state depends on what came before alone, also across blocks.
  const long = await read('the king '.repeat(30), 0);
  expect(long.activations.subarray(0, 8 * 24)).toEqual(first.activations);
  expect(new Set(first.activations).size).toBeGreaterThan(20);
  const own = await read(undefined, 1);
  expect([...own.text]).toHaveLength(limits.activationCharacters);
  await expect(read('the king', 2)).rejects.toThrow('layers 0 to 1');
  expect(await read('the € king', 0)).toMatchObject({ text: 'the  king', unknown: '€' });
  await expect(read('€', 0)).rejects.toThrow('knows no character of "€"');
});

test('the probabilities of a text that is read are those with which it was written', async () => {
  const { text, probabilities } = await write();
  const read = (await ask({ kind: 'activations', text: plain.prompt + text, layer: 0 })) as Activations;
  expect(read.probabilities.subarray(plain.prompt.length)).toEqual(probabilities);
});

test('R72 characters of a prompt that the model does not know are left out and told; it is composed first', async () => {
  const known = await write({ prompt: 'the king' });
  expect(known.unknown).toBe('');
  const strange = await write({ prompt: '\u00e9t\u20ache \ud55cki\ud55cng\u{1f408}' });
  expect(strange).toEqual({ ...known, unknown: '\u00e9\u20ac\ud55c\u{1f408}' });
  // Letters and marks apart are one character, and unknown as one.
  expect((await write({ prompt: 'the e\u0301king' })).unknown).toBe('\u00e9');
  expect((await write({ prompt: '\u20ac' })).text).toBe((await write({ prompt: '' })).text);
});

test('R72 what the model wrote itself is taken as it is, after a prompt with strangers, too', async () => {
  const prompt = '\u20acthe ';
  const whole = await write({ prompt, length: 230 });
  let text = '';
  for (let ended = 'piece'; ended === 'piece'; ) {
    const rest = { prompt: prompt + text, length: 230 - text.length, written: text.length };
    const piece = await write({ ...rest, pieces: true });
    text += piece.text;
    ended = piece.ended;
  }
  expect(text).toBe(whole.text);
});
