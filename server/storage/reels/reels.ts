import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '@/lib/protocol/limits';
import { type ReelTopic, reelTopics } from '@/lib/protocol/topics';
import { addToTrack, bytesOf, cutTrack, isTrackFull, thinTrack } from '@/lib/runs/reel';
import type { Reel, ReelRange, Reels } from '../storage';
import { type FiledEntry, ReelFile } from './reelFile';

/**
 * Reels whose index stays in memory at most; the one that was asked for longest ago goes first, and is read again
 * later.
 */
const openReels = 256;

const runPattern = /^[\w-]{1,64}$/;

/** The reel of one run: a folder with a file a topic. */
class FolderReel implements Reel {
  private readonly files: Record<ReelTopic, ReelFile>;
  private readonly loaded: Promise<void>;
  /** What was called before the files were read; null from then on. */
  private early: (() => void)[] | null = [];
  /** It was removed, or can't be read: nothing is taken in from then on. */
  private isDead = false;

  constructor(
    private readonly folder: string,
    private readonly report: (error: unknown) => void,
  ) {
    const fileOf = (topic: ReelTopic) => [topic, new ReelFile(join(folder, `${topic}.reel`))] as const;
    this.files = Object.fromEntries(reelTopics.map(fileOf)) as Record<ReelTopic, ReelFile>;
    this.loaded = this.load();
    this.loaded.catch((error) => {
      this.isDead = true;
      this.early = null;
      report(error);
    });
  }

  add(topic: ReelTopic, step: number, bytes: Uint8Array): void {
    this.whenLoaded(() => {
      const file = this.files[topic];
      addToTrack(file.track, { step, size: bytes.length, bytes, offset: 0 });
      if (isTrackFull(file.track)) this.thin(file);
      this.shrink();
      this.write(file);
    });
  }

  cut(step: number): void {
    this.whenLoaded(() => {
      for (const file of Object.values(this.files)) {
        if (!cutTrack(file.track, step)) continue;
        file.stale();
        this.write(file);
      }
    });
  }

  async flush(): Promise<void> {
    await this.loaded;
    if (this.isDead) return;
    await Promise.all(Object.values(this.files).map((file) => file.flush()));
  }

  async index(): Promise<Record<ReelTopic, [number, number][]>> {
    await this.loaded;
    const rows = ({ track }: ReelFile) =>
      track.entries.map(({ step, size }): [number, number] => [step, size]);
    return Object.fromEntries(
      Object.entries(this.files).map(([topic, file]) => [topic, rows(file)]),
    ) as Record<ReelTopic, [number, number][]>;
  }

  async read(topic: ReelTopic, { from, to, every }: ReelRange): Promise<Uint8Array[]> {
    await this.loaded;
    const file = this.files[topic];
    const within = file.track.entries.filter(({ step }) => step >= from && step <= to);
    const chosen: FiledEntry[] = [];
    let bytes = 0;
    for (let i = 0; i < within.length; i += every) {
      const entry = within[i] as FiledEntry;
      bytes += entry.size;
      if (chosen.length > 0 && bytes > limits.packBytes) break;
      chosen.push(entry);
    }
    return file.read(chosen);
  }

  async remove(): Promise<void> {
    this.isDead = true;
    await this.idle();
    await rm(this.folder, { recursive: true, force: true });
  }

  async idle(): Promise<void> {
    await this.loaded.catch(() => undefined);
    await Promise.all(Object.values(this.files).map((file) => file.idle()));
  }

  private async load(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await Promise.all(Object.values(this.files).map((file) => file.load()));
    const { early } = this;
    this.early = null;
    for (const act of early ?? []) act();
  }

  private whenLoaded(act: () => void): void {
    if (this.isDead) return;
    if (this.early) this.early.push(act);
    else act();
  }

  private write(file: ReelFile): void {
    file.write().catch((error) => {
      if (!this.isDead) this.report(error);
    });
  }

  private thin(file: ReelFile): void {
    thinTrack(file.track);
    file.stale();
  }

  private shrink(): void {
    const files = Object.values(this.files);
    const sizes = files.map(({ track }) => bytesOf(track));
    if (sizes.reduce((sum, size) => sum + size, 0) <= limits.reelBytes) return;
    const largest = files[sizes.indexOf(Math.max(...sizes))];
    if (largest && largest.track.entries.length > 2) this.thin(largest);
  }
}

/** The reels of all runs: a folder each, named by the run. */
export class ReelFolder implements Reels {
  private readonly open = new Map<string, FolderReel>();

  private constructor(
    private readonly folder: string,
    private readonly report: (error: unknown) => void,
  ) {}

  /**
   * Opens the folder and removes all reels but those of the runs that `used` names.
   * @param report hears of what could not be read or written.
   */
  static async open(
    folder: string,
    used: ReadonlySet<string>,
    report: (error: unknown) => void,
  ): Promise<ReelFolder> {
    await mkdir(folder, { recursive: true });
    const strays = (await readdir(folder)).filter((name) => !used.has(name));
    await Promise.all(strays.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    return new ReelFolder(folder, report);
  }

  of(run: string): Reel {
    if (!runPattern.test(run)) throw new RangeError(`The id of a run expected, got ${JSON.stringify(run)}`);
    const reel = this.open.get(run) ?? new FolderReel(join(this.folder, run), this.report);
    this.open.delete(run);
    this.open.set(run, reel);
    const [oldest] = this.open.keys();
    if (this.open.size > openReels && oldest !== undefined) this.open.delete(oldest);
    return reel;
  }

  async remove(run: string): Promise<void> {
    const reel = this.of(run) as FolderReel;
    this.open.delete(run);
    await reel.remove();
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((reel) => reel.idle()));
  }
}
