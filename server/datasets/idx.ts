import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { own, say } from '@/lib/text/sentence';
import { DatasetError } from './dataset';

/** Bytes that one file may unpack to; a larger one is refused (the full Fashion-MNIST has 47 MB). */
const maxUnpackedBytes = 512 * 1024 * 1024;

/** An array of unsigned bytes as an IDX file holds it. */
interface IdxArray {
  readonly shape: readonly number[];
  /** uint8, row-major. */
  readonly data: Uint8Array;
}

async function unpack(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxUnpackedBytes });
  } catch (error) {
    throw new DatasetError(
      say('{name} is not a whole gzip file ({reason})', {
        name: own(name),
        reason: own((error as Error).message),
      }),
    );
  }
}

/**
 * Reads an IDX file of unsigned bytes, gzipped or plain (format: Yann LeCun's MNIST page): two zero bytes,
 * type 8, the number of dimensions, each dimension as a big-endian u32, then the bytes. The header is trusted
 * for the counts, and the file must have exactly as many bytes as it says.
 * @throws DatasetError that names the file and what was expected.
 */
export async function parseIdx(name: string, file: Uint8Array, dimensions: number): Promise<IdxArray> {
  const bytes = await unpack(name, file);
  const header = 4 + 4 * dimensions;
  if (bytes.length < header)
    throw new DatasetError(
      say('{name} should start with a header of {bytes} bytes but has {count}', {
        name: own(name),
        bytes: header,
        count: bytes.length,
      }),
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  if (magic !== 0x0800 + dimensions)
    throw new DatasetError(
      say('{name} should start with the IDX magic number {magic}, not {found}', {
        name: own(name),
        magic: own(String(0x0800 + dimensions)),
        found: own(String(magic)),
      }),
    );
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = shape.reduce((size, dimension) => size * dimension, 1);
  const data = bytes.subarray(header);
  if (data.length !== expected)
    throw new DatasetError(
      say('{name} should hold {shape} = {bytes} bytes after its header but holds {count}', {
        name: own(name),
        shape: own(shape.join(' x ')),
        bytes: expected,
        count: data.length,
      }),
    );
  return { shape, data };
}
