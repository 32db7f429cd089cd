import type { GeneratorInfo, GeneratorReading } from '@/lib/protocol/generator';
import { ImportedGenerator } from '@/server/engine/onnx/imported';

/** What `generator` of onnxModels makes of latents whose first number is `first`. */
export const tanh = (first: number, pixel: number): number => Math.tanh(first + pixel / 100);
export const byteOf = (x: number, low = -1, high = 1): number => Math.round((255 * (x - low)) / (high - low));

/** Latents that begin with these numbers; the others don't count. */
export function latentsOf(size: number, firsts: readonly number[]): Float32Array {
  return Float32Array.from({ length: size * firsts.length }, (_, i) =>
    i % size === 0 ? (firsts[i / size] as number) : 9,
  );
}

export async function loaded(bytes: Uint8Array, reading?: GeneratorReading): Promise<GeneratorInfo> {
  const imported = await ImportedGenerator.load(bytes, reading);
  await imported.dispose();
  return imported.info;
}

/** What was found, and pixels of latents that begin with `firsts`. */
export async function opened(
  bytes: Uint8Array,
  firsts: readonly number[],
  fields?: readonly number[],
): Promise<readonly [GeneratorInfo, Uint8Array]> {
  const imported = await ImportedGenerator.load(bytes);
  const { info } = imported;
  const pixels = await imported.sample({ latents: latentsOf(info.latentSize, firsts), fields });
  await imported.dispose();
  return [info, pixels];
}
