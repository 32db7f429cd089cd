import { own, say } from '@/lib/text/sentence';
import { DatasetError, type ImageSet } from '../dataset';

/** A file of images: u32 header length, little endian | header, JSON | uint8 labels[count] | uint8 images. */
interface Header {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: readonly string[];
}

export function packImages({ images, labels, ...set }: ImageSet): Uint8Array {
  const { count, height, width, channels, classes } = set;
  const header = Buffer.from(JSON.stringify({ count, height, width, channels, classes } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, labels, images]);
}

/** @throws DatasetError if the file is not what `packImages` makes. */
export function unpackImages(file: Uint8Array): ImageSet {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = 4 + (bytes.length < 4 ? 0 : bytes.readUInt32LE(0));
  try {
    const header = JSON.parse(bytes.toString('utf8', 4, start)) as Header;
    const { count, height, width, channels } = header;
    const expected = start + count * (1 + height * width * channels);
    if (bytes.length !== expected) throw new RangeError(`${expected} bytes expected, got ${bytes.length}`);
    const labels = file.subarray(start, start + count);
    return { kind: 'images', ...header, labels, images: file.subarray(start + count) };
  } catch (error) {
    const reason = own((error as Error).message);
    throw new DatasetError(say("The data set's file is damaged ({reason}). Bring it again", { reason }));
  }
}
