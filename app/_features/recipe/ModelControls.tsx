import { LayoutGrid, Upload } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useOwnData, useRoom } from '@/app/_hooks/context';
import { controls } from '@/app/_hooks/control';
import { useDataset, useModel } from '@/app/_hooks/recipe';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import {
  datasetsFor,
  defaultDatasetFor,
  defaultModel,
  type ModelId,
  modelOf,
  models,
  type Recipe,
} from '@/lib/catalog/models';
import { setDataset, setModel } from '@/lib/room/edit';
import { Choice } from './ChoiceControl';

/** Its cards and thumbnails are loaded when somebody looks for another model. */
const ModelChooser = lazy(async () => ({ default: (await import('./ModelChooser')).ModelChooser }));

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
        control={controls.model}
        value={model}
        edit={(next) => (doc, origin) => setModel(doc, next as ModelId, origin)}
      />
      <p className="mb-2 min-h-15 text-sm text-ink-soft">{t(modelOf(model).summary)}</p>
      <ChooserButton />
    </>
  );
}

/** Opens the gallery; before the first press nothing of it is there. */
function ChooserButton() {
  const t = useText();
  const [open, setOpen] = useState<boolean | null>(null);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="mb-2 inline-flex h-8 w-full items-center justify-center gap-2 rounded-lg border border-line text-sm text-ink-soft transition-colors duration-150 hover:border-line-strong hover:text-ink"
      >
        <LayoutGrid aria-hidden size={14} />
        {t('Gallery of models')}
      </button>
      {open !== null && (
        <Suspense>
          <ModelChooser open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What the next run learns from: one of the data sets that fit the model, or one that somebody brought. */
export function DatasetControl() {
  const t = useText();
  const room = useRoom();
  const model = useModel();
  const value = useDataset();
  const fitting = datasetsFor(model);
  const own = useOwnData().filter(({ kind }) => kind === modelOf(model).data);
  const known = fitting.find((dataset) => dataset.id === value);
  return (
    <>
      <Choice
        parameter={{
          kind: 'choice',
          key: 'dataset',
          label: 'Data set',
          help: known?.help ?? 'Brought into this playground by the people in it.',
          effect: 'restart',
          options: fitting.map(({ id, label }) => ({ value: id, label })),
          default: defaultDatasetFor(model),
        }}
        named={own.map(({ id, name }) => ({ value: id, label: name }))}
        value={value}
        edit={(next) => (doc, origin) => setDataset(doc, model, next as Recipe['dataset'], origin)}
      />
      <Button
        variant="quiet"
        icon={Upload}
        onClick={() => room.bringing.set([])}
        className="-mx-3 -mt-2 mb-2 self-start"
      >
        {t('Your own data')}
      </Button>
    </>
  );
}
