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

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const short = (value: number): string => digits.format(value);

const complaints: Readonly<Record<Quantity, (needed: number, allowed: number) => string>> = {
  memoryBytes: (needed, allowed) =>
    `This recipe would need ${short(needed / GIBI)} GB of memory, the server allows ${short(allowed / GIBI)} GB.`,
  flopsPerStep: (needed, allowed) =>
    `A step of this recipe would take ${short(needed / GIGA)} GFLOP, the server allows ${short(allowed / GIGA)}.`,
};

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

function advice(recipe: Recipe, quantity: Quantity): string {
  const parameter = mostCostly(recipe, quantity);
  if (!parameter) return 'Choose another model.';
  const values: Record<string, ParameterValue> = recipe.values;
  const value = values[parameter.key];
  return `Lower ${parameter.label} (now ${Array.isArray(value) ? value.join(', ') : value}).`;
}

/** Why a server with such limits doesn't train the recipe, and which hyperparameter to lower; `null` if it does. */
export function excessOf(recipe: Recipe, limits: CostLimits): string | null {
  const cost = costOf(recipe);
  const quantities: readonly Quantity[] = ['memoryBytes', 'flopsPerStep'];
  const exceeded = quantities.find((quantity) => cost[quantity] > limits[quantity]);
  if (!exceeded) return null;
  return `${complaints[exceeded](cost[exceeded], limits[exceeded])} ${advice(recipe, exceeded)}`;
}
