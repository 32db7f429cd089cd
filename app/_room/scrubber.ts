import type { ReelTopic } from '@/lib/protocol/topics';
import { indexAt } from '@/lib/runs/reel';
import type { FrameStore } from './frameStore';
import type { ReelReader } from './reel';
import { createStore } from './store';

/** Stops a second at normal speed, and where reduced motion is asked for. */
const RATE = 12;
const CALM_RATE = 3;
/** Milliseconds of a frame that count at most: what a hidden tab has missed isn't made up for. */
const LONGEST_FRAME_MS = 250;

const nothing = { images: null, points: null, text: null } as const satisfies Readonly<
  Record<ReelTopic, null>
>;

export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

export interface ScrubState {
  /** Steps at which something changes, in order. */
  readonly stops: readonly number[];
  /** The step that is asked for; `null` is live. */
  readonly step: number | null;
  /** The step that views show, which follows as soon as its frames are here; `null` is live. */
  readonly shown: number | null;
  readonly isPlaying: boolean;
  readonly speed: Speed;
}

/** Moves one person through a run's moments: all views show the same one. */
export class Scrubber {
  readonly state = createStore<ScrubState>({
    stops: [],
    step: null,
    shown: null,
    isPlaying: false,
    speed: 1,
  });
  private frame: number | null = null;
  private playedAt = 0;
  /** Stops that are due, with a fraction. */
  private due = 0;
  /** Counts changes of the step, so that one that waits for the reel can be given up. */
  private travels = 0;
  private readonly closing: (() => void)[];

  constructor(
    private readonly frames: FrameStore,
    readonly reel: ReelReader,
    private readonly isCalm: () => boolean,
  ) {
    this.closing = [
      reel.subscribe(() => this.update()),
      frames.moment.subscribe(() => this.follow(frames.moment.get())),
      frames.watching.topics.subscribe(() => this.widen()),
    ];
    reel.follow(frames);
    this.refresh();
  }

  close(): void {
    this.travels += 1;
    this.pause();
    for (const close of this.closing) close();
    this.reel.close();
    this.frames.showPast(null);
  }

  /** Fetches the reel's index anew. */
  refresh(): void {
    this.reel.refresh().catch(() => undefined);
  }

  /**
   * Shows the step that an address names if the run has had it, else live; not if this person goes elsewhere
   * meanwhile.
   */
  async travel(step: number | null): Promise<void> {
    this.travels += 1;
    const journey = this.travels;
    if (step !== null) await this.reel.refresh().catch(() => undefined);
    if (journey !== this.travels) return;
    const last = Math.max(-1, ...this.reel.stops());
    this.seek(step !== null && step <= last ? step : null);
  }

  /** Shows the run as it was at a step, `null` as it is. */
  seek(step: number | null): void {
    this.travels += 1;
    this.change({ step });
    if (step === null) {
      this.pause();
      this.frames.showPast(null);
      return;
    }
    this.reel.want(step, this.drawn);
    this.show();
  }

  /** Shows the moment that is asked for once it is fetched; until then views keep what they show. */
  private show(): void {
    const { step } = this.state.get();
    if (step === null) return;
    const moment = this.reel.at(step, this.drawn);
    // What isn't drawn isn't known either; nothing later stands there when a view comes that draws it.
    if (moment) this.frames.showPast({ ...nothing, ...moment });
    else this.reel.want(step, this.drawn);
  }

  /** Topics that views draw: only these are fetched. */
  private get drawn(): readonly ReelTopic[] {
    return this.frames.watching.reel;
  }

  /** To be called when views draw other topics: the reel may have more of these than is known here. */
  private widen(): void {
    this.refresh();
    if (this.drawn.length > 0) this.show();
  }

  private follow(shown: number | null): void {
    this.change({ step: shown, shown });
  }

  /** Shows the stop at an index of `stops`; behind the last one is live. The first one is where the run began. */
  seekIndex(index: number): void {
    const { stops } = this.state.get();
    this.seek(index >= stops.length ? null : (stops[Math.max(0, index)] ?? null));
    if (index <= 0 && stops.length > 0) void this.seekBeginning();
  }

  /** A page that came late, or was slow, may not know the run's first stop yet. */
  private async seekBeginning(): Promise<void> {
    const journey = this.travels;
    await this.reel.refresh().catch(() => undefined);
    if (journey === this.travels) this.seek(this.state.get().stops[0] ?? null);
  }

  /** The index of the present stop; that of live is the number of stops. */
  get index(): number {
    const { stops, step } = this.state.get();
    return step === null ? stops.length : Math.max(0, indexAt(stops, step));
  }

  play(): void {
    const { stops, step } = this.state.get();
    if (stops.length === 0) return;
    this.refresh();
    if (step === null) this.seekIndex(0);
    this.change({ isPlaying: true });
    this.due = 0;
    this.playedAt = performance.now();
    this.frame ??= requestAnimationFrame(this.advance);
  }

  pause(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    this.change({ isPlaying: false });
  }

  setSpeed(speed: Speed): void {
    this.change({ speed });
  }

  private readonly advance = (now: number): void => {
    this.frame = null;
    const { step, stops, speed } = this.state.get();
    if (step === null) {
      this.pause();
      return;
    }
    const elapsed = Math.min(LONGEST_FRAME_MS, Math.max(0, now - this.playedAt));
    this.playedAt = now;
    // It waits for what isn't here yet rather than skip it.
    if (this.reel.isReady(step, this.drawn))
      this.due += (elapsed / 1000) * speed * (this.isCalm() ? CALM_RATE : RATE);
    else this.reel.want(step, this.drawn);
    const whole = Math.floor(this.due);
    this.due -= whole;
    if (whole > 0) {
      const next = this.index + whole;
      this.seekIndex(next);
      if (next >= stops.length) return;
    }
    this.frame = requestAnimationFrame(this.advance);
  };

  private update(): void {
    const all = this.reel.stops();
    // What came last is what live shows.
    const stops = all.filter((step) => step < this.newestStep());
    this.change({ stops: stops.length > 0 ? stops : all });
    this.show();
  }

  private newestStep(): number {
    const steps = Object.values(this.frames.newest).map((topic) => topic.get()?.step ?? 0);
    return Math.max(...steps);
  }

  private change(change: Partial<ScrubState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
