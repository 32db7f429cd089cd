import { useId } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import { useModel, useValue } from '@/app/_hooks/recipe';
import type { Edit } from '@/app/_room/document';
import { useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import type { ChoiceParameter } from '@/lib/catalog/parameters';
import { setValue } from '@/lib/room/edit';
import { useEffectNote } from './effect';
import { Field } from './Field';

/** One of a few named values of the recipe. */
export function ChoiceControl({ parameter }: { parameter: ChoiceParameter }) {
  const model = useModel();
  const value = useValue(parameter.key);
  return (
    <Choice
      parameter={parameter}
      value={value === undefined ? undefined : String(value)}
      edit={(next) => (doc, origin) => setValue(doc, model, parameter.key, next, origin)}
    />
  );
}

interface ChoiceProps {
  parameter: Omit<ChoiceParameter, 'group'>;
  /** Its name; by itself that of a hyperparameter of the present model. */
  control?: string;
  /** Further values, with names that people gave. */
  named?: readonly { readonly value: string; readonly label: string }[];
  value: string | undefined;
  edit(value: string): Edit;
}

/** A select that one person at a time may change. */
export function Choice({ parameter, control, named = [], value, edit }: ChoiceProps) {
  const t = useText();
  const id = useId();
  const own = controls.recipe(useModel(), parameter.key);
  const held = useControl(control ?? own);
  const { holder } = held;
  const note = useEffectNote(parameter.key, parameter.effect, value);
  const change = (next: string) => held.change(edit(next));
  const { default: initial } = parameter;
  return (
    <Field
      id={id}
      label={parameter.label}
      help={parameter.help}
      range={null}
      note={note}
      problem={null}
      holder={holder}
      control={held.name}
      anchor={`recipe:${parameter.key}`}
      onDefault={value === undefined || value === initial ? null : () => change(initial)}
    >
      <Select
        id={id}
        options={[
          ...parameter.options.map((option) => ({ value: option.value, label: t(option.label) })),
          ...named,
        ]}
        value={value ?? initial}
        disabled={value === undefined || holder !== null}
        aria-describedby={`${id}-help ${id}-note`}
        onChange={(event) => change(event.target.value)}
      />
    </Field>
  );
}
