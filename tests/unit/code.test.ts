import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetsFor, type ModelId, modelIds, modelOf, type Recipe } from '@/lib/catalog/models';
import type { Parameter, ParameterValue } from '@/lib/catalog/parameters';
import { codeOf, fileNameOf, languages, readableOf } from '@/lib/code/index';
import { constantName } from '@/lib/code/settings';
import { text } from '@/lib/code/template';
import { recipeWith } from '../support/codeCases';

const SITE = 'http://colatent.example';
const programs = ['keras', 'tensorflowjs'] as const;

const recipeOf = (model: ModelId, values: Readonly<Record<string, unknown>> = {}): Recipe =>
  recipeWith(model, datasetsFor(model)[0]?.id as Recipe['dataset'], values);

/** Any value that the parameter may have. */
function anyValue(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.kind) {
    case 'number': {
      const { min, max, integer } = parameter;
      return integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
    }
    case 'choice':
      return fc.constantFrom(...parameter.options.map(({ value }) => value));
    case 'layers': {
      const { min, max, minLayers, maxLayers } = parameter;
      return fc.array(fc.integer({ min, max }), { minLength: minLayers, maxLength: maxLayers });
    }
  }
}

const allParameters = modelIds.flatMap((model) =>
  modelOf(model).parameters.map((parameter) => ({ model, parameter, name: `${model}: ${parameter.key}` })),
);

test.each(allParameters)('another value of $name is another program', ({ model, parameter }) => {
  const two = fc.tuple(anyValue(parameter), anyValue(parameter));
  fc.assert(
    fc.property(two, ([one, other]) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      for (const language of programs) {
        const [first, second] = [one, other].map((value) =>
          codeOf(recipeOf(model, { [parameter.key]: value }), language, SITE),
        );
        expect(first).not.toBe(second);
      }
    }),
    { numRuns: 15 },
  );
});

test.each(allParameters)(
  '$name stands in the program by its value, and a constant is used',
  ({ model, parameter }) => {
    fc.assert(
      fc.property(anyValue(parameter), (value) => {
        for (const language of programs) {
          const code = codeOf(recipeOf(model, { [parameter.key]: value }), language, SITE);
          if (parameter.kind === 'number') {
            const name = constantName(parameter.key);
            const definition = new RegExp(`^(?:const )?${name} = (\\S+?);?(?:\\s|$)`, 'm').exec(code);
            expect(Number(definition?.[1])).toBe(value);
            const uses = code.match(new RegExp(`\\b${name}\\b`, 'g')) ?? [];
            expect(uses.length, `${name} in ${language}`).toBeGreaterThan(1);
          }
          if (parameter.kind === 'layers')
            for (const width of value as readonly number[])
              expect(code).toMatch(new RegExp(`\\b${width}\\b`));
        }
      }),
      { numRuns: 15 },
    );
  },
);

const allRecipes = modelIds.flatMap((model) =>
  datasetsFor(model).map(({ id }) => ({ name: `${model} on ${id}`, recipe: recipeWith(model, id) })),
);

test.each(allRecipes)('$name: lines are short enough to read, and none ends in a space', ({ recipe }) => {
  for (const { id } of languages)
    for (const line of readableOf(recipe, id, SITE).split('\n')) {
      expect(line).toBe(line.trimEnd());
      if (!line.includes('http')) expect(line.length, line).toBeLessThanOrEqual(110);
    }
});

test.each(allRecipes)('$name: the notebook is nbformat 4.5 and holds the Keras program', ({ recipe }) => {
  const { cells, nbformat, nbformat_minor } = JSON.parse(codeOf(recipe, 'notebook', SITE));
  expect([nbformat, nbformat_minor]).toEqual([4, 5]);
  const ids = cells.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
  for (const cell of cells) {
    const keys = cell.cell_type === 'code' ? ['execution_count', 'outputs'] : [];
    expect(Object.keys(cell).sort()).toEqual(['cell_type', 'id', 'metadata', 'source', ...keys].sort());
  }
  // From top to bottom its cells are the program.
  const linesOf = (code: string) => code.split('\n').filter((line) => line !== '' && !/^#/.test(line));
  const code = cells
    .filter(({ cell_type }: { cell_type: string }) => cell_type === 'code')
    .map(({ source }: { source: readonly string[] }) => source.join(''));
  expect(linesOf(code.join('\n'))).toEqual(linesOf(codeOf(recipe, 'keras', SITE)));
});

test('Keras gets rates with a decimal point, which it asks for, and counts without', () => {
  const code = codeOf(recipeOf('autoencoder', { learningRate: 1, batchSize: 16 }), 'keras', SITE);
  expect(code).toContain('\nLEARNING_RATE = 1.0\n');
  expect(code).toContain('\nBATCH_SIZE = 16  # images\n');
});

test('files are called by model and data set', () => {
  const recipe = recipeWith('dcgan', 'fashion-mnist');
  const names = languages.map(({ id }) => fileNameOf(recipe, id));
  expect(names).toEqual(['dcgan-fashion-mnist.py', 'dcgan-fashion-mnist.mjs', 'dcgan-fashion-mnist.ipynb']);
});

test('data that somebody brought are read from where the server keeps them', () => {
  const hash = 'ab'.repeat(32);
  const images = recipeWith('dcgan', `own:images-32x32x3-${hash}`);
  const words = recipeWith('char-rnn', `own:text-20-30-${hash}`);
  for (const recipe of [images, words])
    for (const language of programs)
      expect(codeOf(recipe, language, SITE)).toContain(`${SITE}/api/blobs/${hash}`);
  expect(codeOf(images, 'keras', SITE)).toContain('IMAGE_SHAPE = [32, 32, 3]');
});

test('a template keeps the place of several lines and drops lines of null', () => {
  const inner = text`
    one
      two
  `;
  expect(text`
    begin
      ${inner}
      ${null}
    end \n \$x
  `).toBe('begin\n  one\n    two\nend \\n $x');
});
