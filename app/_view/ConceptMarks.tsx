import { Lightbulb } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useText } from '@/app/_ui/language';
import { PopoverButton } from '@/app/_ui/PopoverButton';
import { modelOf } from '@/lib/catalog/models';
import { type Anchor, conceptsAt } from '@/lib/concepts/anchors';
import type { Trying } from './ConceptCard';

/** Its texts come when the first card is opened. */
const ConceptCard = lazy(async () => ({ default: (await import('./ConceptCard')).ConceptCard }));

const WIDTH = 360;

interface ConceptMarksProps extends Trying {
  anchor: Anchor;
}

/** Marks beside a control or a view; each opens the card of a concept that one meets there. */
export function ConceptMarks({ model, anchor, ...attempts }: ConceptMarksProps) {
  const t = useText();
  return conceptsAt(modelOf(model).concepts, anchor).map(({ id, title }) => (
    <PopoverButton
      key={id}
      icon={Lightbulb}
      label={t('About {concept}', { concept: t(title) })}
      width={WIDTH}
      role="dialog"
    >
      {(isOpen) =>
        isOpen && (
          <Suspense fallback={<div className="h-80" />}>
            <ConceptCard model={model} concept={id} title={title} {...attempts} />
          </Suspense>
        )
      }
    </PopoverButton>
  ));
}
