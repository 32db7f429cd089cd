import { useEffect, useId, useRef, useState } from 'react';
import { type Control, controls, useControl } from '@/app/_hooks/control';
import { useModel, useValue } from '@/app/_hooks/recipe';
import { useText } from '@/app/_ui/language';
import { NumberField } from '@/app/_ui/NumberField';
import type { Reading } from '@/app/_ui/numbers';
import { colorOf } from '@/app/_ui/person';
import { Slider } from '@/app/_ui/Slider';
import { type NumberParameter, problemOf } from '@/lib/catalog/parameters';
import { unitOf } from '@/lib/catalog/units';
import { setValue } from '@/lib/room/edit';
import { useEffectNote } from './effect';
import { Field, type Problem } from './Field';

/** A number of the recipe: a text field that says what it accepts, and a slider for the pointer. */
export function NumberControl({ parameter }: { parameter: NumberParameter }) {
  const { key } = parameter;
  const id = useId();
  const model = useModel();
  const value = useValue(key);
  const current = typeof value === 'number' ? value : undefined;
  const note = useEffectNote(key, parameter.effect, value);
  const control = useControl(controls.recipe(model, key));
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <Field
      id={id}
      label={parameter.label}
      help={parameter.help}
      range={parameter}
      note={note}
      problem={problem}
      holder={control.holder}
      control={control.name}
      anchor={`recipe:${key}`}
      onDefault={
        current === undefined || current === parameter.default
          ? null
          : () => control.change((doc, origin) => setValue(doc, model, key, parameter.default, origin))
      }
    >
      <NumberInput
        id={id}
        parameter={parameter}
        value={current}
        control={control}
        describedBy={`${id}-help ${id}-note`}
        problem={problem}
        onProblem={setProblem}
      />
    </Field>
  );
}

interface NumberInputProps {
  id: string;
  parameter: NumberParameter;
  value: number | undefined;
  control: Control;
  describedBy: string;
  problem: Problem | null;
  onProblem(problem: Problem | null): void;
}

/** Slider and text field for one number; only valid numbers reach `onChange`. */
export function NumberInput(props: NumberInputProps) {
  const t = useText();
  const { id, parameter, value, control, problem, onProblem } = props;
  const { holder } = control;
  const take = (next: number) => {
    onProblem(null);
    control.step(next);
  };
  const input = ({ values, isCertain }: Reading) => {
    const complaint = problemOf(parameter, values[0] ?? Number.NaN);
    const fitting = values.filter((each) => problemOf(parameter, each) === null);
    const [first] = values;
    if (first !== undefined && complaint === null && isCertain) take(first);
    else if (fitting.length > 0) onProblem({ kind: 'ambiguous', values: fitting, take });
    else onProblem({ kind: 'wrong', sentence: complaint ?? 'Not a valid value' });
  };
  // A complaint is about what was typed over one value: it goes with it.
  const complained = useRef(value);
  useEffect(() => {
    if (complained.current !== value) onProblem(null);
    complained.current = value;
  }, [value, onProblem]);
  return (
    <div className="flex items-center gap-4">
      <Slider
        range={parameter}
        value={value ?? parameter.default}
        disabled={value === undefined}
        grip={control}
      />
      <NumberField
        id={id}
        range={parameter}
        unit={t.say(unitOf(parameter.unit, value ?? parameter.default))}
        value={value}
        readOnly={holder !== null}
        invalid={problem !== null}
        describedBy={props.describedBy}
        color={holder ? colorOf(holder) : undefined}
        onInput={input}
        onDone={() => onProblem(null)}
      />
    </div>
  );
}
