import { expect, test } from 'vitest';
import { longFunctions } from '../functions.mjs';

const lines = (count: number, line: string) => Array.from({ length: count }, () => line).join('\n');

test('a function is as long as all that stands in it, markup too', () => {
  const component = `export function Page() {\n  return (\n    <ul>\n${lines(8, '      <li>one</li>')}\n    </ul>\n  );\n}`;
  expect(longFunctions('Page.tsx', component, 14)).toEqual([]);
  expect(longFunctions('Page.tsx', component, 13)).toEqual(['Page.tsx:1: Page has 14 lines, at most 13']);
});

test('methods, arrows and functions within functions are found by their names', () => {
  const text = `class Box {\n  open() {\n${lines(5, '    go();')}\n  }\n}\nconst shut = () => {\n${lines(5, '  go();')}\n};\n`;
  expect(longFunctions('box.ts', text, 6)).toEqual([
    'box.ts:2: open has 7 lines, at most 6',
    'box.ts:10: shut has 7 lines, at most 6',
  ]);
  expect(longFunctions('box.ts', `function a() {\n${text}}\n`, 15)).toEqual([
    'box.ts:1: a has 18 lines, at most 15',
  ]);
});
