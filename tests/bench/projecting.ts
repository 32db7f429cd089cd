import { availableParallelism, tmpdir } from 'node:os';
import type { Progress } from '@/lib/runs/status';
import { inEnglish } from '@/lib/text/sentence';
import { loadDataset } from '@/server/datasets/index';
import { pca } from '@/server/projections/pca';
import { affinities, Tsne } from '@/server/projections/tsne';
import { prepare } from '@/server/worker/prepare/prepare';
import { reportCrowds } from './crowds';
import { notebook } from './loop';
import { dataFolder, median, options, report, round } from './report';
import { type Projecting, Scikit } from './scikit';

/** Both take turns, so that a busy moment of the machine hits each of them. */
const rounds = 3;
/** At most; as many as there are images. */
const most = 2000;
const size = notebook.values.codingSize;
/** Training steps before the codings are taken: about five epochs. */
const steps = 500;
const batch = 250;
const settings = { perplexity: 30, learningRate: 0, earlyExaggeration: 12 };
const iterations = 500;
/** How far ours may stay behind in trustworthiness. */
const trustLimit = 0.01;

/** Codings [count, size] of real images by a trained autoencoder. */
async function trainedCodings(): Promise<Float32Array> {
  const dataDir = tmpdir();
  const place = {
    executor: 'onnx-cpu',
    threads: availableParallelism(),
    datasets: dataFolder(),
    dataDir,
  } as const;
  const progress = ({ label }: Progress) => console.error(inEnglish(label));
  const { program, task } = await prepare({ recipe: notebook, ...place }, null, progress);
  await program.train('train', steps, task.feed(1, steps, notebook.values as never));
  const set = await loadDataset('fashion-mnist', { dataDir, source: dataFolder(), progress });
  const count = Math.min(most, batch * Math.floor(set.count / batch));
  const codings = new Float32Array(count * size);
  const pixels = set.images.length / set.count;
  for (let first = 0; first < count; first += batch) {
    const images = set.images.slice(first * pixels, (first + batch) * pixels);
    const result = await program.call('encode', batch, { images });
    codings.set(result.codings as Float32Array, first * size);
  }
  await program.dispose();
  return codings;
}

/** A whole t-SNE, from the codings to the points. */
function project(codings: Float32Array, { dimensions, perplexity }: Projecting) {
  const began = performance.now();
  const { points } = pca(codings, size, dimensions);
  const search = affinities(codings, size, perplexity);
  let found = search.next();
  while (!found.done) found = search.next();
  const tsne = new Tsne(points, found.value, settings);
  tsne.advance(iterations);
  return { ms: performance.now() - began, points: Float32Array.from(tsne.points) };
}

reportCrowds();
const codings = await trainedCodings();
const count = codings.length / size;
const peer = options.peers === undefined ? null : await Scikit.start(options.peers, codings, size);
for (const dimensions of [2, 3] as const) {
  const projecting = { dimensions, perplexity: settings.perplexity, iterations };
  const about = { bench: 'projecting', method: 't-SNE', count, size, ...projecting, rounds };
  const ours: number[] = [];
  const theirs: number[] = [];
  let points = project(codings, projecting).points;
  let trust = 0;
  for (let i = 0; i < rounds; i++) {
    const own = project(codings, projecting);
    ours.push(own.ms);
    points = own.points;
    const other = await peer?.project(projecting);
    if (!other) continue;
    theirs.push(other.ms);
    trust = other.trustworthiness;
  }
  const [ms, bestMs] = [median(ours), Math.min(...ours)];
  report({ ...about, ms: round(ms, 0), bestMs: round(bestMs, 0) });
  if (!peer) continue;
  const [peerMs, peerBestMs] = [median(theirs), Math.min(...theirs)];
  const name = { peer: 'scikit-learn', version: peer.version };
  report({
    ...about,
    ...name,
    ms: round(peerMs, 0),
    bestMs: round(peerBestMs, 0),
    trustworthiness: round(trust, 4),
  });
  const own = await peer.judge(points);
  const ratio = ms / peerMs;
  const [bestRatio, behind] = [round(bestMs / peerBestMs), round(trust - own, 4)];
  const ok = ratio <= 1 && behind <= trustLimit;
  report({
    ...about,
    ...name,
    ratio: round(ratio),
    bestRatio,
    limit: 1,
    trustworthiness: round(own, 4),
    behind,
    trustLimit,
    ok,
  });
}
await peer?.close();
