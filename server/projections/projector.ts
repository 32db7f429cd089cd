import type { ProjectionSettings } from '@/lib/catalog/projections';
import type { Edges } from './affinities';
import { pca } from './pca';
import { aligned, type Dimensions } from './procrustes';
import { affinities, Tsne } from './tsne';
import { fuzzyGraph, Umap } from './umap';

/** Iterations that a layout has left, at least, when new codings have come: enough to follow them. */
const FOLLOW = { tsne: 250, umap: 60 } as const;

/** Points [count, 3] of an earlier projector, as a frame kept them, and how they were made. */
interface Restored {
  readonly points: Float32Array;
  readonly made: Pick<ProjectionSettings, 'method' | 'dimensions'> & { readonly iteration: number };
}

/**
 * Projects codings that change while a model trains, by PCA, t-SNE or UMAP, which both begin at the principal components.
 * `feed` gives it codings, `work` does a slice of some milliseconds, so that training goes on in between, and `points`
 * says where the points are by now, rotated towards where they were last.
 */
export class Projector {
  private codings: { readonly rows: Float32Array; readonly size: number } | null = null;
  private explainedShares: readonly number[] = [];
  private start: Float32Array = new Float32Array();
  /** The neighbour graph of the present codings, while it is being made. */
  private graph: Generator<undefined, Edges, undefined> | null = null;
  private layout: Tsne | Umap | null = null;
  private shown: Float32Array | undefined;
  private restored: Restored | null = null;

  /** @param seed of UMAP's random choices; the others make none. */
  constructor(
    private settings: ProjectionSettings,
    private readonly seed: number,
  ) {}

  /** PCA's share of the variance along each axis, 0 to 1; none for methods whose axes mean nothing. */
  get explained(): readonly number[] {
    return this.settings.method === 'pca' ? this.explainedShares : [];
  }

  /** Iterations of the layout so far; 0 for PCA. */
  get iteration(): number {
    return this.layout?.iteration ?? this.fitting?.made.iteration ?? 0;
  }

  /**
   * Whether it wants new codings: not while the last ones' neighbours are being found, nor while it is paused with
   * some.
   */
  get isReady(): boolean {
    const { method, motion } = this.settings;
    // Points that can't be let go again, as PCA's, always follow.
    const isHeld = method !== 'pca' && motion === 'paused';
    return this.graph === null && !(isHeld && this.codings);
  }

  get hasCodings(): boolean {
    return this.codings !== null;
  }

  /** Whether `work` has something to do: neighbours to find, or iterations left. */
  get isMoving(): boolean {
    if (this.settings.motion === 'paused' || this.settings.method === 'pca') return false;
    return this.graph !== null || (this.layout !== null && !this.layout.isDone);
  }

  /**
   * Takes new settings. Another method or dimension begins anew from the principal components, other neighbours find
   * them again; the learning rate acts from the next iteration on.
   */
  configure(settings: ProjectionSettings): void {
    const before = this.settings;
    this.settings = settings;
    const differs = (...keys: readonly (keyof ProjectionSettings)[]) =>
      keys.some((key) => settings[key] !== before[key]);
    if (differs('method', 'dimensions')) {
      this.layout = null;
      this.begin();
    } else if (settings.method === 'tsne' && differs('perplexity')) this.prepare();
    else if (settings.method === 'umap' && differs('neighbours', 'minDistance')) {
      this.layout = null;
      this.prepare();
    }
    if (this.layout instanceof Tsne) this.layout.settings = tsneSettings(settings);
  }

  /**
   * Goes on from points [count, 3] that an earlier projector has shown, if method, dimensions and count are the same;
   * to be called before the first codings come.
   */
  restore(points: Float32Array, made: Restored['made']): void {
    this.shown = points;
    this.restored = { points, made };
  }

  /**
   * Forgets the codings: the next ones may be of another count and size, and the layout begins anew.
   * @param isAligned whether they are of the same subjects: then their points are rotated towards the last ones.
   */
  forget(isAligned: boolean): void {
    this.codings = null;
    this.graph = null;
    this.layout = null;
    this.restored = null;
    if (!isAligned) this.shown = undefined;
  }

  /**
   * Takes codings [count, size] as they are now, of the same count until `forget`. @throws RangeError unless they are
   * finite.
   */
  feed(rows: Float32Array, size: number): void {
    this.codings = { rows, size };
    this.begin();
  }

  /** Does a slice: of the search for neighbours, or an iteration. */
  work(): void {
    if (!this.isMoving) return;
    const found = this.graph?.next();
    if (found?.done) {
      this.graph = null;
      this.place(found.value);
    }
    this.layout?.advance(1);
  }

  /** The points [count, 3] as they are now, centred and rotated towards those of the last call. */
  points(): Float32Array {
    const still = this.fitting?.points ?? this.start;
    const points = this.layout ? Float32Array.from(this.layout.points) : still;
    const before = this.shown?.length === points.length ? this.shown : points;
    this.shown = aligned(points, before, this.dimensions);
    return this.shown;
  }

  private get dimensions(): Dimensions {
    return this.settings.dimensions === '2' ? 2 : 3;
  }

  private begin(): void {
    if (!this.codings) return;
    const { rows, size } = this.codings;
    const { points, explained } = pca(rows, size, this.dimensions);
    this.start = points;
    this.explainedShares = explained;
    this.prepare();
  }

  private prepare(): void {
    this.graph = null;
    const { method, neighbours, perplexity } = this.settings;
    // Fewer than three points have no neighbourhoods to keep.
    if (!this.codings || method === 'pca' || this.start.length < 9) return;
    const { rows, size } = this.codings;
    this.graph = method === 'tsne' ? affinities(rows, size, perplexity) : fuzzyGraph(rows, size, neighbours);
  }

  private place(edges: Edges): void {
    const { settings } = this;
    if (settings.method === 'pca') return;
    const isNew = this.layout === null;
    const restored = isNew ? this.takeRestored() : null;
    const start = restored?.points ?? this.start;
    const { minDistance } = settings;
    this.layout ??=
      settings.method === 'tsne'
        ? new Tsne(start, edges, tsneSettings(settings))
        : new Umap(start, edges, { minDistance, seed: this.seed });
    if (restored) this.layout.resume(restored.points, restored.made.iteration);
    if (restored || !isNew) this.layout.replace(edges, FOLLOW[settings.method]);
  }

  /** The restored points, if they are of the present method, dimensions and count. */
  private get fitting(): Restored | null {
    const { restored, settings, start } = this;
    const { method, dimensions } = restored?.made ?? {};
    const isSame = method === settings.method && dimensions === settings.dimensions;
    return isSame && restored?.points.length === start.length ? restored : null;
  }

  private takeRestored(): Restored | null {
    const { fitting } = this;
    this.restored = null;
    return fitting;
  }
}

const tsneSettings = ({ perplexity, tsneRate, earlyExaggeration }: ProjectionSettings) => ({
  perplexity,
  learningRate: tsneRate,
  earlyExaggeration,
});
