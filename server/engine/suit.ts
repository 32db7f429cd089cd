import type { Graph } from './graph';
import { im2col } from './im2col';
import { optimize } from './optimize';
import { unroll } from './unroll';

/** What an executor has, and does well. */
export interface Abilities {
  /** Whether it runs a scan; else scans are unrolled. */
  readonly hasScan: boolean;
  /** Whether its convolutions are no slower than the same as matrix products; else those replace them. */
  readonly convolves: boolean;
}

/** A graph in those kernels that suit an executor. */
export function suit(graph: Graph, { hasScan, convolves }: Abilities): Graph {
  const flat = hasScan ? graph : unroll(graph);
  return convolves ? flat : optimize(im2col(flat));
}
