import { encodePack, type PastRun, type ReelIndex } from '@/lib/protocol/reel';
import type { ReelTopic } from '@/lib/protocol/topics';
import type { Reel, ReelRange, Storage } from '@/server/storage/storage';
import { Refused } from '../refused';
import type { RunControl } from './control';

/** What a playground's runs have shown so far, the present one and those before it. */
export class Past {
  constructor(
    private readonly playground: string,
    private readonly storage: Storage,
    private readonly control: RunControl,
  ) {}

  /** The runs before the present one, newest first. */
  runs(): Promise<PastRun[]> {
    return this.storage.pastRuns(this.playground);
  }

  /** A run's curve as a history frame. @throws Refused `not-found` */
  async curve(run: string): Promise<Uint8Array> {
    const present = run === this.control.runId ? this.control.history()?.bytes : undefined;
    const past = present ? null : await this.storage.pastRun(this.playground, run);
    const frame = present ?? past?.history;
    if (!frame) throw new Refused('not-found', 'This playground has no such run');
    return frame;
  }

  /** @throws Refused `not-found` */
  async index(run: string): Promise<ReelIndex> {
    const reel = await this.reel(run);
    return { run, topics: await reel.index() };
  }

  /** Frames of a topic as a pack. @throws Refused `not-found` */
  async pack(run: string, topic: ReelTopic, range: ReelRange): Promise<Uint8Array> {
    const reel = await this.reel(run);
    return encodePack(await reel.read(topic, range));
  }

  private async reel(run: string): Promise<Reel> {
    if (run !== this.control.runId && !(await this.storage.pastRun(this.playground, run)))
      throw new Refused('not-found', 'This playground has no such run');
    return this.storage.reels.of(run);
  }
}
