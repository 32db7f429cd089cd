/** Colours and shapes of classes: the first ten are discs, the next ten squares, and so on; the shapes repeat hollow. */
const COLOURS = 10;

/** In a box from -1 to 1, as cloudMaterial draws them. */
const shapes = [
  'M-1 0A1 1 0 0 1 1 0A1 1 0 0 1-1 0Z',
  'M-.8-.8H.8V.8H-.8Z',
  'M0-.95L.95.7H-.95Z',
  'M0-1L1 0L0 1L-1 0Z',
  'M-.32-.9H.32V-.32H.9V.32H.32V.9H-.32V.32H-.9V-.32H-.32Z',
] as const;

/** The mark of a class: one of ten colours in one of ten shapes, so that a hundred classes can be told apart. */
export function ClassMark({ category, isFaint = false }: { category: number; isFaint?: boolean }) {
  const shape = Math.floor(category / COLOURS) % (2 * shapes.length);
  const isHollow = shape >= shapes.length;
  const colour = `var(--class-${category % COLOURS})`;
  return (
    <svg
      aria-hidden
      viewBox="-1.2 -1.2 2.4 2.4"
      data-shape={shape}
      className="size-3 shrink-0"
      style={{ opacity: isFaint ? 0.4 : 1 }}
    >
      <path
        d={shapes[shape % shapes.length]}
        fill={isHollow ? 'none' : colour}
        stroke={isHollow ? colour : 'none'}
        strokeWidth={0.4}
        transform={isHollow ? 'scale(0.85)' : undefined}
      />
    </svg>
  );
}
