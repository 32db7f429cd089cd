import { createInterface } from 'node:readline';
import { executorIds } from '@/server/engine/program';
import { chosenCases, recipeOf } from '../cases';
import { BareLoop } from '../loop';
import { options } from '../report';

/**
 * One executor's training in a process of its own, as every run has one, that talks with the benchmark like the
 * Python peers do: what comes first in a process decides how many threads TensorFlow has there.
 */
const roundMs = 1500;

const found = chosenCases().find(({ variant }) => variant === options.variant);
const executor = executorIds.find((id) => id === options.executor);
if (!found || !executor) throw new RangeError(`Unknown: ${options.variant} on ${options.executor}`);
const loop = await BareLoop.create(executor, recipeOf(found, Number(options.batch)));
/** Trained until the chunks have their size. */
let stepMs = Number.NaN;
for (const end = performance.now() + roundMs; performance.now() < end; ) stepMs = await loop.train(1);
const steps = Math.ceil(roundMs / stepMs);
console.log(JSON.stringify({ version: process.version }));
for await (const _ of createInterface({ input: process.stdin }))
  console.log(JSON.stringify({ stepMs: await loop.train(steps) }));
await loop.close();
