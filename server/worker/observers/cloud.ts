import { setTimeout } from 'node:timers/promises';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import { type SourceId, type SubjectKind, sources } from '@/lib/catalog/sources';
import { decodeFrame, encodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { packPoints, unpackPoints } from '@/lib/protocol/pointPacking';
import type { ChannelValues } from '@/lib/protocol/points';
import { Projector } from '@/server/projections/projector';
import type { PointsMaker } from '../training/task';

/** What is shown as points: rows of numbers as the present weights make them. */
export interface Codings {
  /** float32 [count, size] */
  readonly rows: Float32Array;
  readonly size: number;
  /** What else is known of each row, float32 [count]: its class, how badly the model does it, how real it seems, when it was. */
  readonly channels?: ChannelValues;
  /** Names of the channel `class`'s classes, where they aren't those of the data's pictures. */
  readonly classes?: readonly string[];
}

/** The first `most` of them. */
function firstOf({ rows, size, channels, classes }: Codings, most: number): Codings {
  const kept = Object.entries(channels ?? {}).map(([kind, values]) => [kind, values.subarray(0, most)]);
  return { rows: rows.subarray(0, most * size), size, channels: Object.fromEntries(kept), classes };
}

/** Where the points come from. */
export interface Source {
  readonly id: SourceId;
  /** Of hidden states: whose they are, counted from 0. */
  readonly layer?: number;
  /** The present ones; the very same rows where nothing has moved. */
  codings(step: number): Promise<Codings>;
}

const isSame = (a: Pick<Source, 'id' | 'layer'>, b: Pick<Source, 'id' | 'layer'>): boolean =>
  a.id === b.id && a.layer === b.layer;

/** Milliseconds that points are worked on before other things get their turn. */
const sliceMs = 30;
/** Slices of the projector's work between two frames at most: points should glide, however fast they could go. */
const maxSlices = 20;
/** Milliseconds that are waited where points may not go faster. */
const waitMs = 10;
/** Milliseconds between two frames of points that move. */
const frameMs = 100;
/** How often points are shown while training, and their share of the time: still ones, and ones that move. */
const cadences = { still: [500, 0.06], moving: [frameMs, 0.25] } as const;

/** The cloud of a run's codings: follows the training, and goes on moving while nothing trains. */
export class Cloud implements PointsMaker {
  private readonly projector: Projector;
  private source: Source;
  /** As they came, and those of them that are points. */
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

  /** What its points stand for. */
  get subjects(): SubjectKind {
    return sources[this.source.id].subjects;
  }

  get cadence(): PointsMaker['cadence'] {
    return this.projector.isMoving ? cadences.moving : cadences.still;
  }

  /** Whether points would move if nothing else happened. */
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

  /** With the weights as they are now. */
  async make(step: number) {
    if (this.projector.isReady && !(await this.feed(step))) return null;
    this.work();
    return this.frame(step);
  }

  /** A slice of work while nothing trains. @returns a frame if one is due. */
  async move(step: number) {
    if (!this.projector.hasCodings && !(await this.feed(step))) return null;
    this.work();
    const isDue = !this.projector.isMoving || performance.now() >= this.shownAt + frameMs;
    if (isDue) return this.frame(step);
    if (this.slices === maxSlices) await setTimeout(waitMs);
    return null;
  }

  /** Another source, or another number of points, begins anew; what stands for the same as before stays where it is until then. */
  private choose(next: Source, isSameCount: boolean): void {
    const { source } = this;
    this.source = next;
    if (isSame(source, next) && isSameCount) return;
    this.made = null;
    this.codings = null;
    this.projector.forget(isSameCount && sources[source.id].subjects === sources[next.id].subjects);
  }

  /** @returns false if such weights make no points: their training is about to fail. */
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
