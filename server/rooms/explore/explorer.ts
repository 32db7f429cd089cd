import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFrame, encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { Person } from '@/lib/protocol/messages';
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
} from './explored';
import { RoomWriter } from './roomWriter';

/** Milliseconds between two drawings of the same part. */
const periodMs = 1000 / limits.exploredPerSecond;

/** The last frame of a part. */
interface Shown {
  readonly run: string;
  readonly asked: string;
  /** Which weights, as `PictureDrawer.weights` counts them. */
  readonly weights: number;
  /** When it was asked for, in milliseconds. */
  readonly time: number;
  readonly frame: OutFrame;
}

/** Draws what is explored of the run or of a generator, once for all pages that look, while any does. */
class PictureDrawer {
  private readonly lookers = new Set<Connection>();
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

  enter(connection: Connection): void {
    if (this.lookers.has(connection)) return;
    this.lookers.add(connection);
    const run = this.explorable()?.id;
    for (const shown of this.shown.values()) if (shown.run === run) connection.frame(shown.frame);
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
        const explorable = this.lookers.size > 0 ? this.explorable() : null;
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
    return pinsOf(explorable, this.room.pins());
  }

  private asked(part: PicturedPart, { owner }: Explorable, pins: readonly Pin[]): string {
    return askedOf(
      part,
      this.room.entries(),
      owner,
      pins.map(({ id }) => id),
    );
  }

  private isStale(part: PicturedPart, explorable: Explorable): boolean {
    const pins = this.pins(explorable);
    if (!partsOf(explorable, pins).includes(part)) return false;
    const shown = this.shown.get(part);
    const asked = this.asked(part, explorable, pins);
    return shown?.run !== explorable.id || shown.asked !== asked || shown.weights !== this.weights;
  }

  private async draw(part: PicturedPart, explorable: Explorable): Promise<void> {
    const entries = this.room.entries();
    const pins = this.pins(explorable);
    const about = { run: explorable.id, part, asked: this.asked(part, explorable, pins) };
    const { weights } = this;
    const time = performance.now();
    const bytes = await this.pictures(about, questionsOf(part, explorable, entries, pins));
    const frame = { kind: 'explored', part, bytes } as const;
    this.shown.set(part, { run: explorable.id, asked: about.asked, weights, time, frame });
    for (const connection of this.lookers) connection.frame(frame);
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

  /** A page looks at a sampler's pictures from now on; `null` for none. */
  look(connection: Connection, at: Sampler | null): void {
    for (const [sampler, drawer] of Object.entries(this.drawers))
      if (sampler === at) drawer.enter(connection);
      else drawer.leave(connection);
    if (at === 'run') this.writer.enter(connection);
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
