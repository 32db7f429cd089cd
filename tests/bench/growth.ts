import { costOf } from '@/lib/catalog/cost';
import type { ModelId, Recipe } from '@/lib/catalog/models';
import type { ParameterValue } from '@/lib/catalog/parameters';
import { recipeOf } from './cases';
import { BareLoop } from './loop';
import { median, report, round } from './report';

/** How a step's time grows with a hyperparameter, beside its FLOPs: nothing may grow faster than they do. */
const sweeps: readonly {
  readonly model: ModelId;
  readonly key: string;
  readonly values: readonly number[];
  valuesOf(value: number): Readonly<Record<string, ParameterValue>>;
}[] = [
  ...(['autoencoder', 'gan', 'dcgan', 'stylegan', 'char-rnn'] as const).map((model) => ({
    model,
    key: 'batchSize',
    values: [8, 32, 128, 512],
    valuesOf: (batchSize: number) => ({ batchSize }),
  })),
  {
    model: 'autoencoder',
    key: 'hiddenUnits',
    values: [64, 256, 1024],
    valuesOf: (units) => ({ hiddenUnits: [units] }),
  },
  {
    model: 'char-rnn',
    key: 'hiddenUnits',
    values: [64, 256, 1024],
    valuesOf: (units) => ({ hiddenUnits: [units, units] }),
  },
  {
    model: 'char-rnn',
    key: 'windowLength',
    values: [25, 100, 400],
    valuesOf: (windowLength) => ({ windowLength }),
  },
];

/** What a measurement on a shared machine may be off by. */
const tolerance = 1.25;
const rounds = 3;
const roundMs = 600;

async function stepMsOf(recipe: Recipe): Promise<number> {
  const loop = await BareLoop.create('onnx-cpu', recipe);
  const first = await loop.train(2);
  const steps = Math.max(1, Math.round(roundMs / first));
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) times.push(await loop.train(steps));
  await loop.close();
  return median(times);
}

for (const { model, key, values, valuesOf } of sweeps) {
  let before: { readonly stepMs: number; readonly flops: number } | null = null;
  for (const value of values) {
    const changed = valuesOf(value);
    const recipe = recipeOf({ model, values: changed, limits: {} }, (changed.batchSize as number) ?? 32);
    const flops = costOf(recipe).flopsPerStep;
    const stepMs = await stepMsOf(recipe);
    const growth = before && {
      time: round(stepMs / before.stepMs, 2),
      flops: round(flops / before.flops, 2),
      ok: stepMs / before.stepMs <= (tolerance * flops) / before.flops,
    };
    report({
      bench: 'growth',
      model,
      key,
      value,
      stepMs: round(stepMs, 3),
      gflop: round(flops / 1e9, 4),
      gflopsPerSecond: round(flops / 1e6 / stepMs, 1),
      growth,
    });
    before = { stepMs, flops };
  }
}
