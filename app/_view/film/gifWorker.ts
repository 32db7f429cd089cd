import { Encoder } from 'modern-gif';
import type { FromGif, ToGif } from './gifMessages';

/** Colours of the whole film: one stays for what is transparent. */
const COLORS = 255;

let encoder: Encoder | null = null;
let size = { width: 0, height: 0 };

async function answer(message: ToGif): Promise<FromGif> {
  if (message.kind === 'begin') {
    size = { width: message.width, height: message.height };
    encoder = new Encoder({ ...size, maxColors: COLORS });
    return { kind: 'taken' };
  }
  if (!encoder) throw new Error('A film begins before its frames');
  if (message.kind === 'frame') {
    const data = new Uint8ClampedArray(message.pixels);
    await encoder.encode({ ...size, data, delay: message.delay });
    return { kind: 'taken' };
  }
  return { kind: 'done', file: await encoder.flush('arrayBuffer') };
}

/** Encodes a film off the page's thread. */
addEventListener('message', async ({ data }: MessageEvent<ToGif>) => {
  const result = await answer(data).catch(
    (error: Error): FromGif => ({ kind: 'failed', message: error.message }),
  );
  postMessage(result);
});
