'use client';

import { Columns3, PenLine, Square } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useRoom, useRun } from '../_client/context';
import { type ManuscriptState, shownSheet } from '../_client/manuscript';
import { useHasWeights } from '../_client/useAsker';
import { manuscriptOf, useManuscripts } from '../_client/useManuscripts';
import { Button } from '../_ui/Button';
import { useText } from '../_ui/language';
import { firstSettings, TextSettings } from './TextSettings';
import { ToolButton } from './ToolButton';
import { type Column, type Draft, TryColumn } from './TryColumn';
import { TryFrame } from './TryFrame';
import styles from './try.module.css';
import columnStyles from './writing.module.css';

/** Let the model go on from words of one's own. */
export function TryText({ compact = false }: { compact?: boolean }) {
  const run = useRun();
  return run && <Desk key={run.spec.id} compact={compact} />;
}

/** Temperatures that stand side by side at first; the middle one stands alone before. */
const compared = [0.3, 0.7, 1] as const;
const alone = 1;

function useColumns() {
  const room = useRoom();
  const column = (id: number): Column => ({
    id,
    temperature: compared[id] as number,
    manuscript: manuscriptOf(room),
  });
  const [columns, setColumns] = useState<readonly Column[]>(() => [column(alone)]);
  const manuscripts = useMemo(() => columns.map((each) => each.manuscript), [columns]);
  const states = useManuscripts(manuscripts);
  const toggle = () => {
    const [first] = columns;
    for (const { manuscript } of columns.slice(1)) manuscript.stop();
    if (columns.length > 1) setColumns(columns.slice(0, 1));
    else setColumns(compared.map((_, id) => (first?.id === id ? first : column(id))));
  };
  const warm = (id: number, temperature: number) =>
    setColumns(columns.map((each) => (each.id === id ? { ...each, temperature } : each)));
  return { columns, states, toggle, warm };
}

function Desk({ compact }: { compact: boolean }) {
  const t = useText();
  const hasWeights = useHasWeights();
  const [settings, setSettings] = useState(firstSettings);
  const [draft, setDraft] = useState<Draft | null>(null);
  const { columns, states, toggle, warm } = useColumns();
  const isWriting = states.some(({ writing }) => writing >= 0);
  const isMany = columns.length > 1;
  const press = (event: FormEvent) => {
    event.preventDefault();
    if (isWriting) for (const { manuscript } of columns) manuscript.stop();
    else setDraft({ prompt: settings.prompt, seed: (draft?.seed ?? 0) + 1 });
  };
  const asked = states.map((state) => {
    const step = shownSheet(state)?.step;
    const answer = typeof step === 'number' ? { question: null, result: { step } } : null;
    return { answer, problem: state.problem && t.foreign(state.problem), isBusy: state.writing >= 0 };
  });
  const tools = (
    <ToolButton icon={Columns3} pressed={isMany} onClick={toggle}>
      {t('Side by side')}
    </ToolButton>
  );
  return (
    <TryFrame compact={compact} asked={asked} tools={tools}>
      <div className={styles.sheet}>
        <TextSettings settings={settings} onChange={setSettings} onSubmit={press}>
          <Button
            look="primary"
            type="submit"
            icon={isWriting ? Square : PenLine}
            disabled={!hasWeights && !isWriting}
            className="min-w-36"
          >
            {isWriting ? t('Stop writing') : draft ? t('Write again') : t('Write')}
          </Button>
        </TextSettings>
        <div className={columnStyles.columns} data-many={isMany || undefined}>
          {columns.map((column, i) => (
            <TryColumn
              key={column.id}
              column={column}
              state={states[i] as ManuscriptState}
              draft={draft}
              settings={settings}
              isMany={isMany}
              onWarm={(temperature) => warm(column.id, temperature)}
            />
          ))}
        </div>
      </div>
    </TryFrame>
  );
}
