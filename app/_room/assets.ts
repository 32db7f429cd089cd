import { addressOf } from '@/lib/address';
import type { Assets } from '@/lib/protocol/messages';

/** The run's fixed pictures. `labels`: uint8 [labelled], an index into `classes`, also of images that follow; `pixels` as in `Pictures`. */
export interface AssetImages extends Assets {
  readonly labels: Uint8Array;
  readonly pixels: Uint8Array;
}

export async function fetchBlob(hash: string): Promise<ArrayBuffer> {
  const response = await fetch(addressOf(`/api/blobs/${hash}`));
  if (!response.ok) throw new Error(`The pictures ${hash} could not be loaded: status ${response.status}`);
  return response.arrayBuffer();
}

function readAssets(assets: Assets, blob: ArrayBuffer): AssetImages {
  const { count, height, width, channels, labelled = count } = assets;
  const expected = labelled + count * height * width * channels;
  if (blob.byteLength !== expected)
    throw new RangeError(`Pictures of ${expected} bytes expected, got ${blob.byteLength}`);
  return { ...assets, labels: new Uint8Array(blob, 0, labelled), pixels: new Uint8Array(blob, labelled) };
}

/** A run's fixed pictures. @throws Error if they can't be had. */
export async function loadAssets(
  assets: Assets,
  load: (hash: string) => Promise<ArrayBuffer> = fetchBlob,
): Promise<AssetImages> {
  return readAssets(assets, await load(assets.hash));
}
