import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { RandomStream } from '@/lib/random';
import { setValue } from '@/lib/room/edit';
import { readDocument } from '@/lib/room/roots';
import { RoomClient } from '../support/client';
import { freePort, startServer } from '../support/server';

const seed = 4711;
const kills = 4;
/** Each writer has a control of its own and counts upwards in it. */
const controls = ['seed', 'epochs', 'codingSize', 'batchSize'] as const;
const lowest = 2;
const highest = 256;

interface Writer {
  readonly client: RoomClient;
  readonly control: (typeof controls)[number];
  sent: number;
  acknowledged: number;
}

/** Writes until the server dies; its last edit is never answered then. */
async function write(writer: Writer): Promise<void> {
  while (writer.sent < highest) {
    writer.sent += 1;
    await writer.client.edit((doc) => setValue(doc, 'autoencoder', writer.control, writer.sent, null));
    writer.acknowledged = writer.sent;
  }
}

test(`kill -9 while ${controls.length} people write: no acknowledged edit is lost (seed ${seed})`, async () => {
  const random = new RandomStream(seed, 'kill');
  const dataDir = await mkdtemp(join(tmpdir(), 'colatent-kill-'));
  const port = await freePort();
  let server = await startServer({ dataDir, port });
  const id = await server.createPlayground();
  let total = 0;
  for (let round = 0; round < kills; round++) {
    const writers = await Promise.all(
      controls.map(async (control): Promise<Writer> => {
        const client = await RoomClient.join(server.url, id, control);
        return { client, control, sent: lowest - 1, acknowledged: lowest - 1 };
      }),
    );
    for (const writer of writers) void write(writer);
    while (writers.some((writer) => writer.acknowledged < lowest + 5)) await sleep(5);
    await sleep(random.uniform(0, 150));
    await server.stop('SIGKILL');
    server = await startServer({ dataDir, port });
    const after = await RoomClient.join(server.url, id, 'Witness');
    const clocks = Y.decodeStateVector(new Uint8Array(after.joined.stateVector));
    const values = readDocument(after.doc).recipe.values as AutoencoderValues;
    for (const { client, control, sent, acknowledged } of writers) {
      expect(values[control]).toBeGreaterThanOrEqual(acknowledged);
      expect(values[control]).toBeLessThanOrEqual(sent);
      expect(clocks.get(client.joined.you.client) ?? 0).toBeGreaterThanOrEqual(acknowledged - lowest + 1);
      total += acknowledged - lowest + 1;
      client.close();
    }
    after.close();
  }
  await server.close();
  await rm(dataDir, { recursive: true });
  expect(total).toBeGreaterThan(kills * controls.length * 5);
});
