import { SentenceError } from '@/lib/text/sentence';
import type { FilmSink } from './filmFormat';
import type { FromGif, ToGif } from './gifMessages';

/** Encodes in a worker. */
export class GifSink implements FilmSink {
  private readonly worker = new Worker(new URL('./gifWorker.ts', import.meta.url), { type: 'module' });
  private hasBegun = false;

  async take(canvas: HTMLCanvasElement, delay: number): Promise<void> {
    const { width, height } = canvas;
    if (!this.hasBegun) await this.ask({ kind: 'begin', width, height });
    this.hasBegun = true;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data.buffer;
    if (pixels) await this.ask({ kind: 'frame', pixels, delay }, [pixels]);
  }

  async end(canvas: HTMLCanvasElement, delay: number): Promise<Blob> {
    await this.take(canvas, delay);
    const answer = await this.ask({ kind: 'end' });
    if (answer.kind !== 'done') throw new SentenceError('The film did not end');
    return new Blob([answer.file], { type: 'image/gif' });
  }

  close(): void {
    this.worker.terminate();
  }

  private ask(message: ToGif, transfer: Transferable[] = []): Promise<FromGif> {
    return new Promise((done, fail) => {
      this.worker.onmessage = ({ data }: MessageEvent<FromGif>) =>
        data.kind === 'failed' ? fail(new Error(data.message)) : done(data);
      this.worker.onerror = () => fail(new SentenceError('It broke off. Try again'));
      this.worker.postMessage(message, transfer);
    });
  }
}
