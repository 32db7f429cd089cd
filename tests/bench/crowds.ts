import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import type { Edges } from '@/server/projections/affinities';
import { pca } from '@/server/projections/pca';
import { affinities, Tsne } from '@/server/projections/tsne';
import { fuzzyGraph, Umap } from '@/server/projections/umap';
import { median, report, round } from './report';

const counts = [2000, 5000, limits.mostPoints];
const size = 30;
const swarms = 10;
const iterations = 40;

/** Milliseconds of processor time, which other work on the machine doesn't lengthen. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<Result>(work: () => Result): { result: Result; ms: number } {
  const began = processorMs();
  const result = work();
  return { result, ms: processorMs() - began };
}

/** Numbers in ten swarms, [count, size]. */
function codingsOf(count: number): Float32Array {
  const random = new RandomStream(1, 'crowd');
  const centres = Float32Array.from({ length: swarms * size }, () => 2 * random.normal());
  const centre = (i: number) => centres[(Math.floor(i / size) % swarms) * size + (i % size)] as number;
  return Float32Array.from({ length: count * size }, (_, i) => centre(i) + random.normal());
}

/** Neighbours, found in slices between which a worker does other things. */
function search(graph: Generator<undefined, Edges, undefined>) {
  let longest = 0;
  let all = 0;
  for (;;) {
    const { result, ms } = timed(() => graph.next());
    longest = Math.max(longest, ms);
    all += ms;
    if (result.done)
      return { edges: result.value, searchMs: round(all, 0), longestSliceMs: round(longest, 0) };
  }
}

/** How the time of projections grows with the number of points. */
export function reportCrowds(): void {
  for (const count of counts) {
    const codings = codingsOf(count);
    const { result, ms } = timed(() => pca(codings, size, 3));
    report({ bench: 'projecting', method: 'PCA', count, size, processorMs: round(ms, 0) });
    for (const method of ['t-SNE', 'UMAP'] as const) {
      const isTsne = method === 't-SNE';
      const graph = isTsne ? affinities(codings, size, 30) : fuzzyGraph(codings, size, 15);
      const { edges, ...found } = search(graph);
      const layout = isTsne
        ? new Tsne(result.points, edges, { perplexity: 30, learningRate: 0, earlyExaggeration: 12 })
        : new Umap(result.points, edges, { minDistance: 0.1, seed: 1 });
      const times = Array.from({ length: iterations }, () => timed(() => layout.advance(1)).ms);
      const iterationMs = round(median(times), 1);
      report({ bench: 'projecting', method, count, size, ...found, iterationMs });
    }
  }
}
