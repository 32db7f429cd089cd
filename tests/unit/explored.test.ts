import { describe, expect, test } from 'vitest';
import { between } from '@/lib/explore/geometry';
import { drawLatents } from '@/lib/explore/latents';
import { decodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest } from '@/lib/protocol/sampling';
import { type Explorable, exploredFrame, questionsOf } from '@/server/rooms/explore/explored';

type Images = Extract<SampleRequest, { kind: 'images' }>;

const explorable: Explorable = {
  owner: 'gan',
  id: 'run',
  size: 3,
  layers: 0,
  fields: [],
  pictures: 0,
  most: 64,
};
const floats = (bytes: Uint8Array = new Uint8Array()) => [...new Float32Array(bytes.slice().buffer)];
const latent = (seed: number) => drawLatents(seed, 1, 3)[0] as Float32Array;

describe('what the model is asked', () => {
  test('R61 every sample has a seed of its own, so that an end stays when others are drawn', () => {
    const entries = { 'gan/seed': 13, 'gan/from': 14, 'gan/to': 2 };
    const [drawn] = questionsOf('drawn', explorable, entries) as [Images];
    const [ends] = questionsOf('ends', explorable, entries) as [Images];
    expect(floats(drawn.latents)).toHaveLength(12 * 3);
    expect(floats(ends.latents)).toEqual([...floats(drawn.latents).slice(3, 6), ...latent(2)]);
  });

  test('the way of a GAN is the great circle between both', () => {
    const [way] = questionsOf('between', explorable, { 'gan/t': 0.25 }) as [Images];
    expect(floats(way.latents)).toEqual([...between(latent(1), latent(2), 0.25)]);
    expect(way.mixed).toBeUndefined();
  });

  const styled = { ...explorable, owner: 'stylegan', layers: 4 } as const;

  test('StyleGAN blends styles; layers that nobody has moved follow the way, those it has not are ignored', () => {
    const entries = {
      'stylegan/t': 0.25,
      'stylegan/layer/1': 1,
      'stylegan/layer/7': 0,
      'stylegan/noise': 0.5,
    };
    const [way] = questionsOf('between', styled, entries) as [Images];
    expect(floats(way.latents)).toEqual([...latent(1)]);
    expect(floats(way.mixed?.others)).toEqual([...latent(2)]);
    expect(floats(way.mixed?.shares)).toEqual([0.25, 1, 0.25, 0.25]);
    expect(way).toMatchObject({ truncation: 1, noise: 0.5 });
  });

  test('from the one end to the other, a crossing for each layer at which the other may take over', () => {
    const [crossed] = questionsOf('crossed', styled, {}) as [Images];
    const ends = [
      [0, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 1],
      [0, 1, 1, 1],
      [1, 1, 1, 1],
    ];
    expect(floats(crossed.mixed?.shares)).toEqual(ends.flat());
  });

  test('what the run has not is left out: pictures', () => {
    const coded = { ...explorable, owner: 'autoencoder', pictures: 5 } as const;
    const entries = { 'autoencoder/picture': 5, 'autoencoder/number/3': 2 };
    expect(questionsOf('coded', coded, entries)).toEqual([{ kind: 'recoded', picture: 0, moved: [[3, 2]] }]);
    expect(questionsOf('coded', { ...coded, pictures: 6 }, entries)).toMatchObject([{ picture: 5 }]);
  });

  test('large pictures are asked for in parts', () => {
    const rows = questionsOf('drawn', { ...explorable, most: 5 }, {}).map(
      (each) => (each as Images).latents.length / 12,
    );
    expect(rows).toEqual([5, 5, 2]);
  });
});

describe('what people get', () => {
  const about = { run: 'run', part: 'ends', asked: '[]' } as const;
  const answer = (count: number, side: number, value: number) =>
    ({
      kind: 'images',
      step: 9,
      ...{ count, height: side, width: side, channels: 3 },
      pixels: new Uint8Array(count * side * side * 3).fill(value),
    }) as const;

  test('a coding comes before its picture', () => {
    const size = { height: 2, width: 2, channels: 1 };
    const coding = new Uint8Array(Float32Array.of(1.5, -2).buffer);
    const bytes = exploredFrame({ ...about, part: 'coded' }, [
      { kind: 'recoded', step: 4, size: 2, ...size, coding, pixels: Uint8Array.of(1, 2, 3, 4) },
    ]);
    const { header, payload } = decodeFrame(bytes);
    expect(header).toMatchObject({ kind: 'explored', part: 'coded', step: 4, count: 1, coding: 2, ...size });
    expect([...new Float32Array(payload, 0, 2)]).toEqual([1.5, -2]);
    expect([...new Uint8Array(payload, 8)]).toEqual([1, 2, 3, 4]);
  });

  test('several large pictures are shrunk until they fit, one stays as it is', () => {
    const several = decodeFrame(exploredFrame(about, [answer(1, 256, 10), answer(1, 256, 30)]));
    expect(several.header).toMatchObject({ count: 2, height: 64, width: 64, channels: 3 });
    const pixels = new Uint8Array(several.payload);
    expect([pixels[0], pixels.at(-1)]).toEqual([10, 30]);
    expect(several.payload.byteLength).toBeLessThan(limits.frameBytes);
    const one = decodeFrame(exploredFrame(about, [answer(1, 512, 7)]));
    expect(one.header).toMatchObject({ count: 1, height: 512, width: 512 });
  });

  test('twelve pictures of 32 pixels in colour go out as they are', () => {
    const { header } = decodeFrame(exploredFrame(about, [answer(12, 32, 1)]));
    expect(header).toMatchObject({ count: 12, height: 32, width: 32 });
  });
});
