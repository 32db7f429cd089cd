import type * as Y from 'yjs';
import { openRooms, TestPage } from '../support/rooms';
import { report, round } from './report';

/** Edits that are measured, and those that warm the server up before. */
const edits = 1500;
const warmUp = 500;

/** Processor time that a room takes for an edit: checking it, the commit, telling another page. No socket, no model. */
export async function reportEditing(): Promise<void> {
  const server = await openRooms();
  const id = await server.rooms.create();
  const [ada, bob] = [await TestPage.join(server.rooms, id), await TestPage.join(server.rooms, id)];
  // What pages do with the news is not the server's.
  for (const page of [ada, bob]) page.send = () => {};
  const updates: Uint8Array[] = [];
  ada.doc.on('update', (update: Uint8Array) => updates.push(update));
  const values = ada.doc.getMap('recipe').get('autoencoder') as Y.Map<unknown>;
  for (let i = 0; i < warmUp + edits; i++) values.set('learningRate', (1 + (i % 500)) / 100);
  // Nothing of the measuring itself is counted: the updates are there already.
  const send = async (some: readonly Uint8Array[]) => {
    for (const update of some) await sent(ada, update);
  };
  await send(updates.slice(0, warmUp));
  const before = process.cpuUsage();
  await send(updates.slice(warmUp));
  const { user, system } = process.cpuUsage(before);
  await server.close();
  const processorMs = (user + system) / 1000 / edits;
  report({
    bench: 'crowd',
    what: 'edit',
    edits,
    processorMs: round(processorMs, 3),
    limit: 0.7,
    ok: processorMs <= 0.7,
  });
}

/** Beyond the rate it is sent again. */
async function sent(page: TestPage, update: Uint8Array): Promise<void> {
  for (;;)
    try {
      return await page.seat.update(update);
    } catch {
      await new Promise((done) => setTimeout(done, 20));
    }
}
