/**
 * Signed distance functions of the ten glyphs, one a class in the catalog's order: distance in units of the
 * glyph's radius from (x, y) to its edge, negative inside. y points down. Formulas for box, triangle and
 * star follow Inigo Quilez, "2D distance functions".
 */
type Shape = (x: number, y: number, style: Style) => number;

/** What varies within a class, besides place, size and angle. */
interface Style {
  /** Half the width of a line, 0.1 to 0.3. */
  readonly stroke: number;
  /** A second measure with its own meaning in each shape, 0 to 1. */
  readonly form: number;
}

/** `Math.hypot` takes ten times as long. */
const length = (x: number, y: number) => Math.sqrt(x * x + y * y);

function box(x: number, y: number, halfWidth: number, halfHeight: number): number {
  const dx = Math.abs(x) - halfWidth;
  const dy = Math.abs(y) - halfHeight;
  return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
}

/** Equilateral, point up, corners on the unit circle. */
function triangle(x: number, y: number): number {
  const k = Math.sqrt(3);
  const half = k / 2;
  let px = Math.abs(x) - half;
  let py = 0.5 - y - 1 + 1 / 2 + half / k;
  if (px + k * py > 0) {
    const turned = (px - k * py) / 2;
    py = (-k * px - py) / 2;
    px = turned;
  }
  px -= Math.min(Math.max(px, -2 * half), 0);
  return -length(px, py) * Math.sign(py);
}

/** Five points on the unit circle; `inner` is the radius of the dents. */
function star(x: number, y: number, inner: number): number {
  const sector = Math.PI / 5;
  const angle = Math.abs(Math.atan2(x, -y));
  const folded = Math.abs(((angle + sector) % (2 * sector)) - sector);
  const radius = length(x, y);
  const px = radius * Math.cos(folded);
  const py = radius * Math.sin(folded);
  const ex = inner * Math.cos(sector) - 1;
  const ey = inner * Math.sin(sector);
  const along = Math.min(Math.max(((px - 1) * ex + py * ey) / (ex * ex + ey * ey), 0), 1);
  const distance = length(px - 1 - along * ex, py - along * ey);
  return distance * Math.sign((px - 1) * -ey + py * ex > 0 ? -1 : 1);
}

function segment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0), 1);
  return length(x - ax - along * dx, y - ay - along * dy);
}

/** Two or three parallel bars. */
function bars(x: number, y: number, { stroke, form }: Style): number {
  const width = Math.min(stroke, 0.22);
  const outer = form < 0.5 ? 0.45 : 0.72;
  const near = form < 0.5 ? Math.abs(y) - outer : Math.min(Math.abs(y), Math.abs(Math.abs(y) - outer));
  return box(x, near, 0.95 - width, 0) - width;
}

/** One and a third periods of a sine from x = -1 to 1, at the joints of `waveParts` segments. */
const waveParts = 14;
const waveJoints = Array.from({ length: waveParts + 1 }, (_, i) => {
  const x = (2 * i) / waveParts - 1;
  return { x, y: Math.sin(4.2 * x) };
});

function wave(x: number, y: number, { stroke, form }: Style): number {
  const height = 0.35 + 0.2 * form;
  let near = Infinity;
  let previous = waveJoints[0];
  for (const joint of waveJoints) {
    if (previous && previous !== joint)
      near = Math.min(near, segment(x, y, previous.x, previous.y * height, joint.x, joint.y * height));
    previous = joint;
  }
  return near - stroke * 0.75;
}

function arrow(x: number, y: number, { stroke, form }: Style): number {
  const head = 0.45 + 0.25 * form;
  const shaft = segment(x, y, -1, 0, 0.95, 0);
  const upper = segment(x, y, 0.95, 0, 0.95 - head, -head);
  const lower = segment(x, y, 0.95, 0, 0.95 - head, head);
  return Math.min(shaft, upper, lower) - stroke * 0.8;
}

export const shapes: readonly Shape[] = [
  (x, y) => length(x, y) - 0.9,
  (x, y, { stroke }) => Math.abs(length(x, y) - 0.85) - stroke,
  (x, y, { form }) => box(x, y, 0.75 - 0.2 * form, 0.75 - 0.2 * form) - 0.2 * form,
  (x, y, { stroke }) => Math.abs(box(x, y, 0.7, 0.7)) - stroke * 0.85,
  (x, y) => triangle(x, y) - 0.06,
  (x, y, { stroke }) => Math.min(box(x, y, 0.95, stroke), box(x, y, stroke, 0.95)) - 0.04,
  bars,
  (x, y, { form }) => star(x, y, 0.4 + 0.15 * form) - 0.05,
  wave,
  arrow,
];
