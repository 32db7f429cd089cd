import { type CSSProperties, useEffect, useRef } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { colorOf } from '@/app/_ui/person';
import type { Person } from '@/lib/protocol/messages';
import { CursorPainter } from './cursorPainter';
import styles from './cursors.module.css';

/** Where the others are: arrows, dots at controls, discs in space, carets, each with its owner's name. Decoration. */
export function Cursors({ people }: { people: readonly Person[] }) {
  const { presence } = useRoom();
  const layer = useRef<HTMLDivElement>(null);
  const painter = useRef<CursorPainter>(null);
  useEffect(() => {
    if (!layer.current) return;
    const created = new CursorPainter(layer.current, presence);
    painter.current = created;
    return () => created.stop();
  }, [presence]);
  useEffect(() => painter.current?.meet(people), [people]);
  return (
    <div ref={layer} aria-hidden className={styles.layer}>
      {people.map((person) => (
        <Cursor key={person.client} person={person} />
      ))}
    </div>
  );
}

function Cursor({ person }: { person: Person }) {
  const style = { '--person': colorOf(person) } as CSSProperties;
  return (
    <>
      <div data-ring={person.client} className={styles.ring} style={style} />
      <div data-cursor={person.client} className={styles.cursor} style={style}>
        <svg width="16" height="20" viewBox="0 0 16 20" className={styles.arrow}>
          <title>{person.name}</title>
          <path d="M1 1l13 10-6 1-3.5 6z" />
        </svg>
        <i className={styles.dot} />
        <i className={styles.disc} />
        <i className={styles.caret} />
        <span className={styles.name}>{person.name}</span>
      </div>
    </>
  );
}
