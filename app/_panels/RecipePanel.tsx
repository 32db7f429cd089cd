import { Redo2, Undo2 } from 'lucide-react';
import { memo } from 'react';
import { modelOf } from '@/lib/catalog/models';
import type { Parameter } from '@/lib/catalog/parameters';
import { useModel, useUndo } from '../_client/recipe';
import { IconButton } from '../_ui/Button';
import { ChoiceControl, DatasetControl } from './ChoiceControl';
import { LayersControl } from './LayersControl';
import { NumberControl } from './NumberControl';

/** Everything that people may set, as the catalog lists it. */
export function RecipePanel() {
  const model = modelOf(useModel());
  return (
    <section aria-label="Recipe" className="flex h-full flex-col">
      <header className="flex h-12 shrink-0 max-lg:h-10 items-center justify-between border-b border-line pr-3 pl-6">
        <h2 className="text-sm font-semibold">Recipe</h2>
        <UndoButtons />
      </header>
      <div data-clip className="min-h-0 flex-1 overflow-y-auto px-6 py-4">
        <p className="mb-2 text-sm text-ink-soft">{model.summary}</p>
        <DatasetControl />
        {model.parameters.map((parameter) => (
          <Control key={`${model.id} ${parameter.key}`} parameter={parameter} />
        ))}
      </div>
    </section>
  );
}

const Control = memo(function Control({ parameter }: { parameter: Parameter }) {
  switch (parameter.kind) {
    case 'number':
      return <NumberControl parameter={parameter} />;
    case 'choice':
      return <ChoiceControl parameter={parameter} />;
    case 'layers':
      return <LayersControl parameter={parameter} />;
  }
});

function UndoButtons() {
  const { canUndo, canRedo, undo, redo } = useUndo();
  return (
    <div className="flex">
      <IconButton icon={Undo2} label="Undo" disabled={!canUndo} onClick={undo} />
      <IconButton icon={Redo2} label="Redo" disabled={!canRedo} onClick={redo} />
    </div>
  );
}
