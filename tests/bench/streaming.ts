import { setTimeout as sleep } from 'node:timers/promises';
import { setDataset, setValue } from '@/lib/room/edit';
import { RoomClient } from '../support/client';
import { startServer } from '../support/server';
import { BareLoop, notebook } from './loop';
import { dataFolder, median, report, round } from './report';

/** Clients that take every frame, and the share of its speed that training keeps at least. */
const clients = 20;
const leastSpeed = 0.8;
const rounds = 5;
/** Milliseconds that a streamed round is measured, and that the run warms up before it. */
const measuredMs = 6000;
const warmUpMs = 1500;
const bareSteps = 4000;

/** Counts what reaches one client. */
class Audience {
  step = 0;
  frames = 0;
  bytes = 0;
  largest = 0;

  constructor(client: RoomClient) {
    client.onFrame(({ header, payload }) => {
      this.frames += 1;
      this.bytes += payload.byteLength;
      this.largest = Math.max(this.largest, payload.byteLength);
      if (header.kind === 'metrics') this.step = header.firstStep + header.count - 1;
    });
  }
}

/** Milliseconds a training step while everyone watches, seen from the first client. */
async function streamedRound(host: RoomClient, watch: Audience): Promise<number> {
  await host.command('resume');
  await host.untilState('training');
  await sleep(warmUpMs);
  const [step, began] = [watch.step, performance.now()];
  await sleep(measuredMs);
  const stepMs = (performance.now() - began) / (watch.step - step);
  await host.command('pause');
  await host.untilState('paused');
  return stepMs;
}

const server = await startServer({ env: { COLATENT_DATASETS: dataFolder() } });
const playground = await server.createPlayground();
const joins = Array.from({ length: clients }, (_, i) =>
  RoomClient.join(server.url, playground, `Watcher ${i}`),
);
const watchers = await Promise.all(joins);
const audiences = watchers.map((watcher) => new Audience(watcher));
const [host] = watchers;
const [watch] = audiences;
if (!host || !watch) throw new Error('The benchmark needs at least one client');
await host.edit((doc) => {
  setDataset(doc, notebook.model, notebook.dataset, null);
  setValue(doc, notebook.model, 'validationShare', notebook.values.validationShare, null);
  setValue(doc, notebook.model, 'epochs', 1000, null);
});
await host.command('train');
await host.untilState('training');
await host.command('pause');
await host.untilState('paused');

const bare = await BareLoop.create('onnx-cpu', notebook);
await bare.train(bareSteps);
const times = { bare: [] as number[], streamed: [] as number[] };
for (let i = 0; i < rounds; i++) {
  times.bare.push(await bare.train(bareSteps));
  times.streamed.push(await streamedRound(host, watch));
}
const counts = audiences.map(({ frames, bytes, largest }) => ({ frames, bytes, largest }));
await bare.close();
for (const watcher of watchers) watcher.close();
await server.close();

const [bareMs, streamedMs] = [median(times.bare), median(times.streamed)];
report({
  bench: 'streaming',
  model: notebook.model,
  executor: 'onnx-cpu',
  batch: notebook.values.batchSize,
  clients,
  bareStepMs: round(bareMs, 4),
  streamedStepMs: round(streamedMs, 4),
  speed: round(bareMs / streamedMs),
  limit: leastSpeed,
  ok: bareMs / streamedMs >= leastSpeed,
  framesEach: median(counts.map(({ frames }) => frames)),
  megabytesEach: round(median(counts.map(({ bytes }) => bytes)) / 1e6, 2),
  largestFrameBytes: Math.max(...counts.map(({ largest }) => largest)),
});
