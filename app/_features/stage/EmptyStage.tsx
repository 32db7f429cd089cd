import { ArrowDown, ArrowUp, Network } from 'lucide-react';
import type { ComponentType } from 'react';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import type { ModelId } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/text/ko';
import { Cloud, Drawings, Letters, Scores, TintedLine } from './LessonFigures';

interface Told {
  readonly title: PlainMessage;
  readonly text: PlainMessage;
  readonly Figure: ComponentType;
}

interface Prospect {
  readonly call: PlainMessage;
  /** Two things to look out for: what is drawn, and what it means. */
  readonly lessons: readonly [Told, Told];
}

const forgers: Prospect = {
  call: 'Press Train, and watch two networks outwit each other.',
  lessons: [
    {
      title: 'From noise, pictures',
      text: 'One network turns random numbers into pictures, and never sees a real one. The same numbers are drawn again and again: what changes is what it has learned.',
      Figure: Drawings,
    },
    {
      title: 'A judge that can be fooled',
      text: 'The other tells real from generated. When its scores meet at one half, it can only guess; when one side wins too early, both stop learning.',
      Figure: Scores,
    },
  ],
};

const promises: Readonly<Record<ModelId, Prospect>> = {
  autoencoder: {
    call: 'Press Train, and watch a network learn to draw.',
    lessons: [
      {
        title: 'Out of fog, pictures',
        text: 'It squeezes each picture into a few numbers and draws it again from them. Within seconds the drawings below the originals turn from grey fog into shapes.',
        Figure: Drawings,
      },
      {
        title: 'A map that nobody drew',
        text: 'Those few numbers place every picture in space. No one tells the network about classes, and yet like finds like: turn the cloud, and look at its points.',
        Figure: Cloud,
      },
    ],
  },
  'char-rnn': {
    call: 'Press Train, and watch a network learn to write.',
    lessons: [
      {
        title: 'Letter by letter',
        text: 'It only ever guesses the next character. First come letters at random, then words, then lines with speakers: spelling and form that nobody explained.',
        Figure: Letters,
      },
      {
        title: 'How sure it was',
        text: 'The less probable a character was, the stronger it is tinted. Look where a word begins, and where there was hardly a choice.',
        Figure: TintedLine,
      },
    ],
  },
  gan: forgers,
  dcgan: forgers,
  stylegan: {
    ...forgers,
    lessons: [
      {
        title: 'Style, from coarse to fine',
        text: 'Random numbers become a style, and the style steers every layer: the first ones the shape, the last ones the texture. Noise adds what no style decides.',
        Figure: Drawings,
      },
      forgers.lessons[1],
    ],
  },
};

interface EmptyStageProps {
  model: ModelId;
  compact?: boolean;
  /** Shows the network that will be trained; absent where it is beside this. */
  onNetwork?(): void;
}

/** What will appear here, before anything has been trained. */
export function EmptyStage({ model, compact = false, onNetwork }: EmptyStageProps) {
  const t = useText();
  const { call, lessons } = promises[model];
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
          <Lesson {...lessons[0]} />
          <Lesson {...lessons[1]} />
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

function Lesson({ title, text, Figure }: Told) {
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
