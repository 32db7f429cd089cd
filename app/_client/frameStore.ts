import { modelOf } from '@/lib/catalog/models';
import { decodeFrame, decodeHistory, FrameError, type FrameHeader, type Pace } from '@/lib/protocol/frames';
import type { Assets, RunView } from '@/lib/protocol/messages';
import { appendTraining, appendValidation, emptyHistory, type History } from '@/lib/runs/history';
import { createStore, type Store } from './store';

type Header<Kind extends FrameHeader['kind']> = Extract<FrameHeader, { kind: Kind }>;

/** A new object with every change; `history` within is changed in place. */
export interface Metrics {
  readonly history: History;
  readonly pace: Pace | null;
}

/** Reconstructions or samples after `step`. `pixels`: uint8 [count, height, width, channels], 0 black to 255 white. */
interface Pictures {
  readonly step: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** The latent cloud after `step`. `positions`: float32 [count, 3] in units of the projection. */
interface Cloud {
  readonly step: number;
  readonly count: number;
  readonly positions: Float32Array;
  readonly explained: readonly number[];
}

/** What the model wrote after `step`. `probabilities`: uint8, one a character (code point), 255 certain. */
interface Writing {
  readonly step: number;
  readonly temperature: number;
  readonly text: string;
  readonly probabilities: Uint8Array;
}

/** The run's fixed pictures. `labels`: uint8 [count], an index into `classes`; `pixels` as in `Pictures`. */
export interface AssetImages extends Assets {
  readonly labels: Uint8Array;
  readonly pixels: Uint8Array;
}

interface Snapshots {
  metrics: Metrics;
  images: Pictures;
  points: Cloud;
  text: Writing;
  assets: AssetImages;
}
export type FrameTopic = keyof Snapshots;

/** What the server streams about the playground's run, outside React: views draw from it when they like. */
export interface FrameStore {
  /** Takes one streamed frame in. Frames of another run, unreadable ones and gaps change nothing. */
  accept(frame: Uint8Array): void;
  /** The playground's run as last announced. Another run, or none, clears what is there. */
  setRun(run: RunView | null): void;
  /** The newest snapshot, `null` before the first; a new object with each change. */
  get<Topic extends FrameTopic>(topic: Topic): Snapshots[Topic] | null;
  /** @returns the function that ends the subscription. */
  subscribe(topic: FrameTopic, listener: () => void): () => void;
}

async function fetchBlob(hash: string): Promise<ArrayBuffer> {
  const response = await fetch(`/api/blobs/${hash}`);
  if (!response.ok) throw new Error(`The pictures ${hash} could not be loaded: status ${response.status}`);
  return response.arrayBuffer();
}

function readAssets(assets: Assets, blob: ArrayBuffer): AssetImages {
  const { count, height, width, channels } = assets;
  const expected = count * (1 + height * width * channels);
  if (blob.byteLength !== expected)
    throw new RangeError(`Pictures of ${expected} bytes expected, got ${blob.byteLength}`);
  return { ...assets, labels: new Uint8Array(blob, 0, count), pixels: new Uint8Array(blob, count) };
}

function readCloud({ step, count, scale, explained }: Header<'points'>, payload: ArrayBuffer): Cloud {
  const coded = new Int16Array(payload, 0, 3 * count);
  return { step, count, explained, positions: Float32Array.from(coded, (value) => (value / 32767) * scale) };
}

function readPictures(header: Header<'images'>, payload: ArrayBuffer): Pictures {
  const { step, count, height, width, channels } = header;
  const pixels = new Uint8Array(payload, 0, count * height * width * channels);
  return { step, count, height, width, channels, pixels };
}

function readWriting({ step, temperature, text }: Header<'text'>, payload: ArrayBuffer): Writing {
  return { step, temperature, text, probabilities: new Uint8Array(payload) };
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

class Frames implements FrameStore {
  private readonly stores: { [Topic in FrameTopic]: Store<Snapshots[Topic] | null> } = {
    metrics: createStore<Metrics | null>(null),
    images: createStore<Pictures | null>(null),
    points: createStore<Cloud | null>(null),
    text: createStore<Writing | null>(null),
    assets: createStore<AssetImages | null>(null),
  };
  private run: RunView | null = null;
  /** The last loaded pictures, kept for the next run on the same data. */
  private loaded: AssetImages | null = null;
  private loading: string | null = null;

  constructor(private readonly load: (hash: string) => Promise<ArrayBuffer>) {}

  get<Topic extends FrameTopic>(topic: Topic): Snapshots[Topic] | null {
    return this.stores[topic].get();
  }

  subscribe(topic: FrameTopic, listener: () => void): () => void {
    return this.stores[topic].subscribe(listener);
  }

  accept(frame: Uint8Array): void {
    try {
      const { header, payload } = decodeFrame(frame);
      if (header.run === this.run?.spec.id) this.take(header, payload);
    } catch (error) {
      console.error(new FrameError('A frame could not be read', { cause: error }));
    }
  }

  setRun(run: RunView | null): void {
    const isAnother = run?.spec.id !== this.run?.spec.id;
    this.run = run;
    if (isAnother) for (const topic of Object.values(this.stores)) topic.set(null);
    if (run?.assets) this.showAssets(run.assets);
  }

  private take(header: FrameHeader, payload: ArrayBuffer): void {
    const { metrics, images, points, text } = this.stores;
    switch (header.kind) {
      case 'history':
        metrics.set({ history: decodeHistory(header, payload), pace: header.pace });
        return;
      case 'metrics': {
        const history = metrics.get()?.history ?? emptyHistory(this.metricsCount());
        if (addMetrics(history, header, payload)) metrics.set({ history, pace: header.pace });
        return;
      }
      case 'images':
        images.set(readPictures(header, payload));
        return;
      case 'points':
        points.set(readCloud(header, payload));
        return;
      case 'text':
        text.set(readWriting(header, payload));
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
    this.load(hash)
      .then((blob) => this.finishLoad(readAssets(assets, blob)))
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
