import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setModel, setValue } from '@/lib/room/edit';
import { RoomClient } from '../support/client';
import { startServer } from '../support/server';
import { reportEditing } from './editing';
import { report, round } from './report';

/** 200 people: 197 who move ten times a second, one who looks, one who edits, one who trains. In processes of their own. */
const people = { movers: [50, 50, 49, 48], observer: [1], editor: [1] } as const;
/** Milliseconds that are measured, and that pass before. */
const measuredMs = 15_000;
const warmUpMs = 4000;

const limits = { editP50: 10, editP95: 60, editP95Training: 120, seenP95: 120, cores: 0.6 } as const;

/** What `tests/bench.mjs` has made of crowdClients.ts. */
const program = fileURLToPath(new URL('../../dist/bench/crowdClients.mjs', import.meta.url));

interface Told {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
}

/** Seconds of processor time that a process has taken, by Linux; `null` elsewhere. */
function processorSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // In ticks of 10 ms: user and system.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

async function crowd(url: string, playground: string): Promise<Record<keyof typeof people, ChildProcess[]>> {
  const start = async (role: string, count: number) => {
    const CROWD = [role, url, playground, count].join(' ');
    const child = fork(program, [], { env: { ...process.env, CROWD } });
    const ended = once(child, 'exit').then(() =>
      Promise.reject(new Error(`The ${role} ended before they joined`)),
    );
    await Promise.race([once(child, 'message'), ended]);
    return child;
  };
  const children = { movers: [], observer: [], editor: [] } as Record<keyof typeof people, ChildProcess[]>;
  for (const role of Object.keys(people) as (keyof typeof people)[])
    for (const count of people[role]) children[role].push(await start(role, count));
  return children;
}

async function told(child: ChildProcess): Promise<Told | null> {
  child.send('tell');
  const [answer] = (await once(child, 'message')) as [Told | null];
  return answer;
}

await reportEditing();

const server = await startServer();
const playground = await server.createPlayground();
const host = await RoomClient.join(server.url, playground, 'Host');
const children = await crowd(server.url, playground);

for (const isTraining of [false, true]) {
  if (isTraining) {
    await host.edit((doc) => {
      setModel(doc, 'gan', null);
      setValue(doc, 'gan', 'epochs', 1000, null);
    });
    await host.command('train');
    await host.untilState('training');
  }
  await sleep(warmUpMs);
  for (const child of Object.values(children).flat()) child.send('measure');
  const before = processorSeconds(server.pid);
  const began = performance.now();
  await sleep(measuredMs);
  const after = processorSeconds(server.pid);
  const seconds = (performance.now() - began) / 1000;
  const [edit, seen] = [
    await told(children.editor[0] as ChildProcess),
    await told(children.observer[0] as ChildProcess),
  ];
  const cores = before === null || after === null ? null : round((after - before) / seconds, 2);
  const editP95 = isTraining ? limits.editP95Training : limits.editP95;
  report({
    bench: 'crowd',
    what: isTraining ? '200 people, a GAN training' : '200 people',
    edits: edit,
    seen,
    cores,
    limits,
    ok:
      edit !== null &&
      seen !== null &&
      edit.p95 <= editP95 &&
      seen.p95 <= limits.seenP95 &&
      (isTraining || (edit.p50 <= limits.editP50 && (cores ?? 0) <= limits.cores)),
  });
}

for (const child of Object.values(children).flat()) child.disconnect();
host.close();
await server.close();
