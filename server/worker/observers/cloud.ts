import { setTimeout } from 'node:timers/promises';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import { type SourceId, type SubjectKind, sources } from '@/lib/catalog/sources';
import { decodeFrame, encodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { packPoints, unpackPoints } from '@/lib/protocol/pointPacking';
import type { ChannelValues } from '@/lib/protocol/points';
import { Projector } from '@/server/projections/projector';
import type { PointsMaker } from '../training/task';

/** What is projected to points: one row of numbers a point, by the present weights. */
export interface Codings {
  /** float32 [count, size] */
  readonly rows: Float32Array;
  readonly size: number;
  /** Further values of each row, float32 [count] a channel: class, loss, score, time. */
  readonly channels?: ChannelValues;
  /** Names of the channel `class`'s classes, where they aren't those of the data's pictures. */
  readonly classes?: readonly string[];
}

/** The first `most` of them. */
function firstOf({ rows, size, channels, classes }: Codings, most: number): Codings {
  const kept = Object.entries(channels ?? {}).map(([kind, values]) => [kind, values.subarray(0, most)]);
  return { rows: rows.subarray(0, most * size), size, channels: Object.fromEntries(kept), classes };
}

/** A source of rows to project. */
export interface Source {
  readonly id: SourceId;
  /** The layer of hidden states, counted from 0. */
  readonly layer?: number;
  /** Rows by the present weights; the same object if nothing has changed. */
  codings(step: number): Promise<Codings>;
}

const isSame = (a: Pick<Source, 'id' | 'layer'>, b: Pick<Source, 'id' | 'layer'>): boolean =>
  a.id === b.id && a.layer === b.layer;

/** Milliseconds of one slice of projecting, between which training goes on. */
const sliceMs = 30;
/** At most so many slices between two frames: points should glide. */
const maxSlices = 20;
/** Milliseconds to wait after so many slices. */
const waitMs = 10;
/** Milliseconds between two frames of points that move. */
const frameMs = 100;
/** How often points are shown while training, and their share of the time: still ones, and ones that move. */
const cadences = { still: [500, 0.06], moving: [frameMs, 0.25] } as const;

/** The cloud of a run's codings: follows the training, and goes on moving while nothing trains. */
export class Cloud implements PointsMaker {
  private readonly projector: Projector;
  private source: Source;
  /** The source's rows, and those that are shown as points. */
  private made: Codings | null = null;
  private codings: Codings | null = null;
  /** Whether something has changed since the last frame. */
  private isStale = false;
  private shownAt = 0;
  /** Slices since the last frame. */
  private slices = 0;

  /** @param pick finds the source that the settings name. */
  constructor(
    private readonly run: string,
    private settings: ProjectionSettings,
    seed: number,
    private readonly pick: (settings: ProjectionSettings) => Source,
  ) {
    this.projector = new Projector(settings, seed);
    this.source = pick(settings);
  }

  /** Kind of subjects that the points stand for. */
  get subjects(): SubjectKind {
    return sources[this.source.id].subjects;
  }

  get cadence(): PointsMaker['cadence'] {
    return this.projector.isMoving ? cadences.moving : cadences.still;
  }

  /** Whether the projection has iterations left. */
  get isMoving(): boolean {
    return this.isStale || this.projector.isMoving;
  }

  /** @param shown the frame that people see now, if this process hasn't made it. */
  configure(settings: ProjectionSettings, shown: Uint8Array | null): void {
    this.choose(this.pick(settings), settings.count === this.settings.count);
    if (shown && this.shownAt === 0) this.restore(shown);
    this.settings = settings;
    this.projector.configure(settings);
    this.isStale = true;
  }

  /** A frame by the present weights. */
  async make(step: number) {
    if (this.projector.isReady && !(await this.feed(step))) return null;
    this.work();
    return this.frame(step);
  }

  /** A slice of projecting while nothing trains. @returns a frame if one is due. */
  async move(step: number) {
    if (!this.projector.hasCodings && !(await this.feed(step))) return null;
    this.work();
    const isDue = !this.projector.isMoving || performance.now() >= this.shownAt + frameMs;
    if (isDue) return this.frame(step);
    if (this.slices === maxSlices) await setTimeout(waitMs);
    return null;
  }

  /**
   * Changes source or number of points: the projection begins anew, aligned with the old points where subjects
   * stay the same.
   */
  private choose(next: Source, isSameCount: boolean): void {
    const { source } = this;
    this.source = next;
    if (isSame(source, next) && isSameCount) return;
    this.made = null;
    this.codings = null;
    this.projector.forget(isSameCount && sources[source.id].subjects === sources[next.id].subjects);
  }

  /** @returns false if rows aren't finite: the training is about to fail. */
  private async feed(step: number): Promise<boolean> {
    const before = this.made?.rows;
    const made = await this.source.codings(step);
    this.isStale = false;
    if (!made.rows.every(Number.isFinite)) return false;
    this.made = made;
    this.codings = firstOf(this.made, Number(this.settings.count));
    if (this.made.rows !== before) this.projector.feed(this.codings.rows, this.codings.size);
    return true;
  }

  private work(): void {
    const end = performance.now() + sliceMs;
    for (; this.slices < maxSlices && this.projector.isMoving && performance.now() < end; this.slices++)
      this.projector.work();
  }

  private frame(step: number) {
    const { codings, projector, run, settings, source } = this;
    const { channels = {}, classes } = codings ?? {};
    const { packing, payload } = packPoints(projector.points(), channels);
    const header: FrameHeader = {
      kind: 'points',
      run,
      step,
      ...packing,
      projection: settings.method,
      source: source.id,
      ...(source.layer !== undefined && { layer: source.layer }),
      dimensions: settings.dimensions,
      explained: [...projector.explained],
      iteration: projector.iteration,
      ...(classes && { classes: [...classes] }),
    };
    this.isStale = false;
    this.shownAt = performance.now();
    this.slices = 0;
    return { frame: 'points', step, bytes: encodeFrame(header, payload) } as const;
  }

  private restore(shown: Uint8Array): void {
    const { header, payload } = decodeFrame(shown);
    if (header.kind !== 'points') return;
    const { source = this.source.id, layer } = header;
    if (!isSame(this.source, { id: source, layer })) return;
    const { projection, dimensions = '3', iteration = 0 } = header;
    this.projector.restore(unpackPoints(header, payload).positions, {
      method: projection,
      dimensions,
      iteration,
    });
  }
}
