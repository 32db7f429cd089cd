import type { Page } from 'playwright';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { packPoints } from '@/lib/protocol/pointPacking';
import type { ChannelValues } from '@/lib/protocol/points';
import { encodePack, reelIndexSchema } from '@/lib/protocol/reel';
import { RandomStream } from '@/lib/random';

/** Classes, in space as many swarms. */
const swarms = 10;

/** Swarms of points that drift apart from `share` 0 to 1, with all that a cloud may tell of each. */
export function swarm(count: number, share: number): { points: Float32Array; channels: ChannelValues } {
  const random = new RandomStream(11, 'swarm');
  const centres = Float32Array.from({ length: 3 * swarms }, () => random.normal());
  const drifts = Float32Array.from({ length: 3 * swarms }, () => random.normal());
  const points = Float32Array.from({ length: 3 * count }, (_, i) => {
    const at = 3 * (Math.floor(i / 3) % swarms) + (i % 3);
    const centre = (centres[at] as number) + 2 * share * (drifts[at] as number);
    return centre * (0.4 + share) + 0.35 * random.normal();
  });
  const each = (of: (i: number) => number) => Float32Array.from({ length: count }, (_, i) => of(i));
  const height = (i: number) => points[3 * i + 1] as number;
  const channels: ChannelValues = {
    class: each((i) => i % swarms),
    loss: each((i) => Math.abs(height(i)) * (1.2 - share)),
    score: each((i) => 1 / (1 + Math.exp(-3 * height(i)))),
    time: each((i) => i),
  };
  return { points, channels };
}

interface Recording {
  readonly points: number;
  readonly moments: number;
  /** What the points come with, besides their places. */
  readonly channels?: readonly (keyof ChannelValues)[];
}

/** Frames of a run from its first step to `steps`. */
function framesOf(run: string, steps: number, { points: count, moments, channels = [] }: Recording) {
  return Array.from({ length: moments }, (_, i) => {
    const step = 1 + Math.floor((i * (steps - 1)) / moments);
    const made = swarm(count, i / moments);
    const kept = Object.fromEntries(channels.map((kind) => [kind, made.channels[kind]]));
    const { packing, payload } = packPoints(made.points, kept);
    const header = { kind: 'points', run, step, ...packing, projection: 'pca' } as const;
    return { step, bytes: encodeFrame({ ...header, explained: [0.4, 0.3, 0.2] }, payload) };
  });
}

/**
 * Lets a page find another cloud in its run's past: the frames are made here and take the way of recorded ones. The
 * run must have at least as many `steps` as moments.
 */
export async function recordCloud(page: Page, steps: number, recording: Recording): Promise<void> {
  let frames: ReturnType<typeof framesOf> | null = null;
  const framesIn = (address: string) => {
    const run = /\/runs\/([^/]+)\//.exec(address)?.[1] ?? '';
    frames ??= framesOf(run, steps, recording);
    return frames;
  };
  await page.route(/\/runs\/[^/]+\/reel$/, async (route) => {
    const response = await route.fetch();
    const index = reelIndexSchema.parse(await response.json());
    const points = framesIn(route.request().url()).map(({ step, bytes }) => [step, bytes.length]);
    await route.fulfill({ json: { ...index, topics: { ...index.topics, points } } });
  });
  await page.route(/\/reel\/points\?/, async (route) => {
    const url = new URL(route.request().url());
    const [from, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name)));
    const asked = framesIn(url.href).filter(({ step }) => step >= Number(from) && step <= Number(to));
    const room = Math.floor(limits.packBytes / limits.frameBytes);
    const body = Buffer.from(encodePack(asked.slice(0, room).map(({ bytes }) => bytes)));
    await route.fulfill({ body, contentType: 'application/octet-stream' });
  });
}
