import { limits } from '@/lib/protocol/limits';
import { decodePack, reelIndexSchema } from '@/lib/protocol/reel';
import { type ReelTopic, reelTopics } from '@/lib/protocol/topics';
import {
  addToTrack,
  emptyTrack,
  indexAt,
  indexBy,
  isTrackFull,
  type ReelEntry,
  thinTrack,
} from '@/lib/runs/reel';
import { type FrameStore, type Moment, readSnapshot } from './frameStore';
import { createSignal } from './store';

/** Frames before and after the wanted one that are fetched ahead of need. */
const AHEAD = 96;
/** Share of a pack that is asked for: what frames weigh is known, their padding isn't. */
const FILLED = 0.9;
/** Milliseconds after a fetch that failed in which none is tried. */
const RETRY_MS = 1000;

type Fetch = (address: string) => Promise<Response>;

/** One topic of a reel: what there is, and what has been fetched of it. */
class ReelTrack {
  private entries = emptyTrack<ReelEntry>();
  private readonly moments = new Map<number, Moment>();
  private isBusy = false;
  /** The step that is asked for. */
  private wanted: number | null = null;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly address: string,
    private readonly get: Fetch,
    private readonly changed: () => void,
    /** To be called if frames of the index are gone from the server. */
    private readonly outdated: () => void,
  ) {}

  get steps(): number[] {
    return this.entries.entries.map(({ step }) => step);
  }

  /** Takes the server's index, and drops cached moments that it has thinned away. */
  setEntries(entries: ReelEntry[]): void {
    this.entries = { ...this.entries, entries };
    this.forget();
  }

  /** Adds a frame that came over the stream to the index. */
  heard(step: number, size: number): void {
    const track = this.entries;
    addToTrack(track, { step, size });
    if (isTrackFull(track)) thinTrack(track);
    this.forget();
  }

  /** The moment of `step`; `null` if nothing was shown by then, `undefined` if it isn't fetched yet. */
  exact(step: number): Moment | null | undefined {
    const index = indexBy(this.steps, step);
    return index < 0 ? null : this.moments.get(this.steps[index] as number);
  }

  isReady(step: number): boolean {
    return this.exact(step) !== undefined;
  }

  /** Fetches the moment of `step`, then those around it; a later call replaces this one. */
  want(step: number): void {
    this.wanted = step;
    if (!this.isBusy && performance.now() - this.failedAt > RETRY_MS) void this.fulfil();
  }

  /** Fetches the moment of `step`. @throws Error if it can't be had. */
  async load(step: number): Promise<void> {
    if (!this.isReady(step)) await this.fetchAround(indexBy(this.steps, step));
  }

  private forget(): void {
    const steps = new Set(this.steps);
    for (const step of this.moments.keys()) if (!steps.has(step)) this.moments.delete(step);
  }

  private async fulfil(): Promise<void> {
    this.isBusy = true;
    try {
      for (;;) {
        const index = this.nextMissing();
        if (index === null) return;
        const before = this.moments.size;
        await this.fetchAround(index);
        this.changed();
        // Thinned on the server meanwhile.
        if (this.moments.size === before) throw new Error('The frames are no longer there');
      }
    } catch {
      // A later wish tries again, by what there is then.
      this.failedAt = performance.now();
      this.outdated();
    } finally {
      this.isBusy = false;
    }
  }

  private nextMissing(): number | null {
    if (this.wanted === null) return null;
    const steps = this.steps;
    const middle = indexAt(steps, this.wanted);
    if (middle < 0) return null;
    for (let distance = 0; distance <= AHEAD; distance++)
      for (const index of [middle + distance, middle - distance]) {
        const step = steps[index];
        if (step !== undefined && !this.moments.has(step)) return index;
      }
    return null;
  }

  /** One pack of frames that are missing around an index. */
  private async fetchAround(index: number): Promise<void> {
    const { entries } = this.entries;
    const isMissing = (at: number) => entries[at] !== undefined && !this.moments.has(entries[at].step);
    let [first, last] = [index, index];
    let bytes = entries[index]?.size ?? 0;
    const room = FILLED * limits.packBytes;
    for (let grows = true; grows; ) {
      grows = false;
      for (const at of [last + 1, first - 1]) {
        const size = entries[at]?.size ?? 0;
        if (!isMissing(at) || bytes + size > room) continue;
        bytes += size;
        if (at > last) last = at;
        else first = at;
        grows = true;
      }
    }
    const [from, to] = [entries[first]?.step, entries[last]?.step];
    const response = await this.get(`${this.address}?from=${from}&to=${to}`);
    if (!response.ok) throw new Error(`The frames could not be loaded: status ${response.status}`);
    for (const frame of decodePack(new Uint8Array(await response.arrayBuffer()))) {
      const moment = readSnapshot(frame);
      this.moments.set(moment.step, moment);
    }
  }
}

/** A run's reel, fetched as it is needed. */
export class ReelReader {
  private readonly tracks: Readonly<Record<ReelTopic, ReelTrack>>;
  private readonly signal = createSignal();
  private readonly closing: (() => void)[] = [];

  /** @param address of the run, as `Room.runAddress` says. */
  constructor(
    private readonly address: string,
    private readonly get: Fetch = (url) => fetch(url),
  ) {
    const outdated = () => void this.refresh().catch(() => undefined);
    const track = (topic: ReelTopic) =>
      [topic, new ReelTrack(`${address}/reel/${topic}`, get, this.signal.notify, outdated)] as const;
    this.tracks = Object.fromEntries(reelTopics.map(track)) as Record<ReelTopic, ReelTrack>;
  }

  /** Calls the listener when something was fetched or has been added. */
  subscribe(listener: () => void): () => void {
    return this.signal.subscribe(listener);
  }

  /** Adds what comes over the stream. */
  follow(frames: FrameStore): void {
    for (const topic of reelTopics) {
      const listen = () => {
        const step = frames.newest[topic].get()?.step;
        if (step === undefined) return;
        this.tracks[topic].heard(step, limits.frameBytes);
        this.signal.notify();
      };
      listen();
      this.closing.push(frames.newest[topic].subscribe(listen));
    }
  }

  close(): void {
    for (const close of this.closing) close();
  }

  /** Fetches the server's index. @throws Error */
  async refresh(): Promise<void> {
    const response = await this.get(`${this.address}/reel`);
    if (!response.ok) throw new Error(`The reel could not be loaded: status ${response.status}`);
    const { topics } = reelIndexSchema.parse(await response.json());
    for (const topic of reelTopics)
      this.tracks[topic].setEntries((topics[topic] ?? []).map(([step, size]) => ({ step, size })));
    this.signal.notify();
  }

  /** The steps at which something changes, in order. */
  stops(): number[] {
    const all = Object.values(this.tracks).flatMap((track) => track.steps);
    return [...new Set(all)].sort((a, b) => a - b);
  }

  /** The steps of which there is a frame of a topic, in order. */
  steps(topic: ReelTopic): number[] {
    return this.tracks[topic].steps;
  }

  /** The moment of `step`: of each topic the newest frame by then; `null` while some of it isn't fetched. */
  at(step: number, topics: readonly ReelTopic[] = reelTopics): Moment | null {
    const moments = topics.map((topic) => [topic, this.tracks[topic].exact(step)] as const);
    if (moments.some(([, moment]) => moment === undefined)) return null;
    const shown = moments.map(([topic, moment]) => [topic, moment?.[topic] ?? null]);
    return { step, ...Object.fromEntries(shown) };
  }

  /** Whether the moment of `step` is fetched. */
  isReady(step: number, topics: readonly ReelTopic[] = reelTopics): boolean {
    return topics.every((topic) => this.tracks[topic].isReady(step));
  }

  want(step: number, topics: readonly ReelTopic[] = reelTopics): void {
    for (const topic of topics) this.tracks[topic].want(step);
  }

  /** Fetches the moment of `step`. @throws Error */
  async load(step: number): Promise<Moment> {
    await this.loadTracks(step);
    // Thinned on the server meanwhile: what takes its place.
    if (!this.isReady(step)) await this.refresh().then(() => this.loadTracks(step));
    const moment = this.at(step);
    if (!moment) throw new Error(`What the run showed at step ${step} is no longer there`);
    return moment;
  }

  private async loadTracks(step: number): Promise<void> {
    await Promise.all(Object.values(this.tracks).map((track) => track.load(step)));
  }
}
