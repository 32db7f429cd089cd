import { open, readFile, rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { addToTrack, bytesOf, emptyTrack, isTailPassing, type ReelEntry, type Track } from '@/lib/runs/reel';

/**
 * The track of one topic as a file that is appended to, and now and then written anew without what was thinned:
 *   "CLRL" | u32 version | u32 spacing | u32 zero, then for each frame u32 length | u32 CRC-32 | u32 step | frame
 * little endian. A record that breaks off or has a wrong sum is where the file ends, as after a crash.
 */
const magic = 0x4c524c43;
const version = 1;
const headBytes = 16;
const recordBytes = 12;
/** Bytes of frames that are no longer kept, beyond which a file is written anew. */
const mostWaste = 8 * 2 ** 20;

/** A frame of a track: its bytes until they are in the file, then `null` and their offset in it. */
export interface FiledEntry extends ReelEntry {
  bytes: Uint8Array | null;
  offset: number;
}

function record(step: number, bytes: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(recordBytes);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(crc32(bytes), 4);
  head.writeUInt32LE(step, 8);
  return [head, bytes];
}

function head(spacing: number): Uint8Array {
  const bytes = Buffer.alloc(headBytes);
  for (const [i, value] of [magic, version, spacing].entries()) bytes.writeUInt32LE(value, 4 * i);
  return bytes;
}

/** Reads a file's records. @returns the track that they make, and how many bytes of the file are whole. */
function replay(file: Buffer): { track: Track<FiledEntry>; size: number } {
  if (file.length < headBytes || file.readUInt32LE(0) !== magic || file.readUInt32LE(4) !== version)
    return { track: emptyTrack(), size: 0 };
  const track = emptyTrack<FiledEntry>(Math.max(1, file.readUInt32LE(8)));
  let at = headBytes;
  while (at + recordBytes <= file.length) {
    const size = file.readUInt32LE(at);
    const offset = at + recordBytes;
    const frame = file.subarray(offset, offset + size);
    if (frame.length < size || crc32(frame) !== file.readUInt32LE(at + 4)) break;
    addToTrack(track, { step: file.readUInt32LE(at + 8), size, offset, bytes: null });
    at = offset + size;
  }
  return { track, size: at };
}

/** One track and its file. Writing and reading take effect in the order of the calls. */
export class ReelFile {
  /** What is kept, in memory ahead of the file. */
  track: Track<FiledEntry> = emptyTrack();
  /** Bytes of the file that are whole; what follows is overwritten. 0: there is no file yet. */
  private size = 0;
  /** The track was thinned or cut, so the file must be written anew. */
  private isStale = false;
  private work: Promise<unknown> = Promise.resolve();
  private isWaiting = false;

  constructor(private readonly path: string) {}

  /** Reads the file, if there is one. */
  async load(): Promise<void> {
    const file = await readFile(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const { track, size } = replay(file);
    this.track = track;
    this.size = size;
  }

  /** Says that the track was thinned or cut: the next write is of the whole file. */
  stale(): void {
    this.isStale = true;
  }

  /**
   * Brings the file up to the track. A newest frame that will go when the next comes (`isTailPassing`) stays in memory
   * until `flush`.
   */
  write(): Promise<void> {
    // One write takes all that came until it begins.
    if (this.isWaiting) return this.work.then(() => undefined);
    this.isWaiting = true;
    return this.serially(() => {
      this.isWaiting = false;
      return this.bring(false);
    });
  }

  /** The same for the whole track, and synced: it outlives the machine's failure. */
  flush(): Promise<void> {
    return this.serially(() => this.bring(true));
  }

  /** The frames of entries of the track, from memory or the file. */
  read(entries: readonly FiledEntry[]): Promise<Uint8Array[]> {
    return this.serially(() => this.framesOf(entries));
  }

  /** Fulfils when nothing is under way. */
  async idle(): Promise<void> {
    await this.work;
  }

  private serially<T>(task: () => Promise<T>): Promise<T> {
    const done = this.work.then(task);
    this.work = done.catch(() => undefined);
    return done;
  }

  private async framesOf(entries: readonly FiledEntry[]): Promise<Uint8Array[]> {
    if (entries.every(({ bytes }) => bytes)) return entries.map(({ bytes }) => bytes as Uint8Array);
    const file = await open(this.path, 'r');
    try {
      return await Promise.all(
        entries.map(async ({ bytes, offset, size }) => {
          if (bytes) return bytes;
          const { bytesRead, buffer } = await file.read(new Uint8Array(size), 0, size, offset);
          if (bytesRead < size) throw new Error(`A frame of ${size} bytes expected, got ${bytesRead}`);
          return buffer;
        }),
      );
    } finally {
      await file.close();
    }
  }

  private async bring(isFlush: boolean): Promise<void> {
    if (this.size > mostWaste + 2 * bytesOf(this.track)) this.isStale = true;
    if (this.isStale || (this.size === 0 && this.track.entries.length > 0)) await this.rewrite();
    else await this.append(isFlush);
  }

  private async append(isFlush: boolean): Promise<void> {
    const isWaiting = isTailPassing(this.track) && !isFlush;
    const entries = isWaiting ? this.track.entries.slice(0, -1) : this.track.entries;
    const fresh = entries.filter(({ bytes }) => bytes);
    if (fresh.length === 0 && !isFlush) return;
    if (this.size === 0) return;
    const file = await open(this.path, 'r+');
    try {
      const data = Buffer.concat(fresh.flatMap(({ step, bytes }) => record(step, bytes as Uint8Array)));
      await file.write(data, 0, data.length, this.size);
      if (isFlush) await file.datasync();
    } finally {
      await file.close();
    }
    this.size = this.settle(fresh, this.size);
  }

  /** Writes the track as it is into a new file, which then takes the place of the old one. */
  private async rewrite(): Promise<void> {
    this.isStale = false;
    const { spacing } = this.track;
    const entries = [...this.track.entries];
    const temporary = `${this.path}.part`;
    try {
      const frames = await this.framesOf(entries);
      const file = await open(temporary, 'w');
      try {
        const records = entries.flatMap(({ step }, i) => record(step, frames[i] as Uint8Array));
        await file.writeFile(Buffer.concat([head(spacing), ...records]));
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.path);
    } catch (error) {
      this.isStale = true;
      await rm(temporary, { force: true });
      throw error;
    }
    this.size = this.settle(entries, headBytes);
  }

  /**
   * Notes that the entries lie in the file now, one after the other from offset `at` on. @returns where the last ends.
   */
  private settle(entries: readonly FiledEntry[], at: number): number {
    let end = at;
    for (const entry of entries) {
      entry.offset = end + recordBytes;
      entry.bytes = null;
      end = entry.offset + entry.size;
    }
    return end;
  }
}
