import type { DatasetId } from '@/lib/catalog/datasets';
import {
  datasetsFor,
  defaultDatasetFor,
  defaultModel,
  type ModelId,
  modelOf,
  models,
} from '@/lib/catalog/models';
import { setDataset, setModel } from '@/lib/room/edit';
import { useDataset, useModel } from '../_client/recipe';
import { useText } from '../_ui/language';
import { Choice } from './ChoiceControl';

/** What the next run trains. */
export function ModelControl() {
  const t = useText();
  const model = useModel();
  return (
    <>
      <Choice
        parameter={{
          kind: 'choice',
          key: 'model',
          label: 'Model',
          help: 'What to train. Every model keeps its own data set and settings: come back, and all is as you left it.',
          effect: 'restart',
          options: models.map(({ id, label }) => ({ value: id, label })),
          default: defaultModel,
        }}
        value={model}
        edit={(next) => (doc, origin) => setModel(doc, next as ModelId, origin)}
      />
      <p className="mb-2 min-h-15 text-sm text-ink-soft">{t(modelOf(model).summary)}</p>
    </>
  );
}

/** What the next run learns from: one of the data sets that fit the model. */
export function DatasetControl() {
  const model = useModel();
  const value = useDataset();
  const fitting = datasetsFor(model);
  const known = fitting.find((dataset) => dataset.id === value);
  return (
    <Choice
      parameter={{
        kind: 'choice',
        key: 'dataset',
        label: 'Data set',
        help: (known ?? fitting[0])?.help ?? '',
        effect: 'restart',
        options: fitting.map(({ id, label }) => ({ value: id, label })),
        default: defaultDatasetFor(model),
      }}
      value={value}
      edit={(next) => (doc, origin) => setDataset(doc, model, next as DatasetId, origin)}
    />
  );
}
