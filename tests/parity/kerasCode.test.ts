import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { costOf } from '@/lib/catalog/cost/index';
import { generateGlyphs } from '@/server/datasets/glyphs';
import { generateVerses } from '@/server/datasets/verses';
import { codeRecipes } from '../support/codeCases';
import { type Data, writeCase } from '../support/kerasCases';

const execute = promisify(execFile);
const python = process.env.COLATENT_PYTHON;
const script = fileURLToPath(new URL('../support/run_keras.py', import.meta.url));

/** float32 through several layers, summed in another order. */
const TOLERANCE = 2e-4;
/** Images enough for three batches. */
const IMAGES = 100;

/** Why Python can't run the programs here; empty if it can. */
async function obstacle(): Promise<string> {
  if (!python) return 'COLATENT_PYTHON names no interpreter';
  const missing = (error: Error) => `${python} lacks a package: ${error.message.trim().split('\n').at(-1)}`;
  const find =
    'import importlib.util as u; [u.find_spec(n).name for n in ("keras", "tensorflow", "safetensors")]';
  return execute(python, ['-c', find]).then(() => '', missing);
}

test('the Keras code of a recipe trains, and is the same network by size and by its answers', async ({
  skip,
}) => {
  const reason = await obstacle();
  skip(reason !== '', reason);
  const folder = await mkdtemp(join(tmpdir(), 'colatent-keras-'));
  const data: Data = { images: generateGlyphs(IMAGES), text: { kind: 'text', text: generateVerses() } };
  const cases = [];
  for (const [name, recipe] of Object.entries(codeRecipes))
    cases.push(await writeCase(folder, name, recipe, data));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(cases));
  const { stdout } = await execute(python as string, [script, folder]);
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results.map(({ name }) => name)).toEqual(Object.keys(codeRecipes));
  for (const { name, parameters, errors } of results) {
    expect(parameters, name).toBe(costOf(codeRecipes[name as keyof typeof codeRecipes]).parameters);
    for (const [network, error] of Object.entries(errors))
      expect(error, `${name}: ${network}`).toBeLessThan(TOLERANCE);
  }
  await rm(folder, { recursive: true });
}, 600_000);
