import type { StyleganValues } from './index';

interface Size {
  readonly height: number;
  readonly width: number;
}

/** The size of each styled layer of StyleGAN's synthesis network: two a resolution, the last one covers the image. */
export function styleLayers(
  { synthesisFilters }: Pick<StyleganValues, 'synthesisFilters'>,
  image: Size,
): Size[] {
  const last = synthesisFilters.length - 1;
  return synthesisFilters.flatMap((_, level) => {
    const side = (whole: number) => Math.ceil(whole / 2 ** last) * 2 ** level;
    const size = { height: side(image.height), width: side(image.width) };
    return [size, size];
  });
}
