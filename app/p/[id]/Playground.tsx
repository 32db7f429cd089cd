'use client';

import { lazy, Suspense } from 'react';
import { OwnDataDoor } from '@/app/_features/data/OwnDataDoor';
import { CursorLayer } from '@/app/_features/people/CursorLayer';
import { PeoplePanel } from '@/app/_features/people/PeoplePanel';
import { RecipePanel } from '@/app/_features/recipe/RecipePanel';
import { StatusBar } from '@/app/_features/run/StatusBar';
import { useRecentReset } from '@/app/_hooks/aside';
import { RoomProvider, usePresentRun, useRun } from '@/app/_hooks/context';
import { useText } from '../../_ui/language';
import { Notices } from './Notices';
import styles from './playground.module.css';
import { Refused } from './Refused';
import { Shortcuts } from './Shortcuts';
import { Stage } from './Stage';
import { StaleNote } from './StaleNote';
import { Tabs } from './Tabs';
import { TopBar } from './TopBar';
import { usePanels } from './usePanels';
import { useVisit } from './useVisit';

/** Its drawing library is loaded with the first run: a fresh playground has nothing to draw. */
const LossChart = lazy(async () => ({ default: (await import('@/app/_features/time/LossChart')).LossChart }));

/** A fresh playground has no run to tell of. */
const Cards = lazy(async () => ({ default: (await import('@/app/_ui/Card')).Cards }));
const ResetNotice = lazy(async () => ({
  default: (await import('@/app/_features/run/ResetNotice')).ResetNotice,
}));
const RunNotice = lazy(async () => ({ default: (await import('@/app/_features/run/RunNotice')).RunNotice }));

/** A playground's page: what people see and decide, around the views. */
export function Playground({ id }: { id: string }) {
  return (
    <RoomProvider playground={id}>
      <Desk id={id} />
    </RoomProvider>
  );
}

function Desk({ id }: { id: string }) {
  const panels = usePanels();
  const t = useText();
  useVisit(id);
  return (
    <div className={styles.desk} {...panels.data}>
      <div className={styles.top}>
        <TopBar
          playground={id}
          recipeOpen={panels.isRecipeOpen}
          peopleOpen={panels.isPeopleOpen}
          onToggleRecipe={panels.toggleRecipe}
          onTogglePeople={panels.togglePeople}
        />
      </div>
      <aside className={styles.recipe}>
        <RecipePanel />
      </aside>
      <main className={styles.stage} data-anchor="stage">
        <Stage />
        <News />
      </main>
      <div className={styles.progress}>
        <StatusBar />
      </div>
      <Tabs className={styles.tabs} shown={panels.shownTab} onToggle={panels.toggleTab} />
      <section aria-label={t('Time')} className={styles.time} data-anchor="time">
        <Curves />
      </section>
      <aside className={styles.people} data-live>
        <PeoplePanel />
      </aside>
      <CursorLayer />
      <OwnDataDoor />
      <StaleNote />
      <Shortcuts />
      <Notices />
      <Refused />
    </div>
  );
}

function News() {
  const hasRun = usePresentRun() !== null;
  const hasReset = useRecentReset() !== null;
  if (!hasRun && !hasReset) return null;
  return (
    <Suspense>
      <Cards>
        {hasReset && <ResetNotice />}
        {hasRun && <RunNotice />}
      </Cards>
    </Suspense>
  );
}

function Curves() {
  const t = useText();
  if (useRun() === null)
    return (
      <p className="m-auto max-w-md text-center text-sm leading-relaxed text-ink-soft">
        {t('The learning curve is drawn here, with a mark and a name wherever somebody changes something.')}
      </p>
    );
  return (
    <Suspense>
      <LossChart />
    </Suspense>
  );
}
