import { Plus, X } from 'lucide-react';
import { useCallback, useId, useState } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import { useLayers, useModel } from '@/app/_hooks/recipe';
import { useText } from '@/app/_ui/language';
import { isDefault, type LayersParameter, type NumberParameter } from '@/lib/catalog/parameters';
import { addLayer, removeLayer, setValue } from '@/lib/room/edit';
import { useEffectNote } from './effect';
import { Field, type Problem } from './Field';
import { NumberInput } from './NumberControl';

/** Units of a layer that is added where there is none. */
const FIRST_UNITS = 100;

/** The typed edits of one layers parameter; each is an undo step of its own. */
function useLayerEdits(parameter: LayersParameter) {
  const { key } = parameter;
  const model = useModel();
  const { name, holder, change } = useControl(controls.recipe(model, key));
  return {
    name,
    holder,
    add: (units: number) => change((doc, origin) => addLayer(doc, model, key, units, origin)),
    remove: (index: number) => change((doc, origin) => removeLayer(doc, model, key, index, origin)),
    restore: () => change((doc, origin) => setValue(doc, model, key, parameter.default, origin)),
  };
}

/** Widths of layers: each can be resized and removed, and new ones added at the end. */
export function LayersControl({ parameter }: { parameter: LayersParameter }) {
  const t = useText();
  const id = useId();
  const layers = useLayers(parameter.key);
  const note = useEffectNote(parameter.key, parameter.effect, layers);
  const edits = useLayerEdits(parameter);
  const { holder } = edits;
  const [problem, setProblem] = useState<Problem | null>(null);
  // People know a layer by its place, counted from 1; it has no other identity.
  const rows = (layers ?? parameter.default).map((units, i) => ({ units, place: i + 1 }));
  const editable = layers !== undefined && holder === null;
  return (
    <Field
      id={id}
      group
      label={parameter.label}
      help={parameter.help}
      range={parameter}
      note={note}
      problem={problem}
      holder={holder}
      control={edits.name}
      anchor={`recipe:${parameter.key}`}
      onDefault={layers && !isDefault(parameter, layers) ? edits.restore : null}
    >
      {rows.map(({ units, place }) => (
        <Layer
          key={place}
          id={`${id}-${place}`}
          groupId={id}
          place={place}
          parameter={layerParameter(parameter, place)}
          value={layers ? units : undefined}
          name={parameter.key}
          onProblem={setProblem}
          isVariable={isVariable(parameter)}
          onRemove={editable && rows.length > parameter.minLayers ? () => edits.remove(place - 1) : null}
        />
      ))}
      {isVariable(parameter) && (
        <button
          type="button"
          disabled={!editable || rows.length >= parameter.maxLayers}
          onClick={() => edits.add(rows.at(-1)?.units ?? FIRST_UNITS)}
          className="mt-1 mb-2 inline-flex h-8 w-full items-center justify-center gap-2 rounded-lg border border-dashed border-line text-sm text-ink-soft transition-colors duration-150 hover:border-line-strong hover:text-ink disabled:opacity-40"
        >
          <Plus aria-hidden size={14} />
          {t('Add layer')}
        </button>
      )}
    </Field>
  );
}

const isVariable = ({ minLayers, maxLayers }: LayersParameter): boolean => minLayers < maxLayers;

/** One layer's width as a number parameter. */
function layerParameter(parameter: LayersParameter, place: number): NumberParameter {
  return {
    ...parameter,
    kind: 'number',
    label: parameter.layerLabel,
    default: parameter.default[place - 1] ?? FIRST_UNITS,
    integer: true,
    scale: 'log',
  };
}

interface LayerProps extends Omit<Parameters<typeof NumberInput>[0], 'problem' | 'describedBy' | 'control'> {
  groupId: string;
  /** The key of the layers parameter. */
  name: string;
  place: number;
  /** Whether layers can be added and removed. */
  isVariable: boolean;
  onRemove: (() => void) | null;
}

function Layer({ groupId, name, place, isVariable, onRemove, onProblem, ...input }: LayerProps) {
  const t = useText();
  const control = useControl(controls.recipe(useModel(), name, place - 1));
  const [problem, setProblem] = useState<Problem | null>(null);
  const tell = useCallback(
    (next: Problem | null) => {
      setProblem(next);
      onProblem(next);
    },
    [onProblem],
  );
  const { id, parameter } = input;
  return (
    <div className="mb-1" data-control={control.name}>
      <div className="flex h-6 items-center justify-between">
        <label htmlFor={id} className="text-xs text-ink-soft">
          {t(parameter.label)} {place}
        </label>
        {isVariable && (
          <button
            type="button"
            aria-label={t('Remove layer {place}', { place })}
            title={t('Remove')}
            disabled={!onRemove}
            onClick={onRemove ?? undefined}
            className="grid size-6 place-items-center rounded-md text-ink-faint transition-colors duration-150 hover:bg-sunken hover:text-ink disabled:opacity-25"
          >
            <X aria-hidden size={14} />
          </button>
        )}
      </div>
      <NumberInput
        {...input}
        control={control}
        describedBy={`${groupId}-help ${groupId}-note`}
        problem={problem}
        onProblem={tell}
      />
    </div>
  );
}
