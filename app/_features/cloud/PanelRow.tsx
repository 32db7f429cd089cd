/** A line of buttons under its name. */
export function PanelRow({
  label,
  help,
  children,
}: {
  label: string;
  help?: string;
  children: React.ReactNode;
}) {
  return (
    <fieldset title={help} className="flex flex-wrap items-center gap-1">
      <legend className="mb-1 text-xs text-ink-soft">{label}</legend>
      {children}
    </fieldset>
  );
}
