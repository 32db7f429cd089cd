import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costOf } from '@/lib/catalog/cost/index';
import { modelIds } from '@/lib/catalog/models';
import { codeOf } from '@/lib/code/index';
import { generateGlyphs } from '@/server/datasets/glyphs';
import { generateVerses } from '@/server/datasets/verses';
import { codeRecipes, vocabularyText } from '../support/codeCases';
import { type Data, writeCase } from '../support/kerasCases';
import { expectTrained, type ProgramCase, programCases } from '../support/programCases';
import { pythonObstacle, runPython } from '../support/python';

/** float32 through several layers, summed in another order. */
const TOLERANCE = 2e-4;
/** Images enough for three batches. */
const IMAGES = 100;
/** Programs of each model; `COLATENT_RUNS` asks for more. */
const runs = Number(process.env.COLATENT_RUNS ?? 4);

interface Held {
  readonly name: keyof typeof codeRecipes;
  readonly parameters: number;
  readonly errors: Readonly<Record<string, number>>;
}

test('the Keras code of a recipe trains, and is the same network by size and by its answers', async ({
  skip,
}) => {
  const reason = await pythonObstacle('keras', 'tensorflow', 'safetensors');
  skip(reason !== '', reason);
  const folder = await mkdtemp(join(tmpdir(), 'colatent-keras-'));
  const data: Data = { images: generateGlyphs(IMAGES), text: vocabularyText(generateVerses()) };
  const cases = [];
  for (const [name, recipe] of Object.entries(codeRecipes))
    cases.push(await writeCase(folder, name, recipe, data));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(cases));
  const results = await runPython<Held>('run_keras.py', folder);
  expect(results.map(({ name }) => name)).toEqual(Object.keys(codeRecipes));
  for (const { name, parameters, errors } of results) {
    expect(parameters, name).toBe(costOf(codeRecipes[name]).parameters);
    for (const [network, error] of Object.entries(errors))
      expect(error, `${name}: ${network}`).toBeLessThan(TOLERANCE);
  }
  await rm(folder, { recursive: true });
}, 1_800_000);

interface Done {
  readonly program: string;
  readonly updates: number;
  readonly said: readonly string[];
}

/** Writes a case's program as a file, or as a notebook; @returns its entry in the manifest. */
async function writeProgram(folder: string, { recipe, file }: ProgramCase, i: number) {
  const isNotebook = i % 2 === 1;
  const program = `${recipe.model}-${i}.${isNotebook ? 'ipynb' : 'py'}`;
  const source = codeOf(recipe, isNotebook ? 'notebook' : 'keras', 'http://colatent.example');
  await writeFile(join(folder, program), source.replace('length=400', 'length=3'));
  await writeFile(join(folder, `${program}.data`), file);
  return { program, data: `${program}.data` };
}

test('Keras programs and notebooks take the steps that the product takes, with whatever it trains', async ({
  skip,
}) => {
  const reason = await pythonObstacle('keras', 'tensorflow');
  skip(reason !== '', reason);
  const folder = await mkdtemp(join(tmpdir(), 'colatent-programs-'));
  const cases = modelIds.flatMap((model) => fc.sample(programCases(model), runs));
  const manifest = [];
  for (const [i, each] of cases.entries()) manifest.push(await writeProgram(folder, each, i));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const results = await runPython<Done>('run_programs.py', folder);
  expect(results.map(({ program }) => program)).toEqual(manifest.map(({ program }) => program));
  for (const [i, each] of results.entries()) expectTrained(cases[i] as ProgramCase, each);
  await rm(folder, { recursive: true });
}, 1_800_000);
