import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import type { Browser } from 'playwright';

/** A frame of a film: when it comes, in seconds, and how long it stays as the file tells it. */
export interface FilmFrame {
  readonly at: number;
  readonly duration: number;
}

/** The frames that a video file holds, in order. */
export async function framesOf(file: Uint8Array): Promise<{ frames: FilmFrame[]; seconds: number }> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(file) });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('The file has no video');
  const frames: FilmFrame[] = [];
  for await (const { timestamp, duration } of new EncodedPacketSink(track).packets())
    frames.push({ at: timestamp, duration });
  return { frames, seconds: await input.computeDuration() };
}

/** What a film shows at so many seconds: the share of it that is over by then, as the line below its picture tells. */
export interface FilmMoment {
  readonly at: number;
  readonly share: number;
}

/** Plays a file in the browser. @returns the shares that it shows at those moments: the wanted ones, if they come. */
export async function sharesAt(
  browser: Browser,
  file: Uint8Array,
  moments: readonly FilmMoment[],
): Promise<number[]> {
  const page = await browser.newPage();
  const data = Buffer.from(file).toString('base64');
  const shares = await page.evaluate(
    async ({ data, moments }) => {
      const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
      const video = document.createElement('video');
      const once = (type: string) =>
        new Promise((done, fail) => {
          video.addEventListener(type, done, { once: true });
          video.addEventListener('error', () => fail(new Error(video.error?.message)), { once: true });
        });
      const loaded = once('loadeddata');
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([bytes]));
      await loaded;
      const { videoWidth: width, videoHeight: height } = video;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('No 2D context');
      const shown = () => {
        context.drawImage(video, 0, 0);
        // The line is two pixels high, above a caption of 30.
        const line = context.getImageData(0, height - 32, width, 2).data;
        const dark = Array.from({ length: width }, (_, x) => (line[4 * x + 1] as number) < 128);
        return dark.filter(Boolean).length / width;
      };
      const found: number[] = [];
      for (const { at, share } of moments) {
        const seeked = once('seeked');
        video.currentTime = at;
        await seeked;
        // A busy browser shows a frame a moment after it has been found.
        for (let looks = 0; looks < 200 && Math.abs(shown() - share) > 0.01; looks++)
          await new Promise((done) => requestAnimationFrame(done));
        found.push(shown());
      }
      return found;
    },
    { data, moments },
  );
  await page.close();
  return shares;
}
