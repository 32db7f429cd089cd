import { ArrowDown, ArrowUp, Network } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ModelId } from '@/lib/catalog/models';
import type { PlainMessage } from '@/lib/messages/ko';
import { RandomStream } from '@/lib/random';
import { Button } from '../_ui/Button';
import { useText } from '../_ui/language';

interface Told {
  readonly title: PlainMessage;
  readonly text: PlainMessage;
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
    },
    {
      title: 'A judge that can be fooled',
      text: 'The other tells real from generated. When its scores meet at one half, it can only guess; when one side wins too early, both stop learning.',
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
      },
      {
        title: 'A map that nobody drew',
        text: 'Those few numbers place every picture in space. No one tells the network about classes, and yet like finds like: turn the cloud, and look at its points.',
      },
    ],
  },
  'char-rnn': {
    call: 'Press Train, and watch a network learn to write.',
    lessons: [
      {
        title: 'Letter by letter',
        text: 'It only ever guesses the next character. First come letters at random, then words, then lines with speakers: spelling and form that nobody explained.',
      },
      {
        title: 'How sure it was',
        text: 'Each character is tinted by its probability. Pale ones were guesses; look where a word begins, and where there was hardly a choice.',
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
    <div className="grid h-full min-h-0 place-items-center overflow-auto bg-paper p-6 pb-[calc(var(--small)+1.5rem)]">
      <div className="flex max-w-3xl flex-col items-center gap-6 text-center lg:gap-8">
        <p className="flex flex-col items-center gap-3 text-lg font-semibold">
          <ArrowUp aria-hidden size={24} className="max-lg:hidden" />
          <span>{t(call)}</span>
          <ArrowDown aria-hidden size={24} className="order-last lg:hidden" />
        </p>
        <div className="grid gap-6 sm:grid-cols-2 lg:gap-10">
          <Lesson {...lessons[0]} figure={<Drawings />} />
          <Lesson {...lessons[1]} figure={<Cloud />} />
        </div>
        <p className="text-sm text-ink-soft">
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

function Lesson({ title, text, figure }: Told & { figure: ReactNode }) {
  const t = useText();
  return (
    <section className="flex flex-col items-center gap-2">
      {figure}
      <h2 className="mt-2 font-semibold">{t(title)}</h2>
      <p className="max-w-72 text-sm leading-relaxed text-ink-soft max-sm:hidden">{t(text)}</p>
    </section>
  );
}

/** Cells a side of a drawn picture. */
const SIDE = 14;

/** Ink of a ring, 0 to 1, at a cell; `blur` 0 is crisp. */
function ring(x: number, y: number, blur: number): number {
  const fromLine = Math.abs(Math.hypot(x - 6.5, y - 6.5) - 4.2);
  return Math.max(0, Math.min(1, 1.6 - fromLine / (0.8 + blur)));
}

/** The same ring as noise, as a guess and as it should be. */
function Drawings() {
  const noise = new RandomStream(7, 'fog');
  const stages = [
    (x: number, y: number) => 0.15 * ring(x, y, 3) + 0.5 * noise.uniform(),
    (x: number, y: number) => 0.6 * ring(x, y, 1) + 0.12 * noise.uniform(),
    (x: number, y: number) => ring(x, y, 0),
  ];
  return (
    <svg aria-hidden viewBox="0 0 50 14" className="h-24 text-ink">
      {stages.map((ink, stage) =>
        Array.from({ length: SIDE * SIDE }, (_, cell) => {
          const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
          const place = `${stage}:${x}:${y}`;
          return (
            <rect
              key={place}
              x={x + stage * 18}
              y={y}
              width="1"
              height="1"
              fill="currentColor"
              fillOpacity={ink(x, y).toFixed(2)}
              shapeRendering="crispEdges"
            />
          );
        }),
      )}
    </svg>
  );
}

/** Points around one centre for each class. */
function Cloud() {
  const random = new RandomStream(11, 'map');
  const centres = Array.from({ length: 6 }, (_, category) => ({
    category,
    x: 60 + 42 * Math.cos(category * 1.05),
    y: 30 + 17 * Math.sin(category * 1.05),
  }));
  const points = centres.flatMap(({ category, x, y }) =>
    Array.from({ length: 26 }, () => ({
      category,
      x: (x + 5.5 * random.normal()).toFixed(1),
      y: (y + 4 * random.normal()).toFixed(1),
    })),
  );
  return (
    <svg aria-hidden viewBox="0 0 120 60" className="h-24">
      {points.map(({ category, x, y }) => (
        <circle
          key={`${x}:${y}`}
          cx={x}
          cy={y}
          r="1.3"
          fill={`var(--class-${category})`}
          fillOpacity="0.85"
        />
      ))}
    </svg>
  );
}
