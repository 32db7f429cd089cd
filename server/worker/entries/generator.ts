import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { GeneratorInfo } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { say, sentenceOf } from '@/lib/text/sentence';
import { type Drawing, ImportedGenerator } from '@/server/engine/onnx/imported';
import { type FromGenerator, type ToGenerator, toGeneratorSchema } from '@/server/wire/generatorMessages';
import { matrixOf, SampleError } from '../training/task';

/**
 * The process of somebody's own generator. One thread runs the model, which may take all the time and memory that
 * it wants; the other one stays awake and tells the server when the process holds more than its argument says.
 */

/** Milliseconds between two looks at the memory. */
const watchMs = 50;
/** Milliseconds that the server has to end a process that holds too much, before it ends itself. */
const mercyMs = 2_000;
/** Megabytes of JavaScript objects, such as a parsed file. */
const heapMegabytes = 512;

let generator: ImportedGenerator | null = null;

async function answer(question: ToGenerator): Promise<FromGenerator> {
  switch (question.kind) {
    case 'load':
      generator = await ImportedGenerator.load(question.model, question.reading);
      return { kind: 'loaded', info: generator.info };
    case 'sample': {
      if (!generator) throw new SampleError('No generator is loaded');
      return { kind: 'drawn', pixels: await generator.sample(drawingOf(generator.info, question)) };
    }
  }
}

/** @throws SampleError if it doesn't fit the generator. */
function drawingOf(
  info: GeneratorInfo,
  { latents, mixed, fields }: Extract<ToGenerator, { kind: 'sample' }>,
): Drawing {
  const { latentSize, height, width, channels, layers } = info;
  const { values, count } = matrixOf(latents, latentSize, limits.sampleImages);
  const most = Math.floor(limits.sampleBytes / (height * width * channels));
  if (count > most)
    throw new SampleError(
      say('At most {most} images of this size at once, {count} were asked for', { most, count }),
    );
  if (!mixed) return { latents: values, fields };
  if (layers === 0) throw new SampleError('This generator does not blend styles');
  const others = matrixOf(mixed.others, latentSize, count, 'Other latents');
  const shares = matrixOf(mixed.shares, layers, count, 'Shares');
  if (others.count !== count || shares.count !== count)
    throw new SampleError(say('Expected {count} rows of other latents and of shares', { count }));
  return { latents: values, mixed: { others: others.values, shares: shares.values }, fields };
}

function run(port: NonNullable<typeof parentPort>): void {
  port.on('message', (question: ToGenerator) => {
    answer(question).then(
      (message) => port.postMessage(message),
      (error: unknown) =>
        port.postMessage({ kind: 'refused', sentence: sentenceOf(error) } satisfies FromGenerator),
    );
  });
}

function supervise(): void {
  const mostBytes = Number(process.argv[2]);
  const send = (message: FromGenerator) => process.send?.(message);
  const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes };
  const thread = new Worker(fileURLToPath(import.meta.url), { resourceLimits });
  thread.on('message', send);
  thread.on('error', (error) => send({ kind: 'refused', sentence: sentenceOf(error) }));
  process.on('message', (raw) => thread.postMessage(toGeneratorSchema.parse(raw)));
  const watch = setInterval(() => {
    const bytes = process.memoryUsage.rss();
    if (bytes < mostBytes) return;
    clearInterval(watch);
    send({ kind: 'exceeded', megabytes: Math.round(bytes / 2 ** 20) });
    // The model's thread may be deep in native code, where nothing else ends it.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), mercyMs);
  }, watchMs);
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  if (!process.connected) process.exit();
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
}

if (isMainThread) supervise();
else if (parentPort) run(parentPort);
