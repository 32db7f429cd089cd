import { expect, test } from 'vitest';
import { ReelReader } from '@/app/_room/reel';
import { encodeFrame } from '@/lib/protocol/frames';
import { encodePack } from '@/lib/protocol/reel';
import { until } from '../support/until';

/** A server that holds pictures of the given steps and packs at most `most` of them. */
class FakeServer {
  readonly asked: string[] = [];
  isDown = false;

  constructor(
    public steps: number[],
    private readonly size = 1000,
    private readonly most = Number.POSITIVE_INFINITY,
  ) {}

  readonly get = async (address: string): Promise<Response> => {
    this.asked.push(address);
    if (this.isDown) return new Response('{}', { status: 503 });
    const { pathname, searchParams } = new URL(address, 'http://server');
    if (pathname.endsWith('/reel')) {
      const images = this.steps.map((step) => [step, this.size]);
      return Response.json({ run: 'a', topics: { images, points: [], text: [] } });
    }
    const [from, to] = ['from', 'to'].map((name) => Number(searchParams.get(name)));
    const within = this.steps.filter((step) => step >= (from as number) && step <= (to as number));
    const frames = within.slice(0, this.most).map((step) => {
      const header = { kind: 'images', run: 'a', step, count: 1, height: 1, width: 1, channels: 1 } as const;
      return encodeFrame(header, Uint8Array.of(step));
    });
    return new Response(encodePack(frames));
  };
}

const tens = (count: number) => Array.from({ length: count }, (_, i) => 10 * i);

async function openReader(server: FakeServer) {
  const reader = new ReelReader('/runs/a', server.get);
  await reader.refresh();
  return reader;
}

test('a step is fetched with its neighbours, once, and nothing stands in until then', async () => {
  const server = new FakeServer(tens(20));
  const reader = await openReader(server);
  expect(reader.stops()).toEqual(tens(20));
  expect(reader.at(55)).toBeNull();
  expect(reader.isReady(55)).toBe(false);
  reader.want(55);
  await until('the frame', () => reader.isReady(55));
  expect(reader.at(55)).toMatchObject({ step: 55, images: { step: 50 } });
  await until('its neighbours', () => tens(20).every((step) => reader.isReady(step)));
  const asked = server.asked.length;
  reader.want(0);
  expect((await reader.load(190)).images?.step).toBe(190);
  expect(server.asked.length).toBe(asked);
});

test('far away, packs hold what fits, and no other frame stands in meanwhile', async () => {
  const server = new FakeServer(tens(400), 20_000);
  const reader = await openReader(server);
  await reader.load(0);
  expect(reader.isReady(0)).toBe(true);
  expect(reader.isReady(3990)).toBe(false);
  expect(reader.at(3990)).toBeNull();
  await reader.load(3990);
  expect(reader.at(3990)?.images?.step).toBe(3990);
  expect(reader.at(2000)).toBeNull();
  // 0.9 MB of 20,000 bytes each.
  expect(server.asked.slice(1)).toEqual([
    '/runs/a/reel/images?from=0&to=460',
    '/runs/a/reel/images?from=3530&to=3990',
  ]);
});

test('what the server has thinned away is asked for no longer, and what took its place is shown', async () => {
  const server = new FakeServer(tens(10));
  const reader = await openReader(server);
  server.steps = [0, 40, 80];
  reader.want(70);
  await until('what took its place', () => reader.at(70) !== null);
  expect(reader.stops()).toEqual([0, 40, 80]);
  expect((await reader.load(70)).images?.step).toBe(40);
});

test('a server that does not answer leaves what is here, and loading says so', async () => {
  const server = new FakeServer(tens(3), 1000, 1);
  const reader = await openReader(server);
  await reader.load(0);
  server.isDown = true;
  await expect(reader.load(20)).rejects.toThrow('status 503');
  reader.want(20);
  await until('it was tried', () => server.asked.length >= 4);
  expect(reader.at(20)).toBeNull();
  expect(reader.at(0)?.images?.step).toBe(0);
  await expect(reader.refresh()).rejects.toThrow('status 503');
});
