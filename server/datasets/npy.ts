/** Bytes before the dictionary. */
const PREFIX = 10;

/**
 * NumPy's array format, version 1.0 (numpy.lib.format): magic and version | u16 header length, little endian | a Python
 * dictionary, padded with spaces and a line end so that the data begins at a multiple of 64 | data, row by row.
 */
export function writeNpy(values: Uint8Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((product, n) => product * n, 1);
  if (values.length !== size)
    throw new RangeError(`An array of [${shape}] has ${size} values, got ${values.length}`);
  const axes = shape.map((n) => `${n},`).join(' ');
  const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': (${axes}), }`;
  const whole = Math.ceil((PREFIX + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(whole - PREFIX - 1)}\n`;
  const bytes = new Uint8Array(whole + size);
  bytes.set([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(Buffer.from(header, 'latin1'), PREFIX);
  bytes.set(values, whole);
  return bytes;
}

/** The values of an array that `writeNpy` wrote, row by row; they share the memory of `bytes`. */
export function readNpy(bytes: Uint8Array): Uint8Array {
  const header = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  return new Uint8Array(bytes.buffer, bytes.byteOffset + PREFIX + header, bytes.length - PREFIX - header);
}
