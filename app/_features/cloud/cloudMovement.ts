import type { Channel } from '@/lib/protocol/pointPacking';
import { nthOf } from './nth';

/** Share of a point's path that still counts a frame later: some ten frames are remembered. */
const MEMORY = 0.8;
/** Share of the points that the scale reaches to; the others are shown like its upper end. */
const REACHED = 0.98;

/** How far each point of a cloud has moved in the last frames: the length of its path, older parts counting less. */
export class Movement {
  private readonly paths: Float32Array;
  private readonly before: Float32Array;

  /** @param positions normalised, float32 [count, 3]. */
  constructor(positions: Float32Array) {
    this.before = positions.slice();
    this.paths = new Float32Array(positions.length / 3);
  }

  /** The next frame, of the same points. */
  take(positions: Float32Array): void {
    const { before, paths } = this;
    for (let i = 0, at = 0; i < paths.length; i++, at += 3) {
      const x = (positions[at] as number) - (before[at] as number);
      const y = (positions[at + 1] as number) - (before[at + 1] as number);
      const z = (positions[at + 2] as number) - (before[at + 2] as number);
      paths[i] = MEMORY * (paths[i] as number) + Math.sqrt(x * x + y * y + z * z);
    }
    before.set(positions);
  }

  /** In radii of the cloud. */
  channel(): Channel {
    const { paths } = this;
    const high = nthOf(paths.slice(), Math.floor(REACHED * (paths.length - 1)));
    const scale = high > 0 ? 255 / high : 0;
    const bytes = new Uint8ClampedArray(paths.length);
    for (let i = 0; i < paths.length; i++) bytes[i] = (paths[i] as number) * scale;
    return { low: 0, high, bytes: new Uint8Array(bytes.buffer) };
  }
}
