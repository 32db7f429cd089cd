import { expect, test } from 'vitest';
import { circles, forbidden, rows, withRows } from '../imports.mjs';

test('a file may import its own folder and what its row has, packages and Node too, and nothing else', () => {
  const file = 'server/models/gan.ts';
  const fine = [
    'server/models/dense.ts',
    'server/engine/trace/scan.ts',
    'lib/random.ts',
    '@tensorflow/tfjs-core',
  ];
  expect(forbidden(file, fine)).toEqual([]);
  const others = [
    'server/engine/scanner.ts',
    'server/datasets/index.ts',
    'node:',
    'zod',
    './gone (not found)',
  ];
  expect(forbidden(file, others).map((each) => /imports ([^;]+);/.exec(each)?.[1])).toEqual(others);
});

test('a folder that is new needs a row, and one file alone imports ONNX Runtime', () => {
  expect(forbidden('server/novel/index.ts', [])).toEqual([expect.stringContaining('no row')]);
  expect(forbidden('server/engine/onnx/runtime.ts', ['onnxruntime-node'])).toEqual([]);
  expect(forbidden('server/engine/executors.ts', ['onnxruntime-node'])).toHaveLength(1);
});

test('circles of imports are found, however long', () => {
  const graph = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a', 'zod']],
    ['d', ['c', 'd']],
  ]);
  expect(circles(graph)).toEqual(['a -> b -> c -> a', 'd -> d']);
});

test('a document gets the rows as they are, and nothing else of it changes', () => {
  const text = 'before\n<!-- imports -->\nold rows\n<!-- /imports -->\nafter\n';
  const written = withRows(text);
  expect(written).toMatch(/^before\n<!-- imports -->\n[\s\S]*<!-- \/imports -->\nafter\n$/);
  for (const [place, allowed] of rows) expect(written).toContain(`| \`${place}\` | ${allowed} |`);
  expect(written).not.toContain('old rows');
  expect(withRows(written)).toBe(written);
  expect(() => withRows('no place')).toThrow('has no place for the rows');
});
