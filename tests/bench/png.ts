import { crc32, deflateSync } from 'node:zlib';

/** One part of a PNG file: length, name, data, checksum. */
function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Black of so much opacity, uint8 [height, width], as a PNG file: the page gives it its ink. */
export function encodeGreyAlpha(width: number, height: number, opacity: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits, grey with alpha, and the only methods of compression, filtering and interlacing.
  header.set([8, 4, 0, 0, 0], 8);
  const row = 1 + 2 * width;
  const rows = Buffer.alloc(height * row);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * row + 2 + 2 * x] = opacity[y * width + x] ?? 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
