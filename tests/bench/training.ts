import { probeExecutors } from '@/server/engine/executors';
import { executorIds } from '@/server/engine/program';
import { BareLoop, notebook } from './loop';
import { Peer } from './peer';
import { median, peersPython, report, round } from './report';

/** All competitors take turns, so that a busy moment of the machine hits each of them. */
const rounds = 7;
/** Steps of a round: five passes over the images. */
const steps = 490;
const warmUpSteps = 490;

interface Competitor {
  readonly name: Readonly<Record<string, string>>;
  /** @returns milliseconds a step of one round. */
  round(): Promise<number>;
  close(): Promise<void>;
}

async function executors(): Promise<Competitor[]> {
  const working = (await probeExecutors(executorIds)).filter(({ works }) => works);
  const loops = working.map(async ({ id }) => {
    const loop = await BareLoop.create(id);
    await loop.train(warmUpSteps);
    return { name: { executor: id }, round: () => loop.train(steps), close: () => loop.close() };
  });
  return await Promise.all(loops);
}

async function peers(python: string | undefined): Promise<Competitor[]> {
  if (!python) return [];
  const started = ['keras', 'pytorch'].map((peer) => Peer.start(python, peer, notebook.values.batchSize));
  return await Promise.all(started);
}

const competitors = [...(await executors()), ...(await peers(peersPython))];
const times = competitors.map((): number[] => []);
for (let i = 0; i < rounds; i++)
  for (const [c, competitor] of competitors.entries()) times[c]?.push(await competitor.round());
for (const competitor of competitors) await competitor.close();

const results = competitors.map(({ name }, c) => ({
  name,
  stepMs: median(times[c] ?? []),
  all: times[c] ?? [],
}));
const about = { bench: 'training', model: notebook.model };
for (const { name, stepMs, all } of results)
  report({
    ...about,
    ...name,
    batch: notebook.values.batchSize,
    stepMs: round(stepMs, 4),
    bestMs: round(Math.min(...all), 4),
    worstMs: round(Math.max(...all), 4),
    rounds,
  });
for (const ours of results.filter(({ name }) => name.executor))
  for (const theirs of results.filter(({ name }) => name.peer))
    report({
      ...about,
      executor: ours.name.executor,
      peer: theirs.name.peer,
      ratio: round(ours.stepMs / theirs.stepMs),
    });
