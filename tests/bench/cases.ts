import { defaultValues, type ModelId, modelIds, type Recipe, recipeSchema } from '@/lib/catalog/models';
import type { ParameterValue } from '@/lib/catalog/parameters';
import { type Framework, frameworks } from './peer';
import { options } from './report';

export const defaultBatch = 32;

/** A training at the notebook's settings that is measured against others. */
export interface Case {
  readonly model: ModelId;
  readonly variant?: 'dropout' | 'no-dropout';
  /** What differs from the catalog's default values. */
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** The largest share of a peer's step that ours may take, on the CPU and with batches of 32. */
  readonly limits: Readonly<Partial<Record<Framework | 'tfjs-node', number>>>;
}

/** 500 of 3,615 real images. */
const images = { validationShare: 13.83 };
const noDropout = { dropout: 0, recurrentDropout: 0 };

const cases: readonly Case[] = [
  { model: 'autoencoder', values: images, limits: { keras: 0.22, pytorch: 0.5, 'tfjs-node': 0.08 } },
  { model: 'gan', values: {}, limits: { keras: 0.08, pytorch: 0.28, 'tfjs-node': 0.05 } },
  { model: 'dcgan', values: {}, limits: { keras: 0.65, pytorch: 0.45, 'tfjs-node': 0.4 } },
  { model: 'char-rnn', variant: 'dropout', values: {}, limits: { keras: 0.22, 'tfjs-node': 0.05 } },
  {
    model: 'char-rnn',
    variant: 'no-dropout',
    values: noDropout,
    limits: { keras: 0.5, pytorch: 0.7, 'tfjs-node': 0.05 },
  },
  { model: 'stylegan', values: {}, limits: { pytorch: 0.7 } },
];

/** On another device than the CPU, with any batch size: not slower than PyTorch. */
const deviceLimit = 1;

/** The cases of the models that `--models` names, else all. @throws RangeError for an unknown model. */
export function chosenCases(): readonly Case[] {
  const names = options.models?.split(',') ?? modelIds;
  const unknown = names.find((name) => !cases.some(({ model }) => model === name));
  if (unknown !== undefined)
    throw new RangeError(`Unknown model ${unknown}; expected some of ${modelIds.join(',')}`);
  return cases.filter(({ model }) => names.includes(model));
}

/** Whoever trains the same network in Python on that device. */
export function peersOf({ limits }: Case, device: string): Framework[] {
  return frameworks.filter((each) => each in limits && (device === 'cpu' || each === 'pytorch'));
}

/** @returns the largest share of that peer's step that ours may take; null where none is set. */
export function limitOf({ limits }: Case, peer: string, batch: number, device: string): number | null {
  if (device !== 'cpu') return deviceLimit;
  return batch === defaultBatch ? (limits[peer as keyof typeof limits] ?? null) : null;
}

export function recipeOf({ model, values }: Case, batchSize: number): Recipe {
  return recipeSchema.parse({
    model,
    dataset: model === 'char-rnn' ? 'shakespeare' : 'fashion-mnist',
    values: { ...defaultValues(model), ...values, batchSize },
  });
}
