/** A picture's box, in shares of the canvas's width and height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point of one of several pictures: fractions of that picture's box. */
export interface PicturePoint {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** How far beyond a picture's edge, in fractions of its size, one still points at it: gaps belong to what is next to them. */
const REACH = 0.3;

const beyond = (fraction: number): number => Math.max(0, -fraction, fraction - 1);

/** The picture under a point of the canvas, or next to it. @param boxes by picture; `null` for one that isn't shown. */
export function pictureUnder(boxes: readonly (Box | null)[], x: number, y: number): PicturePoint | null {
  let best: PicturePoint | null = null;
  let least = REACH;
  boxes.forEach((box, index) => {
    if (!box) return;
    const point = { index, x: (x - box.x) / box.width, y: (y - box.y) / box.height };
    const away = Math.max(beyond(point.x), beyond(point.y));
    if (away > least || (best && away === least)) return;
    best = point;
    least = away;
  });
  return best;
}

/** Where a point of a picture is on the canvas; `null` if that picture isn't shown. */
export function spotIn(boxes: readonly (Box | null)[], point: PicturePoint): { x: number; y: number } | null {
  const box = boxes[point.index];
  return box ? { x: box.x + point.x * box.width, y: box.y + point.y * box.height } : null;
}
