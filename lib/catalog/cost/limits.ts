import { listed, type Sentence, say } from '../../text/sentence';
import { modelOf, type Recipe } from '../models';
import type { Parameter, ParameterValue } from '../parameters';
import { costOf } from './index';

/** What a server lets one run use. */
export interface CostLimits {
  readonly memoryBytes: number;
  readonly flopsPerStep: number;
}
type Quantity = keyof CostLimits;

const GIBI = 2 ** 30;
const GIGA = 1e9;

const short = (value: number): number => Number(value.toPrecision(3));

const complaints = {
  memoryBytes: {
    message: 'This recipe would need {needed} GB of memory, the server allows {allowed} GB. {advice}',
    unit: GIBI,
  },
  flopsPerStep: {
    message: 'A step of this recipe would take {needed} GFLOP, the server allows {allowed}. {advice}',
    unit: GIGA,
  },
} as const;

/** About half of a value, as far down as it may go; the same value where halving means nothing. */
function halved(parameter: Parameter, value: ParameterValue): ParameterValue {
  const half = (number: number, least: number) => Math.max(least, Math.ceil(number / 2));
  if (parameter.kind === 'layers') return (value as number[]).map((width) => half(width, parameter.min));
  return parameter.kind === 'number' && parameter.integer ? half(value as number, parameter.min) : value;
}

/** The hyperparameter whose halving lowers the quantity the most, the first of equals; `null` if none lowers it. */
function mostCostly(recipe: Recipe, quantity: Quantity): Parameter | null {
  const values: Record<string, ParameterValue> = recipe.values;
  let least = costOf(recipe)[quantity];
  let found: Parameter | null = null;
  for (const parameter of modelOf(recipe.model).parameters) {
    const { key } = parameter;
    const smaller = { ...values, [key]: halved(parameter, values[key] as ParameterValue) };
    const cost = costOf({ ...recipe, values: smaller } as Recipe)[quantity];
    if (cost < least) [least, found] = [cost, parameter];
  }
  return found;
}

function adviceOn(recipe: Recipe, quantity: Quantity): Sentence {
  const parameter = mostCostly(recipe, quantity);
  if (!parameter) return 'Choose another model.';
  const values: Record<string, ParameterValue> = recipe.values;
  const [first = 0, ...others] = [values[parameter.key] as number | readonly number[]].flat();
  const value = listed([first, ...others], '{first}, {other}');
  return say('Lower {label} (now {value}).', { label: parameter.label, value });
}

/** Why a server with such limits doesn't train the recipe, and which hyperparameter to lower; `null` if it does. */
export function excessOf(recipe: Recipe, limits: CostLimits): Sentence | null {
  const cost = costOf(recipe);
  const quantities: readonly Quantity[] = ['memoryBytes', 'flopsPerStep'];
  const exceeded = quantities.find((quantity) => cost[quantity] > limits[quantity]);
  if (!exceeded) return null;
  const { message, unit } = complaints[exceeded];
  const needed = short(cost[exceeded] / unit);
  const allowed = short(limits[exceeded] / unit);
  return say(message, { needed, allowed, advice: adviceOn(recipe, exceeded) });
}
