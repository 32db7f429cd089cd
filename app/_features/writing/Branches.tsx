import type { ManuscriptState, Sheet } from '@/app/_room/manuscript';
import { useText } from '@/app/_ui/language';
import { visible } from './BestFive';
import styles from './writing.module.css';

interface BranchesProps {
  state: ManuscriptState;
  onShow(id: number): void;
  /** Back to what the model writes by itself, where the texts branch from that. */
  onLeave?(): void;
}

/** Sheets in the order of the tree: each behind the one that it branches from. */
export function inTree(
  sheets: readonly Sheet[],
  parent: number | null = null,
  depth = 0,
): { sheet: Sheet; depth: number }[] {
  return sheets
    .filter((sheet) => sheet.parent === parent)
    .flatMap((sheet) => [{ sheet, depth }, ...inTree(sheets, sheet.id, depth + 1)]);
}

/** All branches of a text, to go back to. */
export function Branches({ state, onShow, onLeave }: BranchesProps) {
  const t = useText();
  const { sheets, shown } = state;
  // Its place is kept, so that nothing jumps with the first branch.
  if (sheets.length < 2 && !onLeave) return <div className={styles.branches} />;
  return (
    <nav aria-label={t('Branches')} className={styles.branches}>
      {onLeave && (
        <button type="button" onClick={onLeave}>
          {t('Back to live')}
        </button>
      )}
      {inTree(sheets).map(({ sheet, depth }) => (
        <button
          key={sheet.id}
          type="button"
          aria-pressed={sheet.id === shown}
          onClick={() => onShow(sheet.id)}
        >
          {depth === 0 ? t('Original') : <BranchName sheet={sheet} sheets={sheets} depth={depth} />}
        </button>
      ))}
    </nav>
  );
}

function BranchName({ sheet, sheets, depth }: { sheet: Sheet; sheets: readonly Sheet[]; depth: number }) {
  const t = useText();
  const place = sheet.kept - 1;
  const characterOf = ({ passage }: Sheet) => visible([...passage.text][place] ?? '');
  const parent = sheets.find(({ id }) => id === sheet.parent);
  return (
    <>
      <span aria-hidden>{'↳'.repeat(depth)} </span>
      {t('{character} at {place}', { character: characterOf(sheet), place: sheet.kept })}
      {parent && (
        <span className="sr-only"> {t('instead of {character}', { character: characterOf(parent) })}</span>
      )}
    </>
  );
}
