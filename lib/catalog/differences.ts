import { listed, own, type Part, type Sentence } from '../text/sentence';
import { datasetOf } from './datasets';
import { modelOf, type Recipe } from './models';
import { isOwn } from './ownData';
import type { Parameter, ParameterValue } from './parameters';
import { withUnit } from './units';

/** A control whose values differ, as a person reads them. */
export interface Difference {
  /** `key` of the catalog, or `model`, or `dataset`. */
  readonly key: string;
  readonly label: Sentence;
  /** `null` where a recipe's model has no such control. */
  readonly from: Part | null;
  readonly to: Part | null;
}

/** As many digits as tell something. */
const legible = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** A value as a person reads it: "0.5", "30 numbers", "1,000, 50 units", "Mean squared error". */
export function readableValue(parameter: Parameter, value: ParameterValue | undefined): Part {
  switch (parameter.kind) {
    case 'number':
      return withUnit(legible(Number(value)), parameter.unit);
    case 'choice':
      return parameter.options.find((option) => option.value === value)?.label ?? own(String(value));
    case 'layers': {
      const [first, ...others] = Array.isArray(value) ? value.map(legible) : [];
      return first === undefined
        ? 'none'
        : withUnit(listed([first, ...others], '{first}, {other}'), parameter.unit);
    }
  }
}

/** Names a data set that somebody brought, while it is there. */
type OwnName = (id: string) => string | undefined;

/** A data set as a person knows it. */
export function datasetLabel(id: Recipe['dataset'], ownName: OwnName): Sentence {
  if (!isOwn(id)) return datasetOf(id).label;
  const name = ownName(id);
  return name === undefined ? 'Own data' : own(name);
}

/** Everything in which two recipes differ: model and data set, then the controls of both models in the catalog's order. */
export function differencesOf(from: Recipe, to: Recipe, ownName: OwnName): Difference[] {
  const found: Difference[] = [];
  const add = (key: string, label: Sentence, a: Part | null, b: Part | null) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push({ key, label, from: a, to: b });
  };
  add('model', 'Model', modelOf(from.model).label, modelOf(to.model).label);
  if (from.dataset !== to.dataset)
    found.push({
      key: 'dataset',
      label: 'Data set',
      from: datasetLabel(from.dataset, ownName),
      to: datasetLabel(to.dataset, ownName),
    });
  const valuesOf = ({ model, values }: Recipe) => {
    const all = new Map<string, ParameterValue>(Object.entries(values));
    const named = modelOf(model).parameters.map(
      (parameter) =>
        [
          parameter.key,
          { label: parameter.label, value: readableValue(parameter, all.get(parameter.key)) },
        ] as const,
    );
    return new Map(named);
  };
  const [before, after] = [valuesOf(from), valuesOf(to)];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(key), after.get(key)];
    const label = (b ?? a)?.label;
    if (label !== undefined) add(key, label, a?.value ?? null, b?.value ?? null);
  }
  return found;
}
