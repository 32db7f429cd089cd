/** To the GIF's worker. Pixels: uint8 RGBA [height, width, 4]; a frame is shown for `delay` milliseconds. */
export type ToGif =
  | { readonly kind: 'begin'; readonly width: number; readonly height: number }
  | { readonly kind: 'frame'; readonly pixels: ArrayBuffer; readonly delay: number }
  | { readonly kind: 'end' };

/** From it, one answer to each message: the file at the end, or what went wrong. */
export type FromGif =
  | { readonly kind: 'taken' }
  | { readonly kind: 'done'; readonly file: ArrayBuffer }
  | { readonly kind: 'failed'; readonly message: string };
