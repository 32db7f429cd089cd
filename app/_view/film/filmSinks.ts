import type { FilmFormat, FilmSink, FilmSize } from './filmFormat';
import { GifSink } from './gifSink';

/** Why there is no video: the page came neither by https nor from this computer, or the browser has no encoder. */
export type NoVideo = 'insecure' | 'unsupported';

/** What this browser can make here. Video needs WebCodecs, which browsers keep from pages that came by plain http. */
export async function offeredFormats(
  size: FilmSize,
): Promise<{ formats: readonly FilmFormat[]; noVideo: NoVideo | null }> {
  const none = { formats: ['gif'], noVideo: isSecureContext ? 'unsupported' : 'insecure' } as const;
  if (typeof VideoEncoder !== 'function') return none;
  const { codecOf } = await import('./videoSink');
  const codecs = await Promise.all([codecOf('mp4', size), codecOf('webm', size)]);
  const formats = (['mp4', 'webm'] as const).filter((_, i) => codecs[i] !== null);
  return formats.length === 0 ? none : { formats: [...formats, 'gif'], noVideo: null };
}

/** The encoder of a film that is drawn on `canvas`. */
export const beginSink = async (format: FilmFormat, canvas: HTMLCanvasElement): Promise<FilmSink> =>
  format === 'gif' ? new GifSink() : (await import('./videoSink')).VideoSink.begin(format, canvas);
