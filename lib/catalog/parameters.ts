import * as z from 'zod/mini';
import type { PlainMessage } from '../text/keys';

/** When a changed value takes effect: in the running training, or only with the next run. */
type Effect = 'live' | 'restart';

/** Groups of parameters in the recipe panel, with their headings. */
export const parameterGroups = {
  text: 'Text',
  network: 'Network',
  mapping: 'Mapping network',
  generator: 'Generator',
  discriminator: 'Discriminator',
  both: 'Both networks',
  training: 'Training',
  projection: 'Projection',
} as const;
export type ParameterGroup = keyof typeof parameterGroups;

interface ParameterBase {
  readonly key: string;
  readonly label: PlainMessage;
  readonly help: PlainMessage;
  readonly effect: Effect;
  readonly group: ParameterGroup;
}

/**
 * A number in `[min, max]`; by `scale` its slider moves evenly, by factors, or as a square: finely near `min`,
 * which may be 0.
 */
export interface NumberParameter extends ParameterBase {
  readonly kind: 'number';
  readonly unit: PlainMessage;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly integer: boolean;
  readonly scale: 'linear' | 'log' | 'square';
}

export interface ChoiceParameter extends ParameterBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: PlainMessage }[];
  readonly default: string;
}

/** Units in the singular; others have none. */
const singular: Readonly<Record<string, PlainMessage>> = {
  numbers: 'number',
  units: 'unit',
  characters: 'character',
  steps: 'step',
  filters: 'filter',
  pixels: 'pixel',
  layers: 'layer',
  images: 'image',
  windows: 'window',
  passes: 'pass',
};

/** The unit as it stands behind a value: 1 step, 2 steps. */
export const unitOf = (unit: PlainMessage, value: number): PlainMessage =>
  value === 1 ? (singular[unit] ?? unit) : unit;

/** An ordered list of layer widths. People resize its layers, and add and remove some where their number may vary. */
export interface LayersParameter extends ParameterBase {
  readonly kind: 'layers';
  readonly unit: PlainMessage;
  /** The label of one layer, followed by its number counted from 1. */
  readonly layerLabel: PlainMessage;
  readonly minLayers: number;
  readonly maxLayers: number;
  readonly min: number;
  readonly max: number;
  readonly default: readonly number[];
}

export type Parameter = NumberParameter | ChoiceParameter | LayersParameter;
export type ParameterValue = number | string | readonly number[];

type Given<P extends Parameter, Usual extends keyof P> = Omit<P, 'kind' | Usual> & Partial<Pick<P, Usual>>;

/** By default a parameter takes effect with the next run, and a number is continuous and without a unit. */
export const number = (
  given: Given<NumberParameter, 'effect' | 'unit' | 'integer' | 'scale'>,
): NumberParameter => ({
  kind: 'number',
  effect: 'restart',
  unit: '',
  integer: false,
  scale: 'linear',
  ...given,
});
export const choice = (given: Given<ChoiceParameter, 'effect'>): ChoiceParameter => ({
  kind: 'choice',
  effect: 'restart',
  ...given,
});
export const layers = (given: Given<LayersParameter, 'effect'>): LayersParameter => ({
  kind: 'layers',
  effect: 'restart',
  ...given,
});

function numberSchema({ integer, min, max, label, unit }: Omit<NumberParameter, 'kind' | 'default'>) {
  const range =
    `${label} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max} ${unit}`.trim();
  const base = integer ? z.int({ error: range }) : z.number({ error: range });
  return base.check(z.gte(min, { error: range }), z.lte(max, { error: range }));
}

/** The schema of one parameter's value; its messages say which range was expected. */
export function valueSchema(parameter: Parameter): z.ZodMiniType<ParameterValue> {
  switch (parameter.kind) {
    case 'number':
      return numberSchema(parameter);
    case 'choice': {
      const values = parameter.options.map((option) => option.value);
      return z.enum(values, { error: `${parameter.label} must be one of ${values.join(', ')}` });
    }
    case 'layers': {
      const width = numberSchema({ ...parameter, integer: true, scale: 'log' });
      const count = `${parameter.label} must have ${parameter.minLayers} to ${parameter.maxLayers} layers`;
      return z
        .array(width)
        .check(
          z.minLength(parameter.minLayers, { error: count }),
          z.maxLength(parameter.maxLayers, { error: count }),
        );
    }
  }
}

/** Whether `value` is the parameter's default. */
export function isDefault(parameter: Parameter, value: ParameterValue): boolean {
  return JSON.stringify(value) === JSON.stringify(parameter.default);
}
