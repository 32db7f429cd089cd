import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '@/server/worker/prepare/prepare';
import { chosenCases, defaultBatch, recipeOf } from './cases';
import { dataFolder, median, report, round } from './report';

/**
 * From a recipe to a program that can take its first step: what a person waits for after Train, beyond the
 * data. `first`: traced, optimized, lowered and loaded; `again`: the same from what was kept.
 */
const limitsMs = { first: 2000, again: 300 };
const rounds = 5;

// Whatever is kept here, no other version of the code reads it.
process.env.COLATENT_BUILD = 'bench';

/** Milliseconds from knowing the data to being ready, with `dataDir` as it is. */
async function startMs(recipe: ReturnType<typeof recipeOf>, dataDir: string): Promise<number> {
  let compiling = 0;
  const basis = {
    recipe,
    executor: 'onnx-cpu',
    datasets: dataFolder(),
    dataDir,
  } as const;
  const { program } = await prepare(basis, null, ({ label }) => {
    if (label === 'Compiling the model') compiling = performance.now();
  });
  const ms = performance.now() - compiling;
  await program.dispose();
  return ms;
}

for (const each of chosenCases()) {
  const recipe = recipeOf(each, defaultBatch);
  const times = { first: [] as number[], again: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    const dataDir = await mkdtemp(join(tmpdir(), 'colatent-bench-'));
    times.first.push(await startMs(recipe, dataDir));
    times.again.push(await startMs(recipe, dataDir));
    await rm(dataDir, { recursive: true });
  }
  for (const what of ['first', 'again'] as const)
    report({
      bench: 'starting',
      model: each.model,
      variant: each.variant,
      what,
      ms: round(median(times[what]), 1),
      limit: limitsMs[what],
      ok: median(times[what]) <= limitsMs[what],
    });
}
