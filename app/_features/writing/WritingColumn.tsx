import type { ReactNode } from 'react';
import {
  type Manuscript,
  type ManuscriptState,
  shownSheet,
  type WritingOptions,
} from '@/app/_room/manuscript';
import { lengthOf, type Passage } from '@/app/_room/passages';
import { Branches } from './Branches';
import { ReadableText } from './ReadableText';
import { useReveal } from './useReveal';
import styles from './writing.module.css';

/** A text that isn't this person's own; they can branch from it. */
interface Live {
  readonly passage: Passage;
  readonly step: number;
  readonly shown: number;
  readonly prompt?: string;
  readonly unknown?: string;
}

interface WritingColumnProps {
  label: string;
  heading?: ReactNode;
  manuscript: Manuscript;
  state: ManuscriptState;
  options: WritingOptions;
  /** What the model writes by itself, shown while there is no branch of it; `shown` characters of it. */
  live?: Live | null;
  /** Somebody begins or ends to look at what else might stand at a place. */
  onHold?(isHeld: boolean): void;
  /** Instead of a text that isn't there yet. */
  children?: ReactNode;
}

/** One text as it is written, and its branches. */
export function WritingColumn(props: WritingColumnProps) {
  const { label, heading, manuscript, state, options, live, onHold, children } = props;
  const sheet = shownSheet(state);
  const available = sheet ? lengthOf(sheet.passage) : 0;
  const isWriting = sheet !== null && state.writing === sheet.id;
  // The first piece and its sheet come together; what was written before is there at once.
  const isFirst = isWriting || (sheet?.parent === null && !live);
  const shown = useReveal(sheet?.id, available, isFirst ? (sheet?.kept ?? 0) : available);
  const branch = (place: number, character: string) => {
    if (!sheet && live) manuscript.adopt(live.passage, live.step, live.prompt, live.unknown);
    void manuscript.branch(place, character, options);
  };
  return (
    <div className={styles.column}>
      {heading}
      <Branches
        state={state}
        onShow={(id) => manuscript.show(id)}
        onLeave={live && sheet ? () => manuscript.clear() : undefined}
      />
      <ReadableText
        label={label}
        step={sheet ? (sheet.step ?? undefined) : live?.step}
        prompt={sheet ? sheet.prompt : live?.prompt}
        unknown={sheet ? sheet.unknown : live?.unknown}
        passage={sheet?.passage ?? live?.passage ?? null}
        shown={sheet ? shown : (live?.shown ?? 0)}
        onBranch={branch}
        onHold={onHold}
      >
        {children}
      </ReadableText>
    </div>
  );
}
