import type { Recipe } from '../catalog/models';
import { modelOf, parameterOf } from '../catalog/models';
import { type NumberParameter, parameterGroups } from '../catalog/parameters';

/** The constants at the top of a program: one a number of the recipe, by the same name in every language. */

/** `batchNormMomentum` as `BATCH_NORM_MOMENTUM`. */
export const constantName = (key: string): string => key.replaceAll(/[A-Z]/g, '_$&').toUpperCase();

interface Style {
  /** What begins a comment. */
  readonly comment: string;
  /** A whole number of what is counted is `isCount`, e.g. 32 images; 1 as a learning rate isn't. */
  define(name: string, value: number, isCount: boolean): string;
}

/** Definitions of all numbers of a recipe, under the headings that its panel has. */
export function settings({ model, values }: Recipe, { comment, define }: Style): string {
  const numbers = modelOf(model).parameters.filter(
    (parameter): parameter is NumberParameter => parameter.kind === 'number',
  );
  const groups = [...new Set(numbers.map(({ group }) => group))];
  const given = values as Readonly<Record<string, unknown>>;
  return groups
    .map((group) => {
      const definitions = numbers
        .filter((parameter) => parameter.group === group)
        .map(({ key, unit, integer }) => {
          const line = define(constantName(key), given[key] as number, integer);
          return unit === '' ? line : `${line}  ${comment} ${unit}`;
        });
      return [`${comment} ${parameterGroups[group]}`, ...definitions].join('\n');
    })
    .join('\n\n');
}

/** What a choice is called on the page. */
export function choiceLabel(recipe: Recipe, key: string): string {
  const parameter = parameterOf(recipe.model, key);
  const value = (recipe.values as Readonly<Record<string, unknown>>)[key];
  if (parameter.kind !== 'choice') throw new RangeError(`${key} is no choice`);
  return parameter.options.find((option) => option.value === value)?.label ?? String(value);
}
