import type { FrameHeader } from '@/lib/protocol/frames';

/** Pictures of frames, decoded. */

type Header = Extract<FrameHeader, { kind: 'images' }>;

/** Reconstructions or samples after `step`. `pixels`: uint8 [count, height, width, channels], 0 black to 255 white. */
export interface Pictures {
  readonly step: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
  /** Of a generator: how many at the end are of fresh noise. */
  readonly fresh?: number;
  /** Of a generator: its discriminator's score of each, 0 to 1. */
  readonly scores?: readonly number[];
  /** Of an autoencoder: the coding of each. */
  readonly codings?: Codings;
  /** Of an autoencoder: samples of its prior, beside the reconstructions. */
  readonly drawn?: Pictures;
}

/** The pictures that are made of noise: all of a generator, or an autoencoder's samples of its prior. */
export const samplesOf = (images: Pictures | null): Pictures | null => images?.drawn ?? images;

/** Codings of pictures. `values`: float32 [count, size], none beyond `scale` either way. */
export interface Codings {
  readonly size: number;
  readonly scale: number;
  readonly values: Float32Array;
}

export function readPictures(header: Header, payload: ArrayBuffer): Pictures {
  const { step, height, width, channels, fresh, scores, drawn = 0 } = header;
  const area = height * width * channels;
  const part = (first: number, count: number) => ({
    ...{ step, count, height, width, channels },
    pixels: new Uint8Array(payload, first * area, count * area),
  });
  const count = header.count - drawn;
  const codings = readCodings(header, count, payload.slice(header.count * area));
  return {
    ...part(0, count),
    ...{ fresh, scores },
    ...(codings && { codings }),
    ...(drawn > 0 && { drawn: part(count, drawn) }),
  };
}

function readCodings({ codings }: Header, count: number, payload: ArrayBuffer): Codings | null {
  if (!codings) return null;
  const { size, scale } = codings;
  const values = Float32Array.from(
    new Int16Array(payload, 0, count * size),
    (each) => (each / 32767) * scale,
  );
  return { size, scale, values };
}
