'use client';

import { lazy, Suspense, useState } from 'react';
import { RoomProvider, useRun } from '../../_client/context';
import { CursorLayer } from '../../_panels/CursorLayer';
import { Notices } from '../../_panels/Notices';
import { OwnDataDoor } from '../../_panels/OwnDataDoor';
import { PeoplePanel } from '../../_panels/PeoplePanel';
import { RecipePanel } from '../../_panels/RecipePanel';
import { Refused } from '../../_panels/Refused';
import { StatusBar } from '../../_panels/StatusBar';
import { TopBar } from '../../_panels/TopBar';
import { useUndoKeys } from '../../_panels/useUndoKeys';
import { useText } from '../../_ui/language';
import { Stage } from '../../_views/Stage';
import styles from './playground.module.css';

/** Its drawing library is loaded with the first run: a fresh playground has nothing to draw. */
const LossChart = lazy(async () => ({ default: (await import('../../_views/LossChart')).LossChart }));

/** A fresh playground has no run to tell of. */
const RunNotice = lazy(async () => ({ default: (await import('../../_panels/RunNotice')).RunNotice }));

const tabs = ['recipe', 'time', 'people'] as const;
type Tab = (typeof tabs)[number];
const tabLabels = { recipe: 'Recipe', time: 'Time', people: 'People' } as const;

/** A playground's page: what people see and decide, around the views. */
export function Playground({ id }: { id: string }) {
  return (
    <RoomProvider playground={id}>
      <Desk id={id} />
    </RoomProvider>
  );
}

function Desk({ id }: { id: string }) {
  const [recipeOpen, setRecipeOpen] = useState(true);
  const [peopleOpen, setPeopleOpen] = useState(true);
  const [tab, setTab] = useState<Tab>('recipe');
  const t = useText();
  useUndoKeys();
  return (
    <div className={styles.desk} data-tab={tab} data-recipe={recipeOpen} data-people={peopleOpen}>
      <div className={styles.top}>
        <TopBar
          playground={id}
          recipeOpen={recipeOpen}
          peopleOpen={peopleOpen}
          onToggleRecipe={() => setRecipeOpen(!recipeOpen)}
          onTogglePeople={() => setPeopleOpen(!peopleOpen)}
        />
      </div>
      <aside className={styles.recipe}>
        <RecipePanel />
      </aside>
      <main className={styles.stage} data-anchor="stage">
        <Stage />
        <Notice />
      </main>
      <div className={styles.progress}>
        <StatusBar />
      </div>
      <Tabs tab={tab} onChange={setTab} />
      <section aria-label={t('Time')} className={styles.time} data-anchor="time">
        <Curves />
      </section>
      <aside className={styles.people}>
        <PeoplePanel />
      </aside>
      <CursorLayer />
      <OwnDataDoor />
      <Notices />
      <Refused />
    </div>
  );
}

function Notice() {
  return <Suspense>{useRun() && <RunNotice />}</Suspense>;
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

/** On a phone one of the panels lies under the stage. */
function Tabs({ tab, onChange }: { tab: Tab; onChange(tab: Tab): void }) {
  const t = useText();
  return (
    <nav aria-label={t('Panels')} className={styles.tabs}>
      {tabs.map((each) => (
        <button key={each} type="button" aria-pressed={tab === each} onClick={() => onChange(each)}>
          {t(tabLabels[each])}
        </button>
      ))}
    </nav>
  );
}
