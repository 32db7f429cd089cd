import { Check } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { type ModelId, parameterOf } from '@/lib/catalog/models';
import type { ConceptId } from '@/lib/concepts/anchors';
import { type Attempt, cards } from '@/lib/concepts/cards';
import type { PlainMessage } from '@/lib/text/keys';

/** How a card's attempts are made. */
export interface Trying {
  model: ModelId;
  /** Whether every value is what the attempt would set; `subscribe` calls when that may have changed. */
  isSet(attempt: Attempt): boolean;
  subscribe(listener: () => void): () => void;
  onTry(attempt: Attempt): void;
}

interface ConceptCardProps extends Trying {
  concept: ConceptId;
  title: PlainMessage;
}

/** What a concept is, what to try now, and what to look for. */
export function ConceptCard({ concept, title, ...trying }: ConceptCardProps) {
  const t = useText();
  const { about, attempts, watch } = cards[concept];
  return (
    <>
      <h3 className="mb-2 text-base font-semibold text-ink">{t(title)}</h3>
      <p>{t(about)}</p>
      <h4 className="mt-4 mb-2 text-xs font-semibold text-ink">{t('Try now')}</h4>
      <Attempts attempts={attempts} {...trying} />
      <h4 className="mt-4 mb-1 text-xs font-semibold text-ink">{t('What to look for')}</h4>
      <p>{t(watch)}</p>
    </>
  );
}

interface AttemptsProps extends Trying {
  attempts: readonly Attempt[];
}

const changes = ({ values, projection }: Attempt): boolean =>
  values !== undefined || projection !== undefined;

/** What becomes of it once it is set; some values act only in the next run. */
function noteOn({ values = {} }: Attempt, model: ModelId): PlainMessage {
  const waits = Object.keys(values).some((key) => parameterOf(model, key).effect === 'restart');
  return waits
    ? 'Set for everyone. Press Train anew to see it; Undo takes it back.'
    : 'Set for everyone. Undo takes it back.';
}

function Attempts({ attempts, model, isSet, subscribe, onTry }: AttemptsProps) {
  const t = useText();
  /** A bit for each. */
  const read = () => attempts.reduce((bits, each, i) => bits | (Number(isSet(each)) << i), 0);
  const present = useSyncExternalStore(subscribe, read, read);
  const isPresent = (i: number) => ((present >> i) & 1) === 1;
  const [tried, setTried] = useState<Attempt | null>(null);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {attempts.map((attempt, i) => (
          <Button
            key={attempt.label}
            icon={isPresent(i) ? Check : undefined}
            aria-pressed={changes(attempt) ? isPresent(i) : undefined}
            onClick={() => {
              onTry(attempt);
              setTried(attempt);
            }}
          >
            {t(attempt.label)}
          </Button>
        ))}
      </div>
      {attempts.some(changes) && (
        <p aria-live="polite" className="mt-2 min-h-8 text-xs text-ink-faint">
          {t(tried ? noteOn(tried, model) : 'Everyone gets what you set.')}
        </p>
      )}
    </>
  );
}
