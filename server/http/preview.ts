import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { decodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { previewSize } from '@/lib/protocol/linkCard';
import { decodeWritings } from '@/lib/protocol/writings';

/** Pixels around everything and between pictures. */
const MARGIN = 40;
const GAP = 8;
/** The dark page's paper and ink, and the colour of what is generated. */
const paper = [0x12, 0x11, 0x0e] as const;
const ink = [0xed, 0xe9, 0xdf] as const;
const generated = [0xff, 0x9a, 0x4d] as const;
/** Pixels of one character, drawn as a block: no font is needed, and no language. */
const LETTER = { width: 16, height: 18, line: 34 } as const;

type ImagesHeader = Extract<FrameHeader, { kind: 'images' }>;
type TextHeader = Extract<FrameHeader, { kind: 'text' }>;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Whole pixels of the preview for one of a picture's. */
  readonly scale: number;
}

/** A grid of more pictures is better unless it covers less of the preview than this share of what could be covered. */
const ENOUGH = 0.75;

const coverOf = ({ columns, rows, scale }: Grid): number => columns * rows * scale ** 2;

/** A full grid of at most `count` pictures: as many as cover enough of the preview. */
export function gridOf(count: number, { width, height }: Pick<ImagesHeader, 'width' | 'height'>): Grid {
  const room = (whole: number, pictures: number, size: number) =>
    Math.floor((whole - 2 * MARGIN - (pictures - 1) * GAP) / (pictures * size));
  const grids: Grid[] = [];
  for (let columns = 1; columns <= count; columns++)
    for (let rows = 1; rows * columns <= count; rows++) {
      const scale = Math.min(room(previewSize.width, columns, width), room(previewSize.height, rows, height));
      if (scale > 0) grids.push({ columns, rows, scale });
    }
  const most = Math.max(...grids.map(coverOf));
  const [best] = grids
    .filter((grid) => coverOf(grid) >= ENOUGH * most)
    .sort((a, b) => b.columns * b.rows - a.columns * a.rows || coverOf(b) - coverOf(a));
  return best ?? { columns: 1, rows: 1, scale: 0 };
}

/** uint8 [630, 1200, 3]: pictures in a grid, each of their pixels a square. */
function drawPictures(header: ImagesHeader, pixels: Uint8Array): Buffer {
  const { width, height, channels } = header;
  const { columns, rows, scale } = gridOf(header.count, header);
  const canvas = Buffer.alloc(3 * previewSize.width * previewSize.height);
  for (let i = 0; i < canvas.length; i++) canvas[i] = paper[i % 3] as number;
  const start = (whole: number, count: number, size: number) =>
    Math.floor((whole - count * size * scale - (count - 1) * GAP) / 2);
  const [left, top] = [start(previewSize.width, columns, width), start(previewSize.height, rows, height)];
  for (let tile = 0; tile < columns * rows; tile++) {
    const x0 = left + (tile % columns) * (width * scale + GAP);
    const y0 = top + Math.floor(tile / columns) * (height * scale + GAP);
    for (let y = 0; y < height * scale; y++)
      for (let x = 0; x < width * scale; x++) {
        const from = ((tile * height + Math.floor(y / scale)) * width + Math.floor(x / scale)) * channels;
        const to = 3 * ((y0 + y) * previewSize.width + x0 + x);
        for (let c = 0; c < 3; c++) canvas[to + c] = pixels[from + (channels === 3 ? c : 0)] ?? 0;
      }
  }
  return canvas;
}

const svg = (content: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${previewSize.width}" height="${previewSize.height}"><rect width="100%" height="100%" fill="rgb(${paper})"/>${content}</svg>`,
  );

/** What a text model wrote, a block a character, the warmer the more it surprised the model. */
function drawWriting(header: TextHeader, payload: ArrayBuffer): Buffer {
  const [first] = decodeWritings(header, payload);
  const perLine = Math.floor((previewSize.width - 2 * MARGIN) / LETTER.width);
  const lines = Math.floor((previewSize.height - 2 * MARGIN) / LETTER.line);
  const blocks: string[] = [];
  let [line, column] = [0, 0];
  for (const [i, character] of [...(first?.text ?? '')].entries()) {
    if (character === '\n' || column === perLine) [line, column] = [line + 1, 0];
    if (line === lines) break;
    if (character === '\n') continue;
    if (character.trim() !== '') {
      const certain = (first?.probabilities[i] ?? 255) / 255;
      const color = ink.map((part, c) =>
        Math.round(certain * part + (1 - certain) * (generated[c] as number)),
      );
      const [x, y] = [MARGIN + column * LETTER.width, MARGIN + line * LETTER.line];
      blocks.push(
        `<rect x="${x}" y="${y}" width="${LETTER.width}" height="${LETTER.height}" fill="rgb(${color})"/>`,
      );
    }
    column += 1;
  }
  return svg(blocks.join(''));
}

/** The site's sign, for a playground that has shown nothing yet. */
function drawSign(publicFolder: string): Buffer {
  const sign = readFileSync(join(publicFolder, 'icon.svg'), 'utf8').replace(
    '<svg ',
    '<svg x="460" y="175" width="280" height="280" ',
  );
  return svg(sign);
}

/** The preview picture of a playground's link, drawn from the newest frames of its run. */
export class Preview {
  /** Equal previews have equal hashes. */
  readonly hash: string;
  private readonly frame: Uint8Array | undefined;

  /** @param frames of the playground's run, encoded as in lib/protocol/frames. */
  constructor(
    frames: readonly { readonly kind: string; readonly bytes: Uint8Array }[],
    private readonly publicFolder: string,
  ) {
    const newest = (kind: string) => frames.findLast((frame) => frame.kind === kind)?.bytes;
    this.frame = newest('images') ?? newest('text');
    this.hash = createHash('sha256')
      .update(this.frame ?? 'sign')
      .digest('hex')
      .slice(0, 16);
  }

  /** A PNG file of `previewSize`. */
  draw(): Promise<Buffer> {
    return this.canvas().png({ compressionLevel: 9 }).toBuffer();
  }

  private canvas() {
    if (!this.frame) return sharp(drawSign(this.publicFolder));
    const { header, payload } = decodeFrame(this.frame);
    if (header.kind === 'text') return sharp(drawWriting(header, payload));
    if (header.kind !== 'images') return sharp(drawSign(this.publicFolder));
    const raw = { ...previewSize, channels: 3 } as const;
    return sharp(drawPictures(header, new Uint8Array(payload)), { raw });
  }
}
