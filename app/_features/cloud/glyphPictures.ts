import type { CanvasFont } from '@/app/_ui/useCanvasFont';
import type { PictureBatch } from '@/app/_view/pixels';
import { visible } from './cloudText';

/** Pixels of a character's picture along a side, and of the character in it. */
const SIDE = 28;
const FONT = 24;

/** Each character as a grey picture of its own, white on black as the data's pictures are. */
export function glyphPictures(characters: readonly string[], font: CanvasFont): PictureBatch {
  const area = SIDE * SIDE;
  const pixels = new Uint8Array(characters.length * area);
  const drawn = new Map<string, Uint8Array>();
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  characters.forEach((character, i) => {
    const glyph = drawn.get(character) ?? (context && drawGlyph(context, visible(character), font));
    if (!glyph) return;
    drawn.set(character, glyph);
    pixels.set(glyph, i * area);
  });
  return { count: characters.length, height: SIDE, width: SIDE, channels: 1, pixels };
}

function drawGlyph(
  context: OffscreenCanvasRenderingContext2D,
  text: string,
  { family }: CanvasFont,
): Uint8Array {
  context.fillStyle = 'black';
  context.fillRect(0, 0, SIDE, SIDE);
  context.fillStyle = 'white';
  context.font = `600 ${FONT}px ${family}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(text, SIDE / 2, 0.74 * SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => data[4 * pixel] ?? 0);
}
