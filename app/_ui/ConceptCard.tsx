import { Check } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { type Attempt, cards } from '@/lib/concepts/cards';
import type { ConceptId } from '@/lib/concepts/places';
import type { PlainMessage } from '@/lib/messages/ko';
import { Button } from './Button';
import type { ConceptMarksProps } from './ConceptMarks';
import { useText } from './language';

type Trying = Omit<ConceptMarksProps, 'model' | 'place'>;

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

function Attempts({ attempts, isSet, subscribe, onTry }: AttemptsProps) {
  const t = useText();
  const read = () => attempts.findIndex(isSet);
  const present = useSyncExternalStore(subscribe, read, read);
  const [hasTried, setTried] = useState(false);
  const changes = attempts.some(({ values }) => values !== undefined);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {attempts.map((attempt, i) => {
          const isOn = i === present;
          return (
            <Button
              key={attempt.label}
              icon={isOn ? Check : undefined}
              aria-pressed={attempt.values && isOn}
              onClick={() => {
                onTry(attempt);
                setTried(true);
              }}
            >
              {t(attempt.label)}
            </Button>
          );
        })}
      </div>
      {changes && (
        <p aria-live="polite" className="mt-2 text-xs text-ink-faint">
          {t(
            hasTried
              ? 'Set for everyone. Press Train anew to see it; Undo takes it back.'
              : 'Everyone gets what you set.',
          )}
        </p>
      )}
    </>
  );
}
