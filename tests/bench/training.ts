import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { costOf } from '@/lib/catalog/cost';
import { probeExecutors } from '@/server/engine/executors';
import { executorIds } from '@/server/engine/program';
import { type Case, chosenCases, defaultBatch, limitOf, peersOf, recipeOf } from './cases';
import { matrixPeak } from './peak';
import { Peer } from './peer';
import { lastMeasured, median, options, report, round } from './report';

/** Compiled beside this file. */
const compiled = (name: string) => fileURLToPath(new URL(`../../dist/bench/${name}`, import.meta.url));
/** All competitors of a case take turns, so that a busy moment of the machine hits each of them. */
const rounds = 7;
/** On a calm machine a median is at most so many times the best. */
const calmSpread = 1.25;
const batch = Number(options.batch ?? defaultBatch);
const device = options.device ?? 'cpu';
const executors = (await probeExecutors(executorIds)).filter(({ works }) => works);

interface Competitor {
  readonly name: Readonly<Record<string, string>>;
  /** @returns milliseconds a step of one round. */
  round(): Promise<number>;
  close(): Promise<void>;
}

interface Result {
  readonly name: Competitor['name'];
  readonly stepMs: number;
  readonly bestMs: number;
  readonly worstMs: number;
}

async function* competitors(each: Case): AsyncGenerator<Competitor> {
  const { model, variant } = each;
  for (const { id } of executors) {
    const own = await Peer.own(compiled('peers/ours.mjs'), id, { model, variant, batch });
    yield { name: { executor: id }, round: () => own.round(), close: () => own.close() };
  }
  const eager = device === 'cpu' && (await Peer.eager(compiled('eager.cjs'), { model, variant, batch }));
  if (eager) yield eager;
  if (options.peers === undefined) return;
  for (const framework of peersOf(each, device))
    yield await Peer.start(options.peers, { framework, model, variant, batch, device });
}

async function compete(each: Case): Promise<Result[]> {
  const all: Competitor[] = [];
  for await (const competitor of competitors(each)) all.push(competitor);
  const times = all.map((): number[] => []);
  for (let i = 0; i < rounds; i++)
    for (const [c, competitor] of all.entries()) times[c]?.push(await competitor.round());
  for (const competitor of all) await competitor.close();
  return all.map(({ name }, c) => {
    const own = times[c] ?? [];
    return { name, stepMs: median(own), bestMs: Math.min(...own), worstMs: Math.max(...own) };
  });
}

const aboutOf = ({ model, variant }: Case) => ({ bench: 'training', model, variant, batch });

/** What a step would take if the processor did nothing but its matrix products, at its peak. */
function reportArithmetic(each: Case, peak: number): number {
  const flops = costOf(recipeOf(each, batch)).flopsPerStep;
  const stepMs = (1000 * flops) / peak;
  report({
    ...aboutOf(each),
    what: 'arithmetic limit of the CPU',
    gflop: round(flops / 1e9),
    stepMs: round(stepMs, 4),
  });
  return stepMs;
}

function reportResult(each: Case, { name, ...times }: Result, arithmeticMs: number): void {
  const [stepMs, bestMs, worstMs] = [times.stepMs, times.bestMs, times.worstMs].map((ms) => round(ms, 4));
  const timesArithmetic = round(times.stepMs / arithmeticMs, 1);
  report({ ...aboutOf(each), ...name, stepMs, bestMs, worstMs, rounds, timesArithmetic });
}

/** Something else kept the machine busy, so that the ratio tells little, whatever it is. */
const isDisturbed = ({ stepMs, bestMs }: Result) => stepMs > calmSpread * bestMs;

function reportRatio(each: Case, ours: Result, theirs: Result): void {
  const peer = theirs.name.peer as string;
  const about = { ...aboutOf(each), executor: ours.name.executor, peer, device };
  const ratio = ours.stepMs / theirs.stepMs;
  const before = lastMeasured('ratio', about);
  const limit = limitOf(each, peer, batch, device);
  report({
    ...about,
    ratio: round(ratio),
    bestRatio: round(ours.bestMs / theirs.bestMs),
    disturbed: [ours, theirs].some(isDisturbed),
    ...(limit !== null && { limit, ok: ratio <= limit }),
    ...(before !== null && { before, change: round(ratio / before) }),
  });
}

const peak = await matrixPeak(availableParallelism());
report({ bench: 'training', what: 'matrix-product peak', gflops: round(peak / 1e9, 1) });
for (const each of chosenCases()) {
  const arithmeticMs = reportArithmetic(each, peak);
  const results = await compete(each);
  for (const result of results) reportResult(each, result, arithmeticMs);
  for (const ours of results.filter(({ name }) => name.executor))
    for (const theirs of results.filter(({ name }) => name.peer)) reportRatio(each, ours, theirs);
}
