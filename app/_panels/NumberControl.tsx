import { useId, useState } from 'react';
import { type NumberParameter, valueSchema } from '@/lib/catalog/parameters';
import { setValue } from '@/lib/room/edit';
import { useRoom } from '../_client/context';
import { useHold, useHolder, useModel, useValue } from '../_client/recipe';
import { useText } from '../_ui/language';
import { Slider } from '../_ui/Slider';
import { useEffectNote } from './effect';
import { Field } from './Field';
import { NumberField } from './NumberField';
import { colorOf } from './person';

/** A number of the recipe: a text field that says what it accepts, and a slider for the pointer. */
export function NumberControl({ parameter }: { parameter: NumberParameter }) {
  const { key } = parameter;
  const id = useId();
  const { document } = useRoom();
  const model = useModel();
  const value = useValue(key);
  const current = typeof value === 'number' ? value : undefined;
  const holder = useHolder(key);
  const note = useEffectNote(key, parameter.effect, value);
  const hold = useHold(key);
  const [error, setError] = useState<string | null>(null);
  const write = (next: number) => document.edit((doc, origin) => setValue(doc, model, key, next, origin));
  return (
    <Field
      id={id}
      label={parameter.label}
      help={parameter.help}
      range={parameter}
      note={note}
      error={error}
      holder={holder}
      anchor={`recipe:${key}`}
      onDefault={
        current === undefined || current === parameter.default
          ? null
          : () => hold.change((doc, origin) => setValue(doc, model, key, parameter.default, origin))
      }
    >
      <NumberInput
        id={id}
        parameter={parameter}
        value={current}
        readOnly={holder !== null}
        color={holder ? colorOf(holder) : undefined}
        hold={hold}
        describedBy={`${id}-help ${id}-note`}
        error={error}
        onError={setError}
        onChange={write}
      />
    </Field>
  );
}

interface NumberInputProps {
  id: string;
  parameter: NumberParameter;
  value: number | undefined;
  readOnly: boolean;
  color: string | undefined;
  hold: ReturnType<typeof useHold>;
  describedBy: string;
  error: string | null;
  onError(message: string | null): void;
  onChange(value: number): void;
}

/** Slider and text field for one number; only valid numbers reach `onChange`. */
export function NumberInput(props: NumberInputProps) {
  const t = useText();
  const { id, parameter, value, readOnly, color, hold, error, onError, onChange } = props;
  const input = (next: number) => {
    const checked = valueSchema(parameter).safeParse(next);
    onError(checked.success ? null : (checked.error.issues[0]?.message ?? 'Not a valid value'));
    if (!checked.success) return;
    hold.touch();
    onChange(next);
  };
  return (
    <div className="flex items-center gap-4">
      <Slider
        range={parameter}
        value={value ?? parameter.default}
        disabled={readOnly || value === undefined}
        color={color}
        onStart={hold.take}
        onChange={onChange}
        onEnd={hold.release}
      />
      <NumberField
        id={id}
        range={parameter}
        unit={t(parameter.unit)}
        value={value}
        readOnly={readOnly}
        invalid={error !== null}
        describedBy={props.describedBy}
        color={color}
        onInput={input}
        onDone={() => onError(null)}
      />
    </div>
  );
}
