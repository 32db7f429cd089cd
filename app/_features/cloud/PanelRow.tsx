/** A line of buttons under its name. */
export function PanelRow({
  label,
  control,
  help,
  children,
}: {
  label: string;
  /** The shared control's name, if all in the room have it. */
  control?: string;
  help?: string;
  children: React.ReactNode;
}) {
  return (
    <fieldset title={help} data-control={control} className="flex flex-wrap items-center gap-1">
      <legend className="mb-1 text-xs text-ink-soft">{label}</legend>
      {children}
    </fieldset>
  );
}
