import { useText } from '../_ui/language';

interface ClassLegendProps {
  classes: readonly string[];
  isolated: number | null;
  onIsolate(category: number | null): void;
}

/** Which colour is which class; a press shows that one alone, another press all again. */
export function ClassLegend({ classes, isolated, onIsolate }: ClassLegendProps) {
  const t = useText();
  const isShown = (category: number) => isolated === null || isolated === category;
  return (
    <ul
      aria-label={t('Classes')}
      className="flex flex-col rounded-lg bg-paper/70 [figure+&]:max-sm:hidden max-lg:flex-row max-lg:flex-wrap max-lg:justify-end max-sm:w-full max-sm:flex-nowrap max-sm:justify-start max-sm:overflow-x-auto max-sm:[scrollbar-width:none]"
    >
      {classes.map((name, category) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={isolated === category}
            onClick={() => onIsolate(isolated === category ? null : category)}
            className={`flex h-6 w-full items-center gap-2 rounded-md px-2 text-xs whitespace-nowrap transition-colors duration-150 hover:bg-sunken ${
              isShown(category) ? 'text-ink' : 'text-ink-faint'
            }`}
          >
            <span
              aria-hidden
              className="size-2.5 rounded-full"
              style={{ background: `var(--class-${category % 10})`, opacity: isShown(category) ? 1 : 0.4 }}
            />
            {t.foreign(name)}
          </button>
        </li>
      ))}
    </ul>
  );
}
