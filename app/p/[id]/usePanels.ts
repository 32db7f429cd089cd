import { useState } from 'react';
import { useMedia } from '@/app/_ui/useMedia';

export type Tab = 'recipe' | 'time' | 'people';

/** From here on there is room for the people beside the stage. */
const WIDE = '(width >= 1280px)';
/** As `short` in app/globals.css: a sheet would take the stage's place. */
const SHORT = '(width >= 640px) and (height < 560px)';

/** What is open: as somebody has chosen, or, `null`, as there is room for. */
export function usePanels() {
  const [isRecipeOpen, setRecipeOpen] = useState(true);
  const [people, setPeople] = useState<boolean | null>(null);
  const [tab, setTab] = useState<Tab | 'none' | null>(null);
  const isWide = useMedia(WIDE, true);
  const isShort = useMedia(SHORT, false);
  const isPeopleOpen = people ?? isWide;
  const shownTab = tab ?? (isShort ? 'none' : 'recipe');
  return {
    isRecipeOpen,
    isPeopleOpen,
    shownTab,
    toggleRecipe: () => setRecipeOpen(!isRecipeOpen),
    togglePeople: () => setPeople(!isPeopleOpen),
    toggleTab: (next: Tab) => setTab(next === shownTab ? 'none' : next),
    /** For the style sheet, which knows the window before anything runs. */
    data: { 'data-recipe': isRecipeOpen, 'data-people': people ?? 'auto', 'data-tab': tab ?? 'auto' },
  };
}
