'use client';

import { lazy, Suspense } from 'react';
import { useRecentReset } from '../../_client/aside';
import { RoomProvider, usePresentRun, useRun } from '../../_client/context';
import { CursorLayer } from '../../_panels/CursorLayer';
import { Notices } from '../../_panels/Notices';
import { OwnDataDoor } from '../../_panels/OwnDataDoor';
import { PeoplePanel } from '../../_panels/PeoplePanel';
import { RecipePanel } from '../../_panels/RecipePanel';
import { Refused } from '../../_panels/Refused';
import { Shortcuts } from '../../_panels/Shortcuts';
import { StaleNote } from '../../_panels/StaleNote';
import { StatusBar } from '../../_panels/StatusBar';
import { Tabs } from '../../_panels/Tabs';
import { TopBar } from '../../_panels/TopBar';
import { usePanels } from '../../_panels/usePanels';
import { useVisit } from '../../_panels/useVisit';
import { useText } from '../../_ui/language';
import { Stage } from '../../_views/Stage';
import styles from './playground.module.css';

/** Its drawing library is loaded with the first run: a fresh playground has nothing to draw. */
const LossChart = lazy(async () => ({ default: (await import('../../_views/LossChart')).LossChart }));

/** A fresh playground has no run to tell of. */
const Cards = lazy(async () => ({ default: (await import('../../_panels/Card')).Cards }));
const ResetNotice = lazy(async () => ({ default: (await import('../../_panels/ResetNotice')).ResetNotice }));
const RunNotice = lazy(async () => ({ default: (await import('../../_panels/RunNotice')).RunNotice }));

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
