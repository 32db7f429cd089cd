import { ChartSpline, type LucideIcon, SlidersHorizontal, Users } from 'lucide-react';
import { useText } from '@/app/_ui/language';
import type { Tab } from './usePanels';

const tabs = {
  recipe: { label: 'Recipe', icon: SlidersHorizontal },
  time: { label: 'Time', icon: ChartSpline },
  people: { label: 'People', icon: Users },
} as const satisfies Record<Tab, { label: string; icon: LucideIcon }>;

interface TabsProps {
  className: string | undefined;
  shown: Tab | 'none';
  onToggle(tab: Tab): void;
}

/** Where panels don't stand beside the stage: which one is open; pressed again, it gives its place to the stage. */
export function Tabs({ className, shown, onToggle }: TabsProps) {
  const t = useText();
  return (
    <nav aria-label={t('Panels')} className={className}>
      {(Object.keys(tabs) as Tab[]).map((tab) => {
        const { label, icon: Icon } = tabs[tab];
        return (
          <button key={tab} type="button" aria-pressed={shown === tab} onClick={() => onToggle(tab)}>
            <Icon aria-hidden size={16} />
            {t(label)}
          </button>
        );
      })}
    </nav>
  );
}
