import { type CSSProperties, type ReactNode, useId } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import { type Text, useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { SharedRange } from '@/app/_view/SharedRange';
import { fieldValue, type GeneratorField } from '@/lib/protocol/generator';
import type { Person } from '@/lib/protocol/messages';
import { type ExploreEntries, fieldEntry } from '@/lib/room/explore';
import { classLabels } from './classLabels';

interface FieldsProps {
  fields: readonly GeneratorField[];
  entries: ExploreEntries;
}

/** Further inputs of somebody's own generator: a class, numbers, switches, shared by all. */
export function GeneratorFields({ fields, entries }: FieldsProps) {
  return fields.map((field) => {
    const key = `field/${field.key}`;
    const props = {
      field,
      control: controls.explore('generator', key),
      value: fieldValue(field, entries[fieldEntry(field.key)]),
    };
    return <Chooser key={field.key} {...props} />;
  });
}

interface ChooserProps {
  field: GeneratorField;
  /** The shared control's name. */
  control: string;
  value: number;
}

function Chooser(props: ChooserProps) {
  const t = useText();
  const { field, value } = props;
  const { kind, least, most } = field;
  const label = labelOf(field, t);
  switch (kind) {
    case 'class':
      return <ClassChooser {...props} label={label} />;
    case 'switch':
      return <Switch {...props} label={label} />;
    case 'whole':
      return <SharedRange {...props} label={label} min={least} max={most} step={1} shown={t.number(value)} />;
    case 'number': {
      const isShare = least === 0 && most === 1;
      const shown = isShare ? undefined : t.number(value, { maximumFractionDigits: 2 });
      return (
        <SharedRange
          {...props}
          label={label}
          min={least}
          max={most}
          step={(most - least) / 100}
          shown={shown}
        />
      );
    }
  }
}

/** The label of a field; common ones have the page's own words. */
function labelOf({ name, kind }: GeneratorField, t: Text): string {
  if (/^(truncation|truncation_psi|psi)$/i.test(name)) return t('Truncation');
  if (kind === 'number' && /^noise$/i.test(name)) return t('Noise');
  if (kind === 'class' && /^(y|c|cls|class|classes|class_?(id|label)s?|labels?)$/i.test(name))
    return t('Class');
  return name;
}

function ClassChooser({ field, control, value, label }: ChooserProps & { label: string }) {
  const t = useText();
  const id = useId();
  const { holder, step } = useControl(control);
  const options = classLabels(field, t).map((label, n) => ({ value: String(n), label }));
  return (
    <Labelled id={id} control={control} label={label} holder={holder}>
      <Select
        id={id}
        options={options}
        value={String(value)}
        disabled={holder !== null}
        onChange={(event) => step(Number(event.target.value))}
      />
    </Labelled>
  );
}

function Switch({ control, value, label }: ChooserProps & { label: string }) {
  const id = useId();
  const { holder, step } = useControl(control);
  return (
    <Labelled id={id} control={control} label={label} holder={holder}>
      <input
        id={id}
        type="checkbox"
        checked={value === 1}
        disabled={holder !== null}
        onChange={(event) => step(Number(event.target.checked))}
        className="size-5 accent-(--ink)"
      />
    </Labelled>
  );
}

function Labelled({
  id,
  control,
  label,
  holder,
  children,
}: {
  id: string;
  control: string;
  label: string;
  holder: Person | null;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0" data-control={control}>
      <p className="mb-0.5 flex justify-between gap-2 text-xs text-ink-soft">
        <label htmlFor={id} className="truncate">
          {label}
        </label>
        {holder && (
          <span
            className="min-w-4 truncate rounded-full bg-(--holder) px-2 font-medium text-paper"
            style={{ '--holder': `var(--person-${holder.color})` } as CSSProperties}
          >
            {holder.name}
          </span>
        )}
      </p>
      {children}
    </div>
  );
}
