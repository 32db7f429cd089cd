import { tint } from '@/app/_view/tint';
import { RandomStream } from '@/lib/random';

/** Cells a side of a drawn picture. */
const SIDE = 14;

/** Ink of a ring, 0 to 1, at a cell; `blur` 0 is crisp. */
function ring(x: number, y: number, blur: number): number {
  const fromLine = Math.abs(Math.hypot(x - 6.5, y - 6.5) - 4.2);
  return Math.max(0, Math.min(1, 1.6 - fromLine / (0.8 + blur)));
}

/** Tones that inks are rounded to. */
const TONES = 8;

/** The same ring as noise, as a guess and as it should be. Cells of a tone are one path: few elements, which pages bring along. */
export function Drawings() {
  const noise = new RandomStream(7, 'fog');
  const stages = [
    (x: number, y: number) => 0.15 * ring(x, y, 3) + 0.5 * noise.uniform(),
    (x: number, y: number) => 0.6 * ring(x, y, 1) + 0.12 * noise.uniform(),
    (x: number, y: number) => ring(x, y, 0),
  ];
  const tones = Array.from({ length: TONES + 1 }, () => '');
  for (const [stage, ink] of stages.entries())
    for (let cell = 0; cell < SIDE * SIDE; cell++) {
      const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
      tones[Math.round(TONES * ink(x, y))] += `M${x + 18 * stage} ${y}h1v1h-1z`;
    }
  return (
    <svg aria-hidden viewBox="0 0 50 14" className="h-full max-w-72 min-w-0 text-ink" fill="currentColor">
      {tones.map((path, tone) => (
        <path key={path} d={path} fillOpacity={tone / TONES} shapeRendering="crispEdges" />
      ))}
    </svg>
  );
}

/** Points around one centre for each class; a point is a line without length whose ends are round. */
export function Cloud() {
  const random = new RandomStream(11, 'map');
  const classes = Array.from({ length: 6 }, (_, category) => {
    const [x, y] = [60 + 42 * Math.cos(category * 1.05), 30 + 17 * Math.sin(category * 1.05)];
    const points = Array.from({ length: 26 }, () =>
      [x + 5.5 * random.normal(), y + 4 * random.normal()].map((each) => each.toFixed(1)).join(' '),
    );
    return `M${points.join('h0M')}h0`;
  });
  return (
    <svg
      aria-hidden
      viewBox="0 0 120 60"
      className="h-full max-w-full"
      strokeLinecap="round"
      strokeWidth="2.6"
      strokeOpacity="0.85"
    >
      {classes.map((path, category) => (
        <path key={path} d={path} stroke={`var(--class-${category})`} />
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
