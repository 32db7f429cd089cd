import { ArrowDown, ArrowUp, Network } from 'lucide-react';
import type { ComponentType } from 'react';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { type ModelId, modelOf } from '@/lib/catalog/models';
import type { Lesson } from '@/lib/catalog/models/description';
import { Cloud, Drawings, Letters, Scores, TintedLine } from './LessonFigures';

const figures: Readonly<Record<Lesson['figure'], ComponentType>> = {
  drawings: Drawings,
  cloud: Cloud,
  letters: Letters,
  'tinted-line': TintedLine,
  scores: Scores,
};

interface EmptyStageProps {
  model: ModelId;
  compact?: boolean;
  /** Shows the network that will be trained; absent where it is beside this. */
  onNetwork?(): void;
}

/** The stage before the first run: what will appear, and lessons. */
export function EmptyStage({ model, compact = false, onNetwork }: EmptyStageProps) {
  const t = useText();
  const { call, lessons } = modelOf(model).prospect;
  if (compact)
    return (
      <div className="grid h-full place-items-center p-2">
        <Cloud />
      </div>
    );
  return (
    <div className="flex h-full overflow-auto bg-paper p-4">
      <div className="m-auto flex max-w-3xl flex-col items-center gap-6 text-center [@container_(height<30rem)]:gap-4 [@container_(height<20rem)]:gap-2">
        <p className="flex flex-col items-center gap-3 text-lg font-semibold [@container_(height<30rem)]:flex-row">
          <ArrowUp aria-hidden size={24} className="shrink-0 phone:hidden" />
          <span>{t(call)}</span>
          <ArrowDown aria-hidden size={24} className="order-last hidden shrink-0 phone:block" />
        </p>
        <div className="grid grid-cols-2 gap-4 @min-[40rem]:gap-10">
          <LessonCard {...lessons[0]} />
          <LessonCard {...lessons[1]} />
        </div>
        <p className="text-sm text-ink-soft [@container_(height<28rem)]:hidden">
          {t('Everyone with the link sees the same, and anyone may turn the knobs while it learns.')}
        </p>
        {onNetwork && (
          <Button icon={Network} onClick={onNetwork}>
            {t('See the network')}
          </Button>
        )}
      </div>
    </div>
  );
}

function LessonCard({ title, text, figure }: Lesson) {
  const Figure = figures[figure];
  const t = useText();
  return (
    <section className="flex min-w-0 flex-col items-center gap-2">
      <div className="flex h-24 max-w-full items-center text-sm @max-[40rem]:h-16 @max-[40rem]:text-[0.625rem] [@container_(height<30rem)]:h-16">
        <Figure />
      </div>
      <h2 className="font-semibold text-balance">{t(title)}</h2>
      <p className="max-w-72 text-sm leading-relaxed text-ink-soft @max-[30rem]:hidden [@container_(height<20rem)]:text-xs [@container_(height<17rem)]:hidden">
        {t(text)}
      </p>
    </section>
  );
}
