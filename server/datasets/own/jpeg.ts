/**
 * Whether the compressed data of a JPEG holds together. Decoders take what is damaged in the middle for a picture and
 * say nothing, as they find the next code somewhere; but then they meet what no encoder writes: unknown codes, runs
 * beyond a block's end, frequencies stronger than from black to white, too little or too much data.
 *
 * ITU-T T.81: Huffman-coded, sequential (annex F) and progressive (annex G).
 */

interface Component {
  readonly across: number;
  readonly down: number;
  /** [64], in the order of the codes. */
  readonly quantizers: Uint16Array;
  /** The last block's mean, as it is coded. */
  mean: number;
  /** Of a progressive file: which coefficients of its blocks aren't zero so far, uint8 [blocks, 64]. */
  known: Uint8Array;
  dcTable: number;
  acTable: number;
}

interface Frame {
  readonly isProgressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: ReadonlyMap<number, Component>;
}

interface Scan {
  readonly components: readonly Component[];
  readonly first: number;
  readonly last: number;
  /** The lowest bit of coefficients before this scan, 0 for none, and after it (Ah and Al of T.81). */
  readonly before: number;
  readonly shift: number;
}

/** Huffman codes, the shortest first. */
interface Codes {
  /** By the next 8 bits: length of the code that begins there in the upper byte, value in the lower; 0 for a longer one. */
  readonly short: Uint16Array;
  /** By length: the first 16 bits that no code up to that length begins with. */
  readonly limits: Uint32Array;
  /** By length: the offset from a code to the index of its value. */
  readonly shifts: Int32Array;
  readonly values: Uint8Array;
}

/** How far an encoder may go beyond black and white, in levels: some sharpen edges so. */
const overshoot = 32;

class Damage extends Error {}

function codesOf(counts: Uint8Array, values: Uint8Array): Codes {
  const codes = {
    short: new Uint16Array(256),
    limits: new Uint32Array(17),
    shifts: new Int32Array(17),
    values,
  };
  let [code, place] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    codes.shifts[length] = place - code;
    for (let i = 0; i < (counts[length - 1] ?? 0); i++) {
      const span = 1 << Math.max(0, 8 - length);
      if (length <= 8) codes.short.fill((length << 8) | (values[place] ?? 0), code * span, (code + 1) * span);
      code++;
      place++;
    }
    codes.limits[length] = code << (16 - length);
    code <<= 1;
  }
  return codes;
}

/** Bits of one stretch of compressed data, up to the next marker. */
class Bits {
  private held = 0;
  private count = 0;
  /** Bits handed out that the data doesn't have. */
  private borrowed = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  private fill(): void {
    const { bytes } = this;
    while (this.count <= 16) {
      let byte = bytes[this.at] as number | undefined;
      if (byte === 0xff && bytes[this.at + 1] === 0) this.at += 2;
      else if (byte === undefined || byte === 0xff) {
        byte = 0;
        this.borrowed += 8;
      } else this.at += 1;
      this.held = (this.held << 8) | byte;
      this.count += 8;
    }
  }

  code({ short, limits, shifts, values }: Codes): number {
    this.fill();
    const next = (this.held >>> (this.count - 16)) & 0xffff;
    const found = short[next >>> 8] as number;
    if (found !== 0) {
      this.count -= found >>> 8;
      return found & 0xff;
    }
    let length = 9;
    while (length <= 16 && next >= (limits[length] as number)) length++;
    if (length > 16) throw new Damage();
    this.count -= length;
    return values[(next >>> (16 - length)) + (shifts[length] as number)] as number;
  }

  /** A number of so many bits, as T.81 extends it. */
  number(bits: number): number {
    const value = this.raw(bits);
    return bits > 0 && value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  raw(bits: number): number {
    if (bits === 0) return 0;
    this.fill();
    this.count -= bits;
    return (this.held >>> this.count) & ((1 << bits) - 1);
  }

  /** To be called behind the last block before a marker. */
  end(): void {
    if (this.borrowed > this.count) throw new Damage();
    while (this.bytes[this.at] === 0xff && this.bytes[this.at + 1] === 0xff) this.at++;
    const isAtMarker = this.bytes[this.at] === 0xff && this.bytes[this.at + 1] !== 0;
    if (!isAtMarker || this.count - this.borrowed >= 8) throw new Damage();
  }
}

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

class Checker {
  private readonly quantizers: Uint16Array[] = [];
  private readonly tables = new Map<number, Codes>();
  private frame: Frame | null = null;
  private restart = 0;
  private run = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** @throws Damage */
  check(): void {
    let at = 2;
    for (;;) {
      while (this.bytes[at] === 0xff && this.bytes[at + 1] === 0xff) at++;
      const marker = this.bytes[at + 1];
      if (this.bytes[at] !== 0xff || marker === undefined) throw new Damage();
      if (marker === 0xd9) return;
      const end = at + 2 + word(this.bytes, at + 2);
      const segment = this.bytes.subarray(at + 4, end);
      if (marker === 0xdb) this.readQuantizers(segment);
      else if (marker === 0xc4) this.readCodes(segment);
      else if (marker === 0xdd) this.restart = word(segment, 0);
      else if (marker >= 0xc0 && marker <= 0xc2) this.readFrame(segment, marker === 0xc2);
      else if (marker >= 0xc3 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) return;
      at = marker === 0xda ? this.checkScan(segment, end) : end;
    }
  }

  private readQuantizers(segment: Uint8Array): void {
    for (let at = 0; at < segment.length; ) {
      const head = segment[at] ?? 0;
      const isWide = head >> 4 !== 0;
      this.quantizers[head & 15] = Uint16Array.from({ length: 64 }, (_, i) =>
        isWide ? word(segment, at + 1 + 2 * i) : (segment[at + 1 + i] ?? 0),
      );
      at += isWide ? 129 : 65;
    }
  }

  private readCodes(segment: Uint8Array): void {
    for (let at = 0; at + 17 <= segment.length; ) {
      const counts = segment.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, each) => sum + each, 0);
      this.tables.set(segment[at] ?? 0, codesOf(counts, segment.subarray(at + 17, at + 17 + total)));
      at += 17 + total;
    }
  }

  private readFrame(segment: Uint8Array, isProgressive: boolean): void {
    const components = new Map<number, Component>();
    for (let at = 6; at + 2 < segment.length; at += 3) {
      const sampling = segment[at + 1] ?? 0;
      const quantizers = this.quantizers[segment[at + 2] ?? 0] ?? new Uint16Array(64);
      components.set(segment[at] ?? 0, {
        across: sampling >> 4,
        down: sampling & 15,
        quantizers,
        mean: 0,
        known: new Uint8Array(),
        dcTable: 0,
        acTable: 0,
      });
    }
    this.frame = { isProgressive, height: word(segment, 1), width: word(segment, 3), components };
  }

  private checkScan(segment: Uint8Array, at: number): number {
    const { frame } = this;
    const count = segment[0] ?? 0;
    const components: Component[] = [];
    for (let i = 0; i < count; i++) {
      const component = frame?.components.get(segment[1 + 2 * i] ?? 0);
      if (!component) throw new Damage();
      const tables = segment[2 + 2 * i] ?? 0;
      component.dcTable = tables >> 4;
      component.acTable = tables & 15;
      components.push(component);
    }
    const [first = 0, last = 0, bits = 0] = segment.subarray(1 + 2 * count);
    if (!frame || last > 63) throw new Damage();
    return this.decode(frame, { components, first, last, before: bits >> 4, shift: bits & 15 }, at);
  }

  private decode(frame: Frame, scan: Scan, start: number): number {
    const { components } = scan;
    const all = [...frame.components.values()];
    const most = { across: Math.max(...all.map((c) => c.across)), down: Math.max(...all.map((c) => c.down)) };
    const [only] = components;
    const isAlone = components.length === 1 && only !== undefined;
    const unit = isAlone
      ? { width: (8 * most.across) / only.across, height: (8 * most.down) / only.down }
      : { width: 8 * most.across, height: 8 * most.down };
    const units = Math.ceil(frame.width / unit.width) * Math.ceil(frame.height / unit.height);
    const every = this.restart || units;
    if (isAlone && frame.isProgressive && only.known.length === 0) only.known = new Uint8Array(64 * units);
    let at = start;
    for (let done = 0; done < units; done += every) {
      const bits = new Bits(this.bytes, at);
      this.run = 0;
      for (const component of components) component.mean = 0;
      for (let passed = 0; passed < Math.min(every, units - done); passed++)
        for (const component of components)
          for (let block = isAlone ? 1 : component.across * component.down; block > 0; block--)
            this.block(bits, component, frame, scan, done + passed);
      if (this.run > 0) throw new Damage();
      bits.end();
      at = bits.at;
      if (done + every < units) at += 2;
    }
    return at;
  }

  private block(bits: Bits, component: Component, { isProgressive }: Frame, scan: Scan, at: number): void {
    const last = isProgressive ? scan.last : 63;
    if (scan.first === 0) this.meanOf(bits, component, scan);
    if (last === 0) return;
    const codes = this.tables.get(16 + component.acTable);
    if (!codes) throw new Damage();
    const known = component.known.subarray(64 * at, 64 * at + 64);
    const first = Math.max(1, scan.first);
    if (scan.before > 0) this.refine(bits, codes, known, first, last);
    else if (this.run > 0) this.run--;
    else this.run = frequencies(bits, codes, component, known, { ...scan, first, last }, isProgressive);
  }

  private meanOf(bits: Bits, component: Component, { before, shift }: Scan): void {
    if (before > 0) {
      bits.raw(1);
      return;
    }
    const codes = this.tables.get(component.dcTable);
    const size = codes ? bits.code(codes) : 16;
    if (size > 11) throw new Damage();
    component.mean += bits.number(size);
    assertPossible((component.mean << shift) * (component.quantizers[0] as number), component.quantizers[0]);
  }

  /** One more bit of each coefficient (figure G.7). */
  private refine(bits: Bits, codes: Codes, known: Uint8Array, first: number, last: number): void {
    let at = first;
    const pass = (zeros: number) => {
      for (let left = zeros; at <= last; at++) {
        if (known[at] !== 0) bits.raw(1);
        else if (left-- === 0) return;
      }
    };
    while (this.run === 0 && at <= last) {
      const found = bits.code(codes);
      const [skip, size] = [found >> 4, found & 15];
      if (size > 1) throw new Damage();
      if (size === 0 && skip < 15) this.run = (1 << skip) + bits.raw(skip);
      else {
        bits.raw(size);
        pass(skip);
        if (at > last) throw new Damage();
        if (size === 1) known[at] = 1;
        at++;
      }
    }
    if (this.run === 0) return;
    pass(64);
    this.run--;
  }
}

/** @throws Damage for a coefficient, in levels times 8, beyond what samples from black to white have. */
function assertPossible(coefficient: number, quantizer = 0): void {
  if (Math.abs(coefficient) > 8 * (128 + overshoot) + quantizer) throw new Damage();
}

/** @returns how many blocks have nothing more after this one (figure F.13, G.3). */
function frequencies(
  bits: Bits,
  codes: Codes,
  { quantizers }: Component,
  known: Uint8Array,
  { first, last, shift }: Scan,
  isProgressive: boolean,
): number {
  for (let at = first; at <= last; at++) {
    const found = bits.code(codes);
    const [skip, size] = [found >> 4, found & 15];
    if (size === 0 && skip < 15) {
      if (skip > 0 && !isProgressive) throw new Damage();
      return (1 << skip) - 1 + bits.raw(skip);
    }
    at += skip;
    if (at > last || size > 10) throw new Damage();
    if (size === 0) continue;
    const quantizer = quantizers[at] as number;
    assertPossible((bits.number(size) << shift) * quantizer, quantizer << shift);
    if (isProgressive) known[at] = 1;
  }
  return 0;
}

/** Whether a JPEG's compressed data is damaged. What isn't Huffman-coded isn't looked at. */
export function isDamagedJpeg(bytes: Uint8Array): boolean {
  try {
    new Checker(bytes).check();
    return false;
  } catch (error) {
    if (error instanceof Damage) return true;
    throw error;
  }
}
