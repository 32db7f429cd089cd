import type { FrameHeader } from '@/lib/protocol/frames';

/** Pictures as frames bring them. */

type Header = Extract<FrameHeader, { kind: 'images' }>;

/** Reconstructions or samples after `step`. `pixels`: uint8 [count, height, width, channels], 0 black to 255 white. */
export interface Pictures {
  readonly step: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
  /** A generator's: so many at the end are of fresh noise. */
  readonly fresh?: number;
  /** A generator's: how real its discriminator finds each, 0 to 1. */
  readonly scores?: readonly number[];
  /** An autoencoder's: the numbers of which it made each. */
  readonly codings?: Codings;
  /** What an autoencoder drew from its prior, beside its reconstructions. */
  readonly drawn?: Pictures;
}

/** Of pictures those that are made of noise: a generator's own, or what an autoencoder drew beside its reconstructions. */
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
