import { describe, expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { korean } from '@/lib/text/ko';
import { inWords } from '@/lib/text/sentence';
import { ImportedGenerator } from '@/server/engine/onnx/imported';
import { inspect } from '@/server/engine/onnx/inspect';
import { ImportedModelError } from '@/server/engine/onnx/refusal';
import {
  body,
  external,
  FLOAT,
  generator,
  graph,
  INT32,
  input,
  modelOf,
  node,
  output,
  value,
  weight,
} from '../support/onnxModels';

const withWeight = (...extra: Uint8Array[]) =>
  generator({ extra: [weight('w', [1], Float32Array.of(0), ...extra)] });
const inBody = modelOf([
  graph(
    input('z', FLOAT, ['N', 4]),
    output('images', ['N', 1, 8, 8]),
    node('Loop', ['', '', 'z'], ['images'], {
      attributes: [body(output('y', ['N', 4]), weight('hidden', [1], Float32Array.of(0), ...external))],
    }),
  ),
]);
const inAttribute = generator({ extra: [node('Constant', [], ['c'], { attributes: [value(...external)] })] });
const custom = generator({ extra: [node('Gelu', ['z'], ['c'], { domain: 'com.microsoft' })] });
/** ONNX Runtime would join the two, a reader that takes the last one would see no weight. */
const twoGraphs = modelOf([
  graph(weight('w', [1], Float32Array.of(0), ...external)),
  graph(node('Tanh', ['z'], ['y'])),
]);

/** What is said is short, known in Korean, and tells nothing of the runtime. */
function expectPlain(error: ImportedModelError): void {
  const { message } = error;
  expect(message.length).toBeLessThan(220);
  expect(message).not.toMatch(/onnxruntime|Status|\.cc|node \w+\b.*error/i);
  expect(inWords(error.sentence, korean)).toMatch(/[가-힣]/);
}

const noModel = /^This is no ONNX model, or not all of it/;
const elsewhere = /^Its weights lie in another file\. Bring both files together/;

describe('refused before anything of it is loaded', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['garbage', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 251), noModel],
    ['a text', new TextEncoder().encode('<!doctype html><html></html>'), noModel],
    ['nothing', new Uint8Array(), noModel],
    ['a file cut short', generator().subarray(0, 700), noModel],
    ['two graphs', twoGraphs, noModel],
    ['a weight in another file', withWeight(...external), elsewhere],
    ['a weight marked as external only', withWeight(external[1] as Uint8Array), elsewhere],
    ['a weight with a place only', withWeight(external[0] as Uint8Array), elsewhere],
    ['such a weight in a loop', inBody, elsewhere],
    ['such a weight in an attribute', inAttribute, elsewhere],
    ['an operator that is not standard', custom, /^It needs Gelu of com\.microsoft/],
    [
      'operators of the future',
      generator({ opset: 99 }),
      /version 99\. Export it with opset_version 7 to 26$/,
    ],
    [
      'whole numbers as input',
      modelOf([
        graph(input('ids', INT32, ['N', 4]), output('y', ['N', 1, 8, 8]), node('Tanh', ['ids'], ['y'])),
      ]),
      /^It asks for ids: int32\[N, 4\], but not for latents/,
    ],
    ['a text as input', generator({ extra: [input('words', 8, ['N'])] }), /^It also asks for words: \?\[N\]/],
    ['too many latents', generator({ latentSize: 16_385, shape: [1, 4, 4] }), /at most 16,384/],
    ['too large a batch', generator({ rows: 2 ** 23 }), /^It draws 8,388,608 pictures at once/],
  ])('%s', (_, bytes, message) => {
    expect(() => inspect(bytes)).toThrow(ImportedModelError);
    expect(() => inspect(bytes)).toThrow(message);
    try {
      inspect(bytes);
    } catch (error) {
      expectPlain(error as ImportedModelError);
    }
  });

  test('a file that is too large', () => {
    const large = new Uint8Array(limits.generatorBytes + 1);
    expect(() => inspect(large)).toThrow('A generator has at most 100 MB');
  });
});

describe('refused once it was tried', () => {
  const pictures = { shape: [1, 8, 8], latents: ['N', 1, 8, 8], latentSize: 64, name: 'pictures' };
  test.each<[string, Uint8Array, RegExp]>([
    [
      'a model that contradicts itself',
      generator({ extra: [node('Add', ['nothing', 'z'], ['q'])] }),
      /^ONNX Runtime can not load it/,
    ],
    [
      'a batch that fits nothing',
      generator({ reshaped: [3, 5, 7, 11] }),
      /^It does not run on latents of 4 numbers/,
    ],
    ['pixels that are no numbers', generator({ activation: 'Log' }), /^It makes pixels that are no numbers/],
    ['too few pixels', generator({ shape: [1, 3, 8] }), /no pictures, but images: float32\[8, 1, 3, 8\]/],
    ['two channels', generator({ shape: [2, 8, 8] }), /no pictures, but images: float32\[8, 2, 8, 8\]/],
    [
      'numbers that make no rectangle',
      generator({ shape: [67] }),
      /no pictures, but images: float32\[8, 67\]/,
    ],
    ['pictures of pictures', generator(pictures), /^It makes pictures of pictures/],
  ])('%s', async (_, bytes, message) => {
    const error = await ImportedGenerator.load(bytes).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ImportedModelError);
    expect((error as Error).message).toMatch(message);
    expectPlain(error as ImportedModelError);
  });
});
