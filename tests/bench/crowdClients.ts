import { setTimeout as sleep } from 'node:timers/promises';
import { setValue } from '@/lib/room/edit';
import { RoomClient } from '../support/client';
import { quantile, round } from './report';

/** People of the benchmark `crowd` in a process of their own. `tell` asks them for what they have seen since `measure`. */
const [role, url = '', playground = '', count = '1'] = (process.env.CROWD ?? '').split(' ');

/** Milliseconds between two moves, and between two edits. */
const moveMs = 100;
const editMs = 100;

/** By one clock for all processes. */
const now = () => performance.timeOrigin + performance.now();

const clients: RoomClient[] = [];
// One after the other: on a busy machine connections that all begin at once time out.
for (let i = 0; i < Number(count); i++) clients.push(await RoomClient.join(url, playground, `${role} ${i}`));
let latencies: number[] = [];
let isOver = false;

const [first] = clients;
if (!first) throw new Error('At least one client is needed');

if (role === 'movers')
  for (const [i, client] of clients.entries()) {
    // Those who only move would otherwise read what 200 others do, on the same processors.
    client.ignore('presence');
    setTimeout(
      () => {
        const move = () => client.place({ kind: 'plane', anchor: 'crowd', x: now(), y: 0 });
        setInterval(move, moveMs);
      },
      (i / clients.length) * moveMs,
    );
  }

if (role === 'observer')
  first.onPresence((peers) => {
    for (const { place } of peers) if (place?.kind === 'plane') latencies.push(now() - place.x);
  });

async function keepEditing(client: RoomClient): Promise<void> {
  for (let i = 0; !isOver; i++) {
    const began = performance.now();
    await client.edit((doc) => setValue(doc, 'autoencoder', 'seed', i, null));
    latencies.push(performance.now() - began);
    await sleep(editMs);
  }
}

if (role === 'editor') void keepEditing(first);

process.on('message', (message) => {
  if (message === 'measure') latencies = [];
  if (message !== 'tell') return;
  const told = latencies.length === 0 ? null : { count: latencies.length, p50: at(0.5), p95: at(0.95) };
  process.send?.(told);
});
process.on('disconnect', () => {
  isOver = true;
  for (const client of clients) client.close();
  process.exit(0);
});
process.send?.('ready');

function at(share: number): number {
  return round(quantile(latencies, share), 1);
}
