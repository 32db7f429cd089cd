import { sizeOf } from './ir/tensors';

/**
 * The safetensors format (github.com/huggingface/safetensors): u64 header length | header (JSON, padded with
 * spaces so that the data is aligned to 8 bytes) | data, everything little endian.
 */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/** Bytes that are no safetensors file, or one of other types than float32. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

const ALIGNMENT = 8;

/** @throws RangeError for a tensor whose shape isn't filled. */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, Entry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (data.length !== sizeOf(shape))
      throw new RangeError(`${name} has ${data.length} values; expected [${shape}]`);
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + text.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + end).fill(0x20, 0, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let offset = start;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** @throws SafetensorsError */
export function readSafetensors(given: Uint8Array): Safetensors {
  const view = new DataView(given.buffer, given.byteOffset, given.byteLength);
  const length = given.length >= 8 ? Number(view.getBigUint64(0, true)) : Number.NaN;
  if (!(length <= given.length - 8))
    throw new SafetensorsError(`A header of ${length} bytes does not fit into ${given.length} bytes`);
  const { __metadata__: metadata = {}, ...entries } = headerOf(given.subarray(8, 8 + length));
  const data = given.subarray(8 + length);
  const tensors = Object.entries(entries as Record<string, Entry>).map(
    ([name, entry]) => [name, tensorOf(name, entry, data)] as const,
  );
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Record<string, string> };
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch (error) {
    throw new SafetensorsError(`The header is not JSON (${(error as Error).message})`);
  }
}

function tensorOf(name: string, { dtype, shape, data_offsets: offsets }: Entry, all: Uint8Array): Tensor {
  if (dtype !== 'F32') throw new SafetensorsError(`${name} is ${dtype}; F32 expected`);
  const [begin, end] = offsets;
  if (!(begin >= 0 && end <= all.length && end - begin === 4 * sizeOf(shape)))
    throw new SafetensorsError(
      `${name} of [${shape}] does not lie at ${begin} to ${end} of ${all.length} bytes`,
    );
  // A copy, aligned for float32; slice() would not copy a Buffer.
  return { shape, data: new Float32Array(new Uint8Array(all.subarray(begin, end)).buffer) };
}
