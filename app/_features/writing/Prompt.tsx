import { useText } from '@/app/_ui/language';
import styles from './writing.module.css';

/** What a text is written from. What the model doesn't know is struck through: it goes on without it. */
export function Prompt({ text, unknown }: { text: string; unknown: string }) {
  const t = useText();
  const strangers = new Set(unknown);
  // Runs of characters that are all known, or all unknown.
  const runs: { known: boolean; at: number; text: string }[] = [];
  let at = 0;
  for (const character of text) {
    const known = !strangers.has(character);
    const last = runs.at(-1);
    if (last?.known === known) last.text += character;
    else runs.push({ known, at, text: character });
    at += character.length;
  }
  return (
    <span className="font-semibold">
      {runs.map(({ known, at, text: run }) =>
        known ? (
          run
        ) : (
          <del key={at} className={styles.unknown} title={t("The model's text doesn't have this")}>
            {run}
          </del>
        ),
      )}
      {unknown !== '' && (
        <span role="note" className="sr-only">
          {t("Left out, since the model's text doesn't have it: {unknown}", { unknown })}
        </span>
      )}
    </span>
  );
}
