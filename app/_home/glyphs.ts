/** Ten small shapes, one a class colour, as paths in a box from -1 to 1. */
type Draw = (pen: CanvasRenderingContext2D) => void;

function polygon(pen: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
}

function star(): (readonly [number, number])[] {
  return Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? 0.9 : 0.4;
    const angle = (i / 10) * 2 * Math.PI - Math.PI / 2;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

function fillPolygon(points: readonly (readonly [number, number])[]): Draw {
  return (pen) => {
    polygon(pen, points);
    pen.fill();
  };
}

function circle(pen: CanvasRenderingContext2D): void {
  pen.beginPath();
  pen.arc(0, 0, 0.7, 0, 2 * Math.PI);
}

/** In the order of the class colours. */
export const glyphs: readonly Draw[] = [
  (pen) => {
    circle(pen);
    pen.fill();
  },
  (pen) => {
    circle(pen);
    pen.stroke();
  },
  (pen) => pen.fillRect(-0.65, -0.65, 1.3, 1.3),
  (pen) => pen.strokeRect(-0.6, -0.6, 1.2, 1.2),
  fillPolygon([
    [0, -0.8],
    [0.8, 0.65],
    [-0.8, 0.65],
  ]),
  (pen) => {
    pen.fillRect(-0.8, -0.2, 1.6, 0.4);
    pen.fillRect(-0.2, -0.8, 0.4, 1.6);
  },
  (pen) => {
    for (const y of [-0.7, -0.15, 0.4]) pen.fillRect(-0.75, y, 1.5, 0.3);
  },
  fillPolygon(star()),
  (pen) => {
    pen.beginPath();
    for (let x = -0.8; x <= 0.81; x += 0.1) pen.lineTo(x, 0.35 * Math.sin(x * 5));
    pen.stroke();
  },
  fillPolygon([
    [0.85, 0],
    [0.1, -0.65],
    [0.1, -0.2],
    [-0.8, -0.2],
    [-0.8, 0.2],
    [0.1, 0.2],
    [0.1, 0.65],
  ]),
];

/** Pixels of a pre-drawn glyph's side. */
export const SPRITE = 64;

/** All glyphs drawn once, in a row, in the present theme's class colours. */
export function drawSprites(): HTMLCanvasElement {
  const sheet = document.createElement('canvas');
  sheet.width = SPRITE * glyphs.length;
  sheet.height = SPRITE;
  const pen = sheet.getContext('2d');
  const style = getComputedStyle(document.documentElement);
  glyphs.forEach((draw, i) => {
    if (!pen) return;
    pen.setTransform(SPRITE / 2.2, 0, 0, SPRITE / 2.2, SPRITE * (i + 0.5), SPRITE / 2);
    pen.fillStyle = style.getPropertyValue(`--class-${i}`);
    pen.strokeStyle = pen.fillStyle;
    pen.lineWidth = 0.3;
    pen.lineCap = 'round';
    draw(pen);
  });
  return sheet;
}
