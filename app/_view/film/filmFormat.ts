export const filmFormats = ['mp4', 'webm', 'gif'] as const;
export type FilmFormat = (typeof filmFormats)[number];
export type VideoFormat = Exclude<FilmFormat, 'gif'>;

/** Pixels of a film. Encoders of video want even sides. */
export interface FilmSize {
  readonly width: number;
  readonly height: number;
}

/** An encoder that takes a film's frames one after the other. */
export interface FilmSink {
  /** Adds the canvas as a frame of so many milliseconds. */
  take(canvas: HTMLCanvasElement, ms: number): Promise<void>;
  /** The last frame, and the file. */
  end(canvas: HTMLCanvasElement, ms: number): Promise<Blob>;
  /** Ends it, whether it is finished or not. */
  close(): void;
}
