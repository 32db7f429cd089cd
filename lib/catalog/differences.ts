import type { Words } from '../text/words';
import { datasetOf } from './datasets';
import { modelOf, type Recipe } from './models';
import { isOwn } from './ownData';
import { type Parameter, type ParameterValue, unitOf } from './parameters';

/** A control whose values differ, as a person reads them. */
export interface Difference {
  /** `key` of the catalog, or `model`, or `dataset`. */
  readonly key: string;
  readonly label: string;
  /** `null` where a recipe's model has no such control. */
  readonly from: Words | null;
  readonly to: Words | null;
}

const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat('en');
const written = (value: number): string => (Number.isInteger(value) ? whole : fine).format(value);

/** A value as a person reads it: "0.5", "30 numbers", "1,000, 50 units", "Mean squared error". */
export function formatValue(parameter: Parameter, value: ParameterValue | undefined): string {
  switch (parameter.kind) {
    case 'number':
      return `${written(Number(value))} ${unitOf(parameter.unit, Number(value))}`.trim();
    case 'choice':
      return parameter.options.find((option) => option.value === value)?.label ?? String(value);
    case 'layers':
      return Array.isArray(value) && value.length > 0
        ? `${value.map(written).join(', ')} ${value.length === 1 ? unitOf(parameter.unit, value[0]) : parameter.unit}`
        : 'none';
  }
}

/** Names a data set that somebody brought, while it is there. */
type OwnName = (id: string) => string | undefined;

/** A data set as a person knows it. */
export function datasetLabel(id: Recipe['dataset'], ownName: OwnName): Words {
  if (!isOwn(id)) return datasetOf(id).label;
  const own = ownName(id);
  return own === undefined ? 'Own data' : { own };
}

/** Everything in which two recipes differ: model and data set, then the controls of both models in the catalog's order. */
export function differencesOf(from: Recipe, to: Recipe, ownName: OwnName): Difference[] {
  const found: Difference[] = [];
  const add = (key: string, label: string, a: string | null, b: string | null) => {
    if (a !== b) found.push({ key, label, from: a, to: b });
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
        [parameter.key, { parameter, text: formatValue(parameter, all.get(parameter.key)) }] as const,
    );
    return new Map(named);
  };
  const [before, after] = [valuesOf(from), valuesOf(to)];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(key), after.get(key)];
    add(key, (b ?? a)?.parameter.label ?? key, a?.text ?? null, b?.text ?? null);
  }
  return found;
}
