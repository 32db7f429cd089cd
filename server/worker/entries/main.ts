import { constants, setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type FromWorker, heartbeatMs, type StartMessage, toWorkerSchema } from '@/server/wire/messages';
import { Expected } from '../prepare/expected';
import { probe } from '../prepare/probe';
import { Training } from '../training/training';

/** Messages handed to the channel and not yet written; the training waits while there are more. */
const maxUnsent = 32;
let unsent = 0;
let sent: () => void = () => {};

function send(message: FromWorker): void {
  if (!process.send) throw new Error('A worker must be forked by the server: it needs an IPC channel');
  unsent += 1;
  process.send(message, undefined, undefined, () => {
    unsent -= 1;
    sent();
  });
}

async function flushed(most: number): Promise<void> {
  while (unsent > most)
    await new Promise<void>((resolve) => {
      sent = resolve;
    });
}

async function turn(): Promise<void> {
  await setImmediate();
  await flushed(maxUnsent);
}

let expected: Expected | null = null;
let training: Training | null = null;

async function start(message: StartMessage): Promise<void> {
  training = new Training(message, { send, turn }, expected);
  await training.run();
  await flushed(0);
  process.disconnect();
}

process.on('message', (raw) => {
  const message = toWorkerSchema.parse(raw);
  switch (message.kind) {
    case 'expect':
      if (!expected?.isFor(message)) expected = new Expected(message, expected);
      return;
    case 'start':
      return void start(message);
    case 'probe':
      setPriority(constants.priority.PRIORITY_LOW);
      return void probe(message).then((result) => send({ kind: 'probed', ...result }));
    default:
      training?.receive(message);
  }
});
// Without its server a worker has nothing to live for; this holds after a kill -9 of the server too.
process.on('disconnect', () => process.exit());
// The server may have died while this file's imports were loading, before anyone listened.
if (!process.connected) process.exit();
// Ctrl+C reaches the whole process group; the server ends its workers itself, after their checkpoints.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

setInterval(() => send({ kind: 'heartbeat' }), heartbeatMs);
send({ kind: 'ready' });
