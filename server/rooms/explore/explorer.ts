import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFrame, encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { Person } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult, SampleSource } from '@/lib/protocol/sampling';
import type { PicturedPart } from '@/lib/protocol/topics';
import { askedOf } from '@/lib/room/explore';
import type { OutFrame } from '@/server/processes/runs/runs';
import type { Connection } from '../connection';
import { Refused } from '../refused';
import {
  type About,
  type ExploredRoom,
  exploredFrame,
  partsOf,
  questionsOf,
  type Subject,
  subjectOfGenerator,
  subjectOfRun,
} from './explored';
import { Scribe } from './roomWriter';

/** Milliseconds between two drawings of the same part. */
const periodMs = 1000 / limits.exploredPerSecond;

/** What was drawn last of a part. */
interface Shown {
  readonly run: string;
  readonly asked: string;
  /** Which weights, as `Easel.weights` counts them. */
  readonly weights: number;
  /** When it was asked for. */
  readonly time: number;
  readonly frame: OutFrame;
}

/** Draws what a room explores of one source, once for all who look, as long as somebody does. */
class Easel {
  private readonly lookers = new Set<Connection>();
  private readonly shown = new Map<PicturedPart, Shown>();
  /** Rises when what is shown may have been drawn by weights that are gone. */
  private weights = 0;
  /** Parts that wait for the model. */
  private readonly busy = new Set<PicturedPart>();
  private anew: NodeJS.Timeout | null = null;

  constructor(
    private readonly source: SampleSource,
    private readonly room: ExploredRoom,
  ) {}

  enter(connection: Connection): void {
    if (this.lookers.has(connection)) return;
    this.lookers.add(connection);
    const run = this.subject()?.id;
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

  /** Draws what isn't up to date; what changes meanwhile is drawn thereafter. */
  wake(): void {
    if (this.lookers.size === 0) return;
    const subject = this.subject();
    // All at once: a model that trains answers between two chunks.
    for (const part of subject ? partsOf(subject) : [])
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
        const subject = this.lookers.size > 0 ? this.subject() : null;
        if (!subject || !this.isStale(part, subject)) return;
        const wait = (this.shown.get(part)?.time ?? -periodMs) + periodMs - performance.now();
        // What is to be drawn may change meanwhile.
        if (wait > 0) await sleep(wait);
        else await this.draw(part, subject);
      }
    } finally {
      this.busy.delete(part);
    }
  }

  private subject(): Subject | null {
    const { source, room } = this;
    return source === 'run' ? subjectOfRun(room.control.view()) : subjectOfGenerator(room.generator.view());
  }

  private isStale(part: PicturedPart, subject: Subject): boolean {
    if (!partsOf(subject).includes(part)) return false;
    const shown = this.shown.get(part);
    const asked = askedOf(part, this.room.entries(), subject.owner);
    return shown?.run !== subject.id || shown.asked !== asked || shown.weights !== this.weights;
  }

  private async draw(part: PicturedPart, subject: Subject): Promise<void> {
    const entries = this.room.entries();
    const about = { run: subject.id, part, asked: askedOf(part, entries, subject.owner) };
    const { weights } = this;
    const time = performance.now();
    const bytes = await this.pictures(about, questionsOf(part, subject, entries));
    const frame = { kind: 'explored', part, bytes } as const;
    this.shown.set(part, { run: subject.id, asked: about.asked, weights, time, frame });
    for (const connection of this.lookers) connection.frame(frame);
  }

  private async pictures(about: About, questions: readonly SampleRequest[]): Promise<Uint8Array> {
    const { source, room } = this;
    const control = source === 'run' ? room.control : room.generator;
    try {
      const answers: SampleResult[] = [];
      for (const question of questions) answers.push(await control.sample(question));
      return exploredFrame(about, answers);
    } catch (error) {
      if (!(error instanceof Refused)) this.room.report(error);
      const problem =
        error instanceof Refused ? error.refusal.message : 'The server could not do this. Try again';
      return this.lastWith(about, problem);
    }
  }

  /** What is shown already, and why there is nothing newer. */
  private lastWith(about: About, problem: string): Uint8Array {
    const shown = this.shown.get(about.part);
    if (shown?.run === about.run) {
      const { header, payload } = decodeFrame(shown.frame.bytes);
      if (header.kind === 'explored') return encodeFrame({ ...header, problem }, new Uint8Array(payload));
    }
    const nothing = { step: 0, count: 0, height: 1, width: 1, channels: 1, coding: 0 };
    return encodeFrame({ kind: 'explored', ...about, ...nothing, problem }, new Uint8Array());
  }
}

/** What the people of a room explore together: they decide in the document, and all who look get the same pictures. */
export class Explorer {
  private readonly easels: Readonly<Record<SampleSource, Easel>>;
  private readonly scribe: Scribe;

  constructor(room: ExploredRoom) {
    this.scribe = new Scribe(room);
    this.easels = { run: new Easel('run', room), generator: new Easel('generator', room) };
  }

  /** What somebody's page shows from now on. */
  look(connection: Connection, at: SampleSource | null): void {
    for (const [source, easel] of Object.entries(this.easels))
      if (source === at) easel.enter(connection);
      else easel.leave(connection);
    if (at === 'run') this.scribe.enter(connection);
    else this.scribe.leave(connection);
  }

  /** The document has changed, by somebody, or what there is to explore. */
  follow(by: Pick<Person, 'name' | 'color'> | null = null): void {
    for (const easel of Object.values(this.easels)) easel.wake();
    this.scribe.follow(by);
  }

  /** The run has gone on. */
  learned(): void {
    this.easels.run.learned();
  }

  close(): void {
    for (const easel of Object.values(this.easels)) easel.close();
    this.scribe.close();
  }
}
