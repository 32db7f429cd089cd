/**
 * A run's whole state in one buffer, little endian:
 *   u32 header length | header (JSON: version, step, names and lengths) | padding to 4 | float32 values
 * Random numbers and the data's position are functions of the step, so they need no place of their own.
 */
const VERSION = 1;

export interface TrainingState {
  /** Completed steps. */
  readonly step: number;
  readonly values: Readonly<Record<string, Float32Array>>;
}

interface Header {
  readonly version: number;
  readonly step: number;
  readonly entries: readonly (readonly [name: string, length: number])[];
}

/** A checkpoint that can't be read; says what was expected. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

export function packCheckpoint({ step, values }: TrainingState): Uint8Array {
  const entries = Object.entries(values).map(([name, data]) => [name, data.length] as const);
  const header: Header = { version: VERSION, step, entries };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((4 + text.length) / 4) * 4;
  const floats = entries.reduce((sum, [, length]) => sum + length, 0);
  const bytes = new Uint8Array(start + floats * 4);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  const target = new Float32Array(bytes.buffer, start);
  let offset = 0;
  for (const data of Object.values(values)) {
    target.set(data, offset);
    offset += data.length;
  }
  return bytes;
}

/** @throws CheckpointError */
export function unpackCheckpoint(given: Uint8Array): TrainingState {
  // A copy, aligned for float32; slice() would not copy a Buffer, as which it comes from another process.
  const bytes = new Uint8Array(given);
  try {
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    if (header.version !== VERSION)
      throw new CheckpointError(`Version ${VERSION} expected, got ${header.version}`);
    let offset = Math.ceil((4 + length) / 4) * 4;
    const values = header.entries.map(([name, floats]) => {
      const data = new Float32Array(bytes.buffer, offset, floats).slice();
      offset += floats * 4;
      return [name, data] as const;
    });
    if (offset !== bytes.length) throw new CheckpointError(`${offset} bytes expected, got ${bytes.length}`);
    return { step: header.step, values: Object.fromEntries(values) };
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(`Not a checkpoint (${(error as Error).message})`);
  }
}
