import { Keyboard, Redo2, Undo2 } from 'lucide-react';
import { memo } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { useModel, useUndo } from '@/app/_hooks/recipe';
import { IconButton } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { modelOf } from '@/lib/catalog/models';
import { type Parameter, type ParameterGroup, parameterGroups } from '@/lib/catalog/parameters';
import { ChoiceControl } from './ChoiceControl';
import { CostNote } from './CostNote';
import { useIsFrozen } from './effect';
import { LayersControl } from './LayersControl';
import { DatasetControl, ModelControl } from './ModelControls';
import { NumberControl } from './NumberControl';

/** The recipe's controls in the catalog's order, and its cost. */
export function RecipePanel() {
  const t = useText();
  const model = modelOf(useModel());
  const groups = [...new Set(model.parameters.map(({ group }) => group))];
  return (
    <section aria-label={t('Recipe')} className="flex h-full flex-col">
      <header className="flex h-12 shrink-0 max-lg:h-10 items-center justify-between border-b border-line pr-3 pl-6">
        <h2 className="text-sm font-semibold">{t('Recipe')}</h2>
        <NextRunOnly />
        <UndoButtons />
      </header>
      <div data-clip className="min-h-0 flex-1 overflow-y-auto px-6 py-4">
        <ModelControl />
        <DatasetControl />
        {groups.map((group) => (
          <Group
            key={`${model.id} ${group}`}
            group={group}
            parameters={model.parameters.filter((parameter) => parameter.group === group)}
          />
        ))}
      </div>
      <CostNote />
    </section>
  );
}

/** A note while a run goes on that changes are for the next one; controls that act at once say so themselves. */
function NextRunOnly() {
  const t = useText();
  if (!useIsFrozen()) return null;
  return <span className="mr-1 ml-auto text-xs font-normal text-ink-faint">{t('next run only')}</span>;
}

/** Colours of the groups of generator and discriminator. */
const groupColors: Partial<Record<ParameterGroup, string>> = {
  generator: 'bg-generated',
  discriminator: 'bg-real',
};

function Group({ group, parameters }: { group: ParameterGroup; parameters: readonly Parameter[] }) {
  const t = useText();
  const label = t(parameterGroups[group]);
  return (
    <section aria-label={label}>
      <h3 className="-mx-6 mt-2 mb-1 flex items-center gap-2 border-t border-line px-6 pt-4 text-xs font-medium text-ink-soft">
        {groupColors[group] && <span aria-hidden className={`h-3 w-1 rounded-full ${groupColors[group]}`} />}
        {label}
        {parameters.some(({ effect }) => effect === 'restart') && <NextRunOnly />}
      </h3>
      {parameters.map((parameter) => (
        <Control key={parameter.key} parameter={parameter} />
      ))}
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
  const t = useText();
  const { listsShortcuts } = useRoom();
  const { canUndo, canRedo, undo, redo } = useUndo();
  return (
    <div className="flex">
      <IconButton
        icon={Keyboard}
        label={t('Keyboard shortcuts')}
        onClick={() => listsShortcuts.set(true)}
        className="pointer-coarse:hidden"
      />
      <IconButton icon={Undo2} label={t('Undo')} disabled={!canUndo} onClick={undo} />
      <IconButton icon={Redo2} label={t('Redo')} disabled={!canRedo} onClick={redo} />
    </div>
  );
}
