import type { Cost } from './index';

/** How fast a machine trains, measured on two things that every training step consists of. */
export interface Speed {
  /** FLOPs a second of a matrix product with a batch of 32 rows. */
  readonly flopsPerSecond: number;
  /** Bytes a second that go through four elementwise operations, about what a step does with each number. */
  readonly bytesPerSecond: number;
}

/** About how many training steps a second; models of many small steps, such as recurrent ones, stay behind it. */
export function stepsPerSecond({ flopsPerStep, elementBytes }: Cost, speed: Speed): number {
  return 1 / (flopsPerStep / speed.flopsPerSecond + elementBytes / speed.bytesPerSecond);
}
