import { modelOf } from '@/lib/catalog/models';
import { decodeFrame, decodeHistory, FrameError, type FrameHeader, type Pace } from '@/lib/protocol/frames';
import type { Assets, RunView } from '@/lib/protocol/messages';
import { type PicturedPart, type ReelTopic, reelTopics, watchedTopics } from '@/lib/protocol/topics';
import { decodeWritings, type Passage } from '@/lib/protocol/writings';
import type { WrittenPart } from '@/lib/room/written';
import { appendDiversity } from '@/lib/runs/diversity';
import { appendTraining, appendValidation, emptyHistory, type History } from '@/lib/runs/history';
import { type AssetImages, fetchBlob, loadAssets } from './assets';
import { type Pictures, readPictures } from './pictures';
import { createStore, type Store } from './store';
import { Watching } from './watching';

type Header<Kind extends FrameHeader['kind']> = Extract<FrameHeader, { kind: Kind }>;

/** A new object with every change; `history` within is changed in place. */
export interface Metrics {
  readonly history: History;
  readonly pace: Pace | null;
}

/** The latent cloud after `step`, its points packed as they came; `unpackPoints` reads them. */
export interface Cloud extends Header<'points'> {
  readonly payload: ArrayBuffer;
}

/**
 * What the model wrote after `step`, once for each temperature; the first is the one to show where there is
 * room for one.
 */
interface Writing {
  readonly step: number;
  readonly passages: readonly Passage[];
}

/** A frame of what is explored by its part, of the run or of the generator. */
export type ExploredFrames = {
  readonly [Part in PicturedPart]?: { readonly header: Header<'explored'>; readonly payload: ArrayBuffer };
};

/** A text that is written for all, as far as it has come. */
export interface WrittenText extends Header<'written'> {
  readonly passage: Passage;
}
export type WrittenTexts = { readonly [Part in WrittenPart]?: WrittenText };

/** Subjects of the cloud's points where these aren't the run's fixed pictures; characters are in `payload`, UTF-8. */
export interface Subjects extends Header<'subjects'> {
  readonly payload: ArrayBuffer;
}

export interface Snapshots {
  metrics: Metrics;
  images: Pictures;
  points: Cloud;
  text: Writing;
  subjects: Subjects;
  assets: AssetImages;
}
export type FrameTopic = keyof Snapshots;

/** What a run showed at a step; `null` for nothing yet, and a topic that is missing stays as it is shown. */
export interface Moment extends Partial<{ readonly [Topic in ReelTopic]: Snapshots[Topic] | null }> {
  readonly step: number;
}

/** How points come to new positions: gliding, or at once for the frames of a film. */
export type Way = 'gliding' | 'at once';

/** What the server streams about the playground's run, outside React: views draw from it when they like. */
export interface FrameStore {
  /** Takes one streamed frame in. Frames of another run, unreadable ones and gaps change nothing. */
  accept(frame: Uint8Array): void;
  /**
   * The playground's run as last announced. Another run, or none, clears what is there; while a moment of the past
   * is shown, only once that is left.
   */
  setRun(run: RunView | null): void;
  /** The moment that views show, as its step; `null` while they show the newest. */
  readonly moment: Store<number | null>;
  /**
   * Shows a moment of the past in all views, `null` the newest again. Metrics and assets stay the newest.
   * @param way how points come to their places.
   */
  showPast(moment: Moment | null, way?: Way): void;
  /** How points come to the places where they are shown now. */
  readonly way: Way;
  /** The newest snapshot of each topic, whatever moment views show. */
  readonly newest: Stores<ReelTopic>;
  /** The newest of each part of what is explored, as it came. */
  readonly explored: Store<ExploredFrames>;
  /** The newest of each text that is written for all. */
  readonly written: Store<WrittenTexts>;
  /** Topics with subscriptions, which are watched on the server. */
  readonly watching: Watching;
  /** The snapshot to be shown, `null` before the first; a new object with each change. */
  get<Topic extends FrameTopic>(topic: Topic): Snapshots[Topic] | null;
  /** Calls the listener for each snapshot, and has the server send the topic. @returns the function that ends it. */
  subscribe(topic: FrameTopic, listener: () => void): () => void;
  /** The same without having the server send it: hears of what others subscribe to. */
  overhear(topic: FrameTopic, listener: () => void): () => void;
}

/** A frame that a reel keeps, as views take it. @throws FrameError for one of another kind. */
export function readSnapshot(frame: Uint8Array): Moment {
  const { header, payload } = decodeFrame(frame);
  switch (header.kind) {
    case 'images':
      return { step: header.step, images: readPictures(header, payload) };
    case 'points':
      return { step: header.step, points: { ...header, payload } };
    case 'text':
      return { step: header.step, text: readWriting(header, payload) };
    default:
      throw new FrameError(`Images, points or text expected, got ${header.kind}`);
  }
}

function readWriting(header: Header<'text'>, payload: ArrayBuffer): Writing {
  return { step: header.step, passages: decodeWritings(header, payload) };
}

/** Adds a metrics frame to `history`. @returns false if steps between are missing. */
function addMetrics(history: History, header: Header<'metrics'>, payload: ArrayBuffer): boolean {
  const { firstStep, count, validation } = header;
  if (firstStep > history.step + 1) return false;
  const metrics = history.open.values.map((_, m) => new Float32Array(payload, 4 * m * count, count));
  appendTraining(history, firstStep, metrics);
  if (validation) appendValidation(history, validation);
  return true;
}

type Stores<Topic extends FrameTopic> = { readonly [T in Topic]: Store<Snapshots[T] | null> };

const storesOf = <Topic extends FrameTopic>(topics: readonly Topic[]) =>
  Object.fromEntries(topics.map((topic) => [topic, createStore(null)])) as unknown as Stores<Topic>;

function copy<Topic extends FrameTopic>(from: Stores<Topic>, to: Stores<Topic>): void {
  for (const topic of Object.keys(to) as Topic[]) to[topic].set(from[topic].get());
}

class Frames implements FrameStore {
  private readonly stores = storesOf(['metrics', 'assets', ...watchedTopics]);
  readonly watching = new Watching();
  readonly moment = createStore<number | null>(null);
  way: Way = 'gliding';
  readonly explored = createStore<ExploredFrames>({});
  readonly written = createStore<WrittenTexts>({});
  readonly newest = storesOf(reelTopics);
  private run: RunView | null = null;
  /** Frames of the playground's present run, while the past of the one before is shown. */
  private next: Frames | null = null;
  /** The last loaded pictures, kept for the next run on the same data. */
  private loaded: AssetImages | null = null;
  private loading: string | null = null;

  constructor(private readonly load: (hash: string) => Promise<ArrayBuffer>) {}

  get<Topic extends FrameTopic>(topic: Topic): Snapshots[Topic] | null {
    return this.stores[topic].get();
  }

  subscribe(topic: FrameTopic, listener: () => void): () => void {
    const ends = [this.overhear(topic, listener), this.watching.begin(topic)];
    return () => {
      for (const end of ends) end();
    };
  }

  overhear(topic: FrameTopic, listener: () => void): () => void {
    return this.stores[topic].subscribe(listener);
  }

  accept(frame: Uint8Array): void {
    try {
      const { header, payload } = decodeFrame(frame);
      if (header.kind === 'explored')
        this.explored.set({ ...this.explored.get(), [header.part]: { header, payload } });
      else if (header.kind === 'written') this.takeWritten(header, payload);
      else if (header.run === this.run?.spec.id) this.take(header, payload);
      else this.next?.accept(frame);
    } catch (error) {
      console.error(new FrameError('A frame could not be read', { cause: error }));
    }
  }

  setRun(run: RunView | null): void {
    const isAnother = run?.spec.id !== this.run?.spec.id;
    if (isAnother && this.moment.get() !== null) {
      this.next ??= new Frames(this.load);
      this.next.setRun(run);
      return;
    }
    this.next = null;
    this.run = run;
    if (isAnother) this.clear();
    if (run?.assets) this.showAssets(run.assets);
  }

  showPast(moment: Moment | null, way: Way = 'gliding'): void {
    if (moment === null && this.next) {
      this.adopt(this.next);
      return;
    }
    this.way = way;
    this.moment.set(moment?.step ?? null);
    for (const topic of reelTopics) this.showIn(topic, moment ? moment[topic] : this.newest[topic].get());
  }

  private showIn<Topic extends ReelTopic>(topic: Topic, shown: Snapshots[Topic] | null | undefined): void {
    if (shown !== undefined) this.stores[topic].set(shown);
  }

  /** Shows the present run in place of the one whose past was shown. */
  private adopt(next: Frames): void {
    this.next = null;
    this.run = next.run;
    this.moment.set(null);
    copy(next.newest, this.newest);
    copy(next.stores, this.stores);
    // Pictures that are still on their way.
    if (this.run?.assets) this.showAssets(this.run.assets);
  }

  private clear(): void {
    this.moment.set(null);
    for (const topic of [...Object.values(this.newest), ...Object.values(this.stores)]) topic.set(null);
  }

  private put<Topic extends ReelTopic>(topic: Topic, snapshot: Snapshots[Topic]): void {
    this.newest[topic].set(snapshot);
    if (this.moment.get() === null) this.stores[topic].set(snapshot);
  }

  private takeWritten(header: Header<'written'>, payload: ArrayBuffer): void {
    const [passage] = decodeWritings(header, payload) as [Passage];
    this.written.set({ ...this.written.get(), [header.part]: { ...header, passage } });
  }

  private take(header: Exclude<FrameHeader, Header<'explored' | 'written'>>, payload: ArrayBuffer): void {
    const { metrics } = this.stores;
    switch (header.kind) {
      case 'history':
        metrics.set({ history: decodeHistory(header, payload), pace: header.pace });
        return;
      case 'metrics': {
        const history = metrics.get()?.history ?? emptyHistory(this.metricsCount());
        if (addMetrics(history, header, payload)) metrics.set({ history, pace: header.pace });
        return;
      }
      case 'diversity': {
        const before = metrics.get();
        const history = before?.history ?? emptyHistory(this.metricsCount());
        const { step, spread, coverage } = header;
        if (appendDiversity(history.diversity, { step, spread, coverage }))
          metrics.set({ history, pace: before?.pace ?? null });
        return;
      }
      case 'images':
        this.put('images', readPictures(header, payload));
        return;
      case 'points':
        this.put('points', { ...header, payload });
        return;
      case 'subjects':
        this.stores.subjects.set({ ...header, payload });
        return;
      case 'text':
        this.put('text', readWriting(header, payload));
        return;
    }
  }

  private metricsCount(): number {
    return this.run ? modelOf(this.run.spec.recipe.model).metrics.length : 0;
  }

  /** A load that failed is tried again when the run is announced next, at the latest on joining anew. */
  private showAssets(assets: Assets): void {
    const { hash } = assets;
    if (this.loaded?.hash === hash) {
      this.stores.assets.set(this.loaded);
      return;
    }
    if (this.loading === hash) return;
    this.loading = hash;
    loadAssets(assets, this.load)
      .then((loaded) => this.finishLoad(loaded))
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        if (this.loading === hash) this.loading = null;
      });
  }

  /** The run may have changed while its pictures were on their way. */
  private finishLoad(assets: AssetImages): void {
    if (this.run?.assets?.hash !== assets.hash) return;
    this.loaded = assets;
    this.stores.assets.set(assets);
  }
}

/** @param load fetches the bytes of a blob by its hash. */
export function createFrameStore(load: (hash: string) => Promise<ArrayBuffer> = fetchBlob): FrameStore {
  return new Frames(load);
}
