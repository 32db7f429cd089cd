'use client';

import { Columns3, PenLine, Square } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useRoom, useRun } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { useExplore, useLooking, useMovers, useWritten } from '@/app/_hooks/explore';
import { useHasWeights } from '@/app/_hooks/useAsker';
import { manuscriptOf, useManuscripts } from '@/app/_hooks/useManuscripts';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { LivingKnobs } from '@/app/_view/living';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryFrame } from '@/app/_view/TryFrame';
import styles from '@/app/_view/try.module.css';
import { limits } from '@/lib/protocol/limits';
import { type Wish, wishOf, writtenParts } from '@/lib/room/written';
import { TextSettings } from './TextSettings';
import { TryColumn } from './TryColumn';
import columnStyles from './writing.module.css';

const OWNER = 'char-rnn';

/** Let the model go on from words of one's own: all in the room do it together. */
export function TryText({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  return run && <Desk key={run.spec.id} compact={compact} run={run.spec.id} />;
}

/** The seed after that one. */
const next = (seed: number): number => (seed < limits.exploredSeed ? seed + 1 : 1);

/** What is asked for, and the function that asks for something else. */
function useWish() {
  const { entries, change } = useExplore(OWNER);
  return { entries, wish: wishOf(entries), change };
}

/** The texts that are shown, one a column, and the branches that this person has made of each. */
function useTexts(run: string, entries: ReturnType<typeof useWish>['entries'], wish: Wish) {
  const room = useRoom();
  const [manuscripts] = useState(() => writtenParts.map(() => manuscriptOf(room)));
  const branches = useManuscripts(manuscripts);
  const written = useWritten(run, entries);
  const columns = wish.columns.map(({ part, temperature }) => {
    const i = writtenParts.indexOf(part);
    return { part, temperature, manuscript: manuscripts[i], branches: branches[i], written: written[part] };
  });
  return columns.flatMap(({ manuscript, branches: state, ...rest }) =>
    manuscript && state ? [{ ...rest, manuscript, state }] : [],
  );
}

/** What is wished for, what came of it, and how one asks for it and for more or fewer columns. */
function useDesk(run: string) {
  const { entries, wish, change } = useWish();
  const columns = useTexts(run, entries, wish);
  const movers = useMovers(OWNER);
  const asking = useControl(controls.explore(OWNER, 'seed'));
  const many = useControl(controls.explore(OWNER, 'columns'));
  const isWriting = columns.some(({ written }) => written.isBusy);
  const isMany = columns.length > 1;
  const press = (event: FormEvent) => {
    event.preventDefault();
    if (asking.holder) return;
    asking.touch();
    if (isWriting) return change({ halt: wish.seed });
    for (const { manuscript } of columns) manuscript.clear();
    change({ run, from: wish.prompt.normalize('NFC'), seed: next(wish.seed), halt: null });
  };
  return { wish, columns, movers, isWriting, isMany, many, press };
}

function Desk({ compact, run }: { compact: boolean; run: string }) {
  const t = useText();
  const hasWeights = useHasWeights();
  const { wish, columns, movers, isWriting, isMany, many, press } = useDesk(run);
  const isAsked = wish.run === run;
  useLooking('run', compact ? null : []);
  const asked = columns.map(({ written, state }) => {
    const step = written.text?.step;
    const problem = state.problem ?? written.text?.problem;
    return {
      answer: written.text && step !== undefined ? { question: null, result: { step } } : null,
      problem: problem ?? null,
      isBusy: written.isBusy || state.writing >= 0,
    };
  });
  return (
    <TryFrame
      living={compact && <LivingKnobs />}
      asked={asked}
      movers={[...movers.values()]}
      tools={
        <ToolButton
          icon={Columns3}
          pressed={isMany}
          data-control={many.name}
          disabled={many.holder !== null}
          onClick={() => many.step(isMany ? 1 : 3)}
        >
          {t('Side by side')}
        </ToolButton>
      }
    >
      <div className={styles.sheet}>
        <TextSettings wish={wish} onSubmit={press}>
          <Button
            variant="primary"
            type="submit"
            icon={isWriting ? Square : PenLine}
            disabled={!hasWeights && !isWriting}
            className="min-w-36"
          >
            {isWriting ? t('Stop writing') : isAsked ? t('Write again') : t('Write')}
          </Button>
        </TextSettings>
        <div className={columnStyles.columns} data-many={isMany || undefined}>
          {columns.map((column) => (
            <TryColumn key={column.part} {...column} wish={wish} isMany={isMany} />
          ))}
        </div>
      </div>
    </TryFrame>
  );
}
