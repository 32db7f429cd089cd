import * as z from 'zod/mini';
import type { PlainMessage } from '../text/keys';
import { own, type Sentence, say } from '../text/sentence';
import { complaint } from '../text/sentenceSchema';
import { type Unit, unitOf } from './units';

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
  readonly unit: Unit;
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

/** An ordered list of layer widths. People resize its layers, and add and remove some where their number may vary. */
export interface LayersParameter extends ParameterBase {
  readonly kind: 'layers';
  readonly unit: Unit;
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

type Range = Pick<NumberParameter, 'label' | 'unit' | 'min' | 'max' | 'integer'>;

const fits = ({ integer, min, max }: Range, value: unknown): value is number =>
  typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));

/** What is wrong with a number that stands beside its label; `null` if nothing is. */
export function problemOf(parameter: Range, value: number): Sentence | null {
  if (fits(parameter, value)) return null;
  const range = rangeOf(parameter);
  return parameter.integer
    ? say('Must be a whole number from {range}', { range })
    : say('Must be a number from {range}', { range });
}

function rangeOf({ min, max, unit }: Range): Sentence {
  if (unit === '') return say('{min} to {max}', { min, max });
  return say('{min} to {max} {unit}', { min, max, unit: unitOf(unit, max) });
}

function numberSchema(parameter: Range) {
  const { label, integer } = parameter;
  const values = { label, range: rangeOf(parameter) };
  const wrong = integer
    ? say('{label} must be a whole number from {range}', values)
    : say('{label} must be a number from {range}', values);
  return z.custom<number>((value) => fits(parameter, value), complaint(wrong));
}

/** One of these values. */
export const choiceSchema = <const Value extends string>(label: PlainMessage, values: readonly Value[]) =>
  z.custom<Value>(
    (value) => (values as readonly unknown[]).includes(value),
    complaint(say('{label} must be one of {values}', { label, values: own(values.join(', ')) })),
  );

/** The schema of one parameter's value; its complaints say which range was expected. */
export function valueSchema(parameter: Parameter): z.ZodMiniType<ParameterValue> {
  switch (parameter.kind) {
    case 'number':
      return numberSchema(parameter);
    case 'choice':
      return choiceSchema(
        parameter.label,
        parameter.options.map((option) => option.value),
      );
    case 'layers': {
      const { label, minLayers: min, maxLayers: max } = parameter;
      const isCount = ({ length }: readonly number[]) => length >= min && length <= max;
      const count = say('{label} must have {min} to {max} layers', { label, min, max });
      return z
        .array(numberSchema({ ...parameter, integer: true }))
        .check(z.refine(isCount, complaint(count)));
    }
  }
}

/** Whether `value` is the parameter's default. */
export function isDefault(parameter: Parameter, value: ParameterValue): boolean {
  return JSON.stringify(value) === JSON.stringify(parameter.default);
}
