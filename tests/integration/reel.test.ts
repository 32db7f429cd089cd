import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeFrame } from '@/lib/protocol/frames';
import { decodePack, type ReelIndex, reelIndexSchema } from '@/lib/protocol/reel';
import { setValue } from '@/lib/room/edit';
import { RoomClient } from '../support/client';
import { freePort, startServer, type TestServer } from '../support/server';
import { until } from '../support/until';

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  expect(response.status, address).toBe(200);
  return response;
}

async function indexOf(server: TestServer, playground: string, run: string): Promise<ReelIndex> {
  const address = `${server.url}/api/playgrounds/${playground}/runs/${run}/reel`;
  return reelIndexSchema.parse(await (await fetched(address)).json());
}

/** Every frame that the index names, read and decoded. */
async function stepsOf(server: TestServer, playground: string, run: string, topic: 'images' | 'points') {
  const address = `${server.url}/api/playgrounds/${playground}/runs/${run}/reel/${topic}`;
  const frames = decodePack(new Uint8Array(await (await fetched(address)).arrayBuffer()));
  return frames.map((frame) => {
    const { header, payload } = decodeFrame(frame);
    if (header.kind !== topic) throw new Error(`${topic} expected, got ${header.kind}`);
    const bytes =
      header.kind === 'images'
        ? header.count * header.height * header.width * header.channels
        : 6 * header.count;
    expect(payload.byteLength).toBeGreaterThanOrEqual(bytes);
    expect(header.run).toBe(run);
    return header.step;
  });
}

test('R34 a run leaves a reel from its start to its end, also behind kill -9 and a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'colatent-reel-'));
  const port = await freePort();
  let server = await startServer({ dataDir, port });
  const playground = await server.createPlayground();
  const ada = await RoomClient.join(server.url, playground, 'Ada');
  await ada.edit((doc) => setValue(doc, 'autoencoder', 'epochs', 1000, null));
  await ada.command('train');
  await ada.untilState('training');
  const run = ada.run?.spec.id ?? '';
  let before: ReelIndex = { run, topics: {} };
  await until('some moments', async () => {
    before = await indexOf(server, playground, run);
    return (before.topics.images?.length ?? 0) >= 6 && (before.topics.points?.length ?? 0) >= 2;
  });
  await ada.command('pause');
  await ada.untilState('paused');
  const paused = await indexOf(server, playground, run);
  const step = ada.run?.status.state === 'paused' ? ada.run.status.step : 0;
  expect(paused.topics.images?.[0]?.[0]).toBe(0);
  expect(paused.topics.images?.at(-1)?.[0]).toBe(step);

  await server.stop('SIGKILL');
  ada.close();
  server = await startServer({ dataDir, port });
  // What was announced is there, and every frame of it can be read.
  expect(await indexOf(server, playground, run)).toEqual(paused);
  for (const topic of ['images', 'points'] as const)
    expect(await stepsOf(server, playground, run, topic)).toEqual(
      paused.topics[topic]?.map(([each]) => each),
    );

  const bob = await RoomClient.join(server.url, playground, 'Bob');
  await bob.command('resume');
  await bob.untilState('training');
  await until('a moment more', async () => {
    const { images = [] } = (await indexOf(server, playground, run)).topics;
    return (images.at(-1)?.[0] ?? 0) > step;
  });
  await server.stop('SIGKILL');
  bob.close();
  server = await startServer({ dataDir, port });
  const cleo = await RoomClient.join(server.url, playground, 'Cleo');
  await cleo.untilState('paused');
  const kept = await stepsOf(server, playground, run, 'images');
  expect(kept[0]).toBe(0);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  const resumed = cleo.run?.status.state === 'paused' ? cleo.run.status.step : 0;
  expect(kept.at(-1)).toBeLessThanOrEqual(resumed);

  await cleo.command('stop');
  await cleo.untilState('stopped');
  await cleo.command('train');
  await until('another run', () => cleo.run?.spec.id !== run);
  // Another run followed: this one is an earlier one now, with its reel.
  expect(await stepsOf(server, playground, run, 'images')).toEqual(kept);
  cleo.close();
  await server.close();
  await rm(dataDir, { recursive: true });
});
