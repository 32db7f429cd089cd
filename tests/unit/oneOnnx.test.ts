import { expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { oneOnnx } from '../../app/_room/oneOnnx';
import { byteOf, opened } from '../support/importedModels';
import { body, emptyWeight, generator, node, outside, type Part, weight } from '../support/onnxModels';

const file = (name: string, bytes: Uint8Array) => new File([new Uint8Array(bytes)], name);
const bytesOf = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const joinedBytes = async (...files: File[]) =>
  new Uint8Array(await (await oneOnnx(files)).body.arrayBuffer());

/** Adds to all pixels what stands in another file. */
const apart = (place: Readonly<Record<string, string>>, ...extra: Part[]) =>
  file(
    'faces.onnx',
    generator({ extra: [emptyWeight('shift', [1, 1], ...outside(place)), ...extra], added: 'shift' }),
  );
const first = async (bytes: Uint8Array) => (await opened(bytes, [0.1]))[1][0];
const shifted = (by: number) => byteOf(Math.tanh(0.1 + by));

test('a whole file stays as it is', async () => {
  const whole = generator();
  const { name, body } = await oneOnnx([file('faces.onnx', whole)]);
  expect(name).toBe('faces.onnx');
  expect(new Uint8Array(await body.arrayBuffer())).toEqual(whole);
});

test.each([
  ['at its beginning', { location: 'faces.onnx.data', offset: '0', length: '4' }, 0.25],
  ['further on', { location: 'faces.onnx.data', offset: '4', length: '4' }, 0.5],
  ['up to its end', { location: 'faces.onnx.data', offset: '8' }, 0.75],
  ['in a folder', { location: './weights/faces.onnx.data', offset: '4', length: '4' }, 0.5],
])('weights are taken from the second file, %s', async (_, place, by) => {
  const weights = file('faces.onnx.data', bytesOf(0.25, 0.5, 0.75));
  expect(await first(await joinedBytes(apart(place), weights))).toBe(shifted(by));
  expect(await first(await joinedBytes(weights, apart(place)))).toBe(shifted(by));
});

test('a single second file may have been renamed; of several each has its name', async () => {
  const place = { location: 'shift', offset: '0', length: '4' };
  expect(await first(await joinedBytes(apart(place), file('download (1)', bytesOf(0.5))))).toBe(shifted(0.5));
  const others = [file('other', bytesOf(9)), file('shift', bytesOf(0.25))];
  expect(await first(await joinedBytes(apart(place), ...others))).toBe(shifted(0.25));
});

test('weights within bodies and attributes are taken too', async () => {
  const place = outside({ location: 'w', offset: '0', length: '4' });
  const inner = node('If', ['yes'], ['copy'], {
    attributes: [body(emptyWeight('hidden', [1], ...place), node('Identity', ['hidden'], ['out']))],
  });
  const model = apart(
    { location: 'w', offset: '0', length: '4' },
    weight('yes', [], Uint8Array.of(1)),
    inner,
  );
  const bytes = await joinedBytes(model, file('w', bytesOf(0.5)));
  expect(Buffer.from(bytes).includes('location')).toBe(false);
});

test.each<[string, File[], string]>([
  [
    'the second file is missing',
    [apart({ location: 'faces.onnx.data', offset: '0', length: '4' })],
    'Its weights lie in faces.onnx.data. Bring both files together',
  ],
  [
    'it is another one',
    [apart({ location: 'a', length: '4' }), file('b', bytesOf(1)), file('c', bytesOf(1))],
    'Its weights lie in a. Bring both',
  ],
  [
    'it is too short',
    [apart({ location: 'w', offset: '4', length: '4' }), file('w', bytesOf(1))],
    'w is too short for the weights',
  ],
  ['nonsense as its place', [apart({ location: 'w', offset: 'x' }), file('w', bytesOf(1))], 'w is too short'],
  [
    'before its beginning',
    [apart({ location: 'w', offset: '-4', length: '4' }), file('w', bytesOf(1))],
    'w is too short',
  ],
  [
    'two models',
    [file('a.onnx', generator()), file('b.onnx', generator())],
    'Bring one .onnx file at a time',
  ],
  [
    'no model among several',
    [file('a', generator()), file('b', generator())],
    'Bring one .onnx file at a time',
  ],
])('refused: %s', async (_, files, message) => {
  await expect(oneOnnx(files)).rejects.toThrow(message);
});

test('what is no model is for the server to judge; what is too large is not sent', async () => {
  const garbage = Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 251);
  expect(await joinedBytes(file('notes.onnx', garbage))).toEqual(garbage);
  const large = new File([new Uint8Array(limits.generatorBytes)], 'w');
  const model = apart({ location: 'w', offset: '0', length: String(large.size) });
  await expect(oneOnnx([model, large])).rejects.toThrow('A generator has at most 100 MB');
});
