import { useClassText } from '@/app/_hooks/useClassNames';
import { ClassMark } from '@/app/_ui/ClassMark';
import { useText } from '@/app/_ui/language';
import { shortName } from '@/lib/text/names';

/** Visible characters of a class's name; of a longer one the middle goes. */
const NAME_CHARACTERS = 24;

interface ClassLegendProps {
  classes: readonly string[];
  isolated: number | null;
  onIsolate(category: number | null): void;
}

/** A legend of the classes' colours; a press shows one class alone, another press all again. */
export function ClassLegend({ classes, isolated, onIsolate }: ClassLegendProps) {
  const t = useText();
  const text = useClassText();
  const isShown = (category: number) => isolated === null || isolated === category;
  return (
    <ul
      aria-label={t('Classes')}
      className="flex max-h-[min(31rem,55vh)] max-w-full flex-col overflow-y-auto rounded-lg bg-paper/70 @max-[38rem]:flex-row @max-[38rem]:overflow-x-auto @max-[38rem]:[scrollbar-width:none] [@container_(height<19rem)]:flex-row [@container_(height<19rem)]:overflow-x-auto [figure+&]:@max-[38rem]:hidden"
    >
      {classes.map((name, category) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={isolated === category}
            title={text(name)}
            onClick={() => onIsolate(isolated === category ? null : category)}
            className={`flex h-6 w-full items-center gap-2 rounded-md px-2 text-xs whitespace-nowrap transition-colors duration-150 hover:bg-sunken ${
              isShown(category) ? 'text-ink' : 'text-ink-faint'
            }`}
          >
            <ClassMark category={category} isFaint={!isShown(category)} />
            {shortName(text(name), NAME_CHARACTERS)}
          </button>
        </li>
      ))}
    </ul>
  );
}
