import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFrame, encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { Look, Person } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult, Sampler } from '@/lib/protocol/sampling';
import type { PicturedPart } from '@/lib/protocol/topics';
import { askedOf } from '@/lib/room/explore';
import type { Pin } from '@/lib/room/pins';
import type { Sentence } from '@/lib/text/sentence';
import type { OutFrame } from '@/server/processes/runs/runs';
import type { Connection } from '../connection';
import { Refused } from '../refused';
import {
  type About,
  type Explorable,
  type ExploredRoom,
  explorableOfGenerator,
  explorableOfRun,
  exploredFrame,
  partsOf,
  pinsOf,
  questionsOf,
  type Wanted,
} from './explored';
import { playedOf } from './played';
import { RoomWriter } from './roomWriter';

/** Milliseconds between two drawings of the same part. */
const periodMs = 1000 / limits.exploredPerSecond;

/** The last frame of a part. */
interface Shown extends Pick<Wanted, 'asked' | 'place'> {
  readonly run: string;
  /** Which weights, as `PictureDrawer.weights` counts them. */
  readonly weights: number;
  /** When it was asked for, and how long drawing took, in milliseconds. */
  readonly time: number;
  readonly took: number;
  readonly frame: OutFrame;
}

/** Draws what is explored of the run or of a generator, once for all pages that look, while any does. */
class PictureDrawer {
  /** Who looks, and at which parts. */
  private readonly lookers = new Map<Connection, ReadonlySet<PicturedPart>>();
  private readonly shown = new Map<PicturedPart, Shown>();
  /** Counts changes of the weights, after which pictures are out of date. */
  private weights = 0;
  /** Parts with a request under way. */
  private readonly busy = new Set<PicturedPart>();
  private anew: NodeJS.Timeout | null = null;

  constructor(
    private readonly sampler: Sampler,
    private readonly room: ExploredRoom,
  ) {}

  enter(connection: Connection, parts: readonly PicturedPart[]): void {
    const before = this.lookers.get(connection);
    this.lookers.set(connection, new Set(parts));
    const run = this.explorable()?.id;
    for (const part of parts) {
      const shown = this.shown.get(part);
      if (shown && shown.run === run && !before?.has(part)) connection.frame(shown.frame);
    }
    this.wake();
  }

  leave(connection: Connection): void {
    this.lookers.delete(connection);
    if (this.lookers.size === 0) this.rest();
  }

  /** The weights have changed: soon everything is drawn anew. */
  learned(): void {
    if (this.lookers.size === 0) {
      this.weights += 1;
      return;
    }
    this.anew ??= setTimeout(() => {
      this.anew = null;
      this.weights += 1;
      this.wake();
    }, limits.exploredAnewMs);
  }

  /** Draws all parts that are out of date. */
  wake(): void {
    if (this.lookers.size === 0) return;
    const explorable = this.explorable();
    // All at once: a model that trains answers between two chunks.
    for (const part of explorable ? partsOf(explorable, this.pins(explorable)) : [])
      if (!this.busy.has(part)) this.work(part).catch(this.room.report);
  }

  close(): void {
    this.lookers.clear();
    this.rest();
  }

  private rest(): void {
    if (!this.anew) return;
    clearTimeout(this.anew);
    this.anew = null;
    this.weights += 1;
  }

  private async work(part: PicturedPart): Promise<void> {
    this.busy.add(part);
    try {
      for (;;) {
        const explorable = this.isLookedAt(part) ? this.explorable() : null;
        if (!explorable || !this.isStale(part, explorable)) return;
        const wait = (this.shown.get(part)?.time ?? -periodMs) + periodMs - performance.now();
        // What is to be drawn may change meanwhile.
        if (wait > 0) await sleep(wait);
        else await this.draw(part, explorable);
      }
    } finally {
      this.busy.delete(part);
    }
  }

  private explorable(): Explorable | null {
    const { sampler, room } = this;
    return sampler === 'run'
      ? explorableOfRun(room.control.view())
      : explorableOfGenerator(room.generator.view());
  }

  private pins(explorable: Explorable): readonly Pin[] {
    return pinsOf(explorable, this.room.decided().pins);
  }

  private isLookedAt(part: PicturedPart): boolean {
    return [...this.lookers.values()].some((parts) => parts.has(part));
  }

  /** `null` for what the model doesn't have. */
  private wanted(part: PicturedPart, explorable: Explorable): Wanted | null {
    const { room } = this;
    const pins = this.pins(explorable);
    if (!partsOf(explorable, pins).includes(part)) return null;
    if (part === 'played') return playedOf(explorable, room, pins, this.shown.get(part)?.took ?? 0);
    const entries = room.decided().explore;
    const ids = pins.map(({ id }) => id);
    return {
      asked: askedOf(part, entries, explorable.owner, ids),
      questions: () => questionsOf(part, explorable, entries, pins),
    };
  }

  private isStale(part: PicturedPart, explorable: Explorable): boolean {
    const wanted = this.wanted(part, explorable);
    if (!wanted) return false;
    const shown = this.shown.get(part);
    if (shown?.run !== explorable.id || shown.weights !== this.weights) return true;
    const isThere = shown.asked === wanted.asked && shown.place?.position === wanted.place?.position;
    return !isThere || (wanted.isMoving ?? false);
  }

  private async draw(part: PicturedPart, explorable: Explorable): Promise<void> {
    const wanted = this.wanted(part, explorable);
    if (!wanted) return;
    const { asked, place } = wanted;
    const about = { run: explorable.id, part, asked, place };
    const { weights } = this;
    const time = performance.now();
    const bytes = await this.pictures(about, wanted.questions());
    const frame = { kind: 'explored', part, bytes } as const;
    this.shown.set(part, { ...about, weights, time, took: performance.now() - time, frame });
    for (const [connection, parts] of this.lookers) if (parts.has(part)) connection.frame(frame);
  }

  private async pictures(about: About, questions: readonly SampleRequest[]): Promise<Uint8Array> {
    const { sampler, room } = this;
    const control = sampler === 'run' ? room.control : room.generator;
    try {
      const answers: SampleResult[] = [];
      for (const question of questions) answers.push(await control.sample(question));
      return exploredFrame(about, answers);
    } catch (error) {
      if (!(error instanceof Refused)) this.room.report(error);
      const problem = error instanceof Refused ? error.sentence : 'The server could not do this. Try again';
      return this.lastWith(about, problem);
    }
  }

  /** The last frame again, with the reason why there is no newer one. */
  private lastWith(about: About, problem: Sentence): Uint8Array {
    const shown = this.shown.get(about.part);
    if (shown?.run === about.run) {
      const { header, payload } = decodeFrame(shown.frame.bytes);
      if (header.kind === 'explored') return encodeFrame({ ...header, problem }, new Uint8Array(payload));
    }
    const nothing = { step: 0, count: 0, height: 1, width: 1, channels: 1, coding: 0 };
    return encodeFrame({ kind: 'explored', ...about, ...nothing, problem }, new Uint8Array());
  }
}

/** Pictures and texts of what a room explores: the document says what, all pages that look get the same. */
export class Explorer {
  private readonly drawers: Readonly<Record<Sampler, PictureDrawer>>;
  private readonly writer: RoomWriter;

  constructor(room: ExploredRoom) {
    this.writer = new RoomWriter(room);
    this.drawers = { run: new PictureDrawer('run', room), generator: new PictureDrawer('generator', room) };
  }

  /** What a page shows from now on; `null` for nothing. */
  look(connection: Connection, at: Look | null): void {
    for (const [sampler, drawer] of Object.entries(this.drawers))
      if (sampler === at?.sampler) drawer.enter(connection, at.parts);
      else drawer.leave(connection);
    if (at?.sampler === 'run') this.writer.enter(connection);
    else this.writer.leave(connection);
  }

  /** To be called when the document has changed, or what there is to explore. @param by who changed it. */
  follow(by: Pick<Person, 'name' | 'color'> | null = null): void {
    for (const drawer of Object.values(this.drawers)) drawer.wake();
    this.writer.follow(by);
  }

  /** To be called when the run's weights have changed. */
  learned(): void {
    this.drawers.run.learned();
  }

  close(): void {
    for (const drawer of Object.values(this.drawers)) drawer.close();
    this.writer.close();
  }
}
