import { tint } from '@/app/_view/tint';
import { RandomStream } from '@/lib/random';

/** Cells a side of a drawn picture. */
const SIDE = 14;

/** Ink of a ring, 0 to 1, at a cell; `blur` 0 is crisp. */
function ring(x: number, y: number, blur: number): number {
  const fromLine = Math.abs(Math.hypot(x - 6.5, y - 6.5) - 4.2);
  return Math.max(0, Math.min(1, 1.6 - fromLine / (0.8 + blur)));
}

/** The same ring as noise, as a guess and as it should be. */
export function Drawings() {
  const noise = new RandomStream(7, 'fog');
  const stages = [
    (x: number, y: number) => 0.15 * ring(x, y, 3) + 0.5 * noise.uniform(),
    (x: number, y: number) => 0.6 * ring(x, y, 1) + 0.12 * noise.uniform(),
    (x: number, y: number) => ring(x, y, 0),
  ];
  return (
    <svg aria-hidden viewBox="0 0 50 14" className="h-full max-w-72 min-w-0 text-ink">
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
export function Cloud() {
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
    <svg aria-hidden viewBox="0 0 120 60" className="h-full max-w-full">
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

/** The same words at random, half learned, and as they should be. */
export function Letters() {
  return (
    <div aria-hidden className="flex items-center gap-[1.5em] text-left font-mono whitespace-pre">
      {['qx e,T\nh wnsi\nuo;gag', 'the kig\nsot in\nhes hal', 'the king\nsat in\nhis hall'].map(
        (text, stage) => (
          <span key={text} style={{ opacity: 0.5 + stage / 4 }}>
            {text}
          </span>
        ),
      )}
    </div>
  );
}

/** What was written, and how many bits each character surprised by. */
const WRITTEN = ['the king sat in his hall', '300050004100200041004100'] as const;

/** Tinted as a text will be. */
export function TintedLine() {
  const [text, bits] = WRITTEN;
  return (
    <div aria-hidden className="flex items-center font-mono text-[1.15em] whitespace-pre">
      {[...text].map((character, i) => {
        const place = `${i}${character}`;
        return (
          <span key={place} style={{ background: tint(Number(bits[i])) }}>
            {character}
          </span>
        );
      })}
    </div>
  );
}

/** The scores of real and of generated pictures meet at one half. */
export function Scores() {
  return (
    <svg aria-hidden viewBox="0 0 120 60" className="h-full max-w-full" fill="none" strokeWidth="1.5">
      <path d="M4 30H116" stroke="var(--line-strong)" strokeDasharray="3 3" />
      <path d="M4 27C18 8 26 5 38 12S58 30 72 26S96 31 116 29" stroke="var(--real)" />
      <path d="M4 33C18 52 26 56 38 48S58 29 72 35S96 28 116 31" stroke="var(--generated)" />
    </svg>
  );
}
