import { own, say } from '@/lib/text/sentence';
import { DataProblem } from '@/server/datasets/own/problem';
import { readUpload } from '@/server/datasets/own/read';
import { type FromReader, toReaderSchema } from '@/server/wire/readerMessages';

/**
 * The process that reads one upload: what somebody packed may take all the time and memory that it wants. Unpacking
 * and decoding have threads of their own, so this one stays awake and tells when the process holds too much.
 */

/** Milliseconds between two looks at the memory, and between two reports of progress. */
const watchMs = 50;
const progressMs = 100;

const send = (message: FromReader) => process.send?.(message);

function watch(mostBytes: number): void {
  const timer = setInterval(() => {
    const bytes = process.memoryUsage.rss();
    if (bytes < mostBytes) return;
    clearInterval(timer);
    send({ kind: 'exceeded', megabytes: Math.round(bytes / 2 ** 20) });
  }, watchMs);
}

/** Passes on the first report, the last, and one every `progressMs`. */
function throttled(): (done: number, total: number) => void {
  let next = 0;
  return (done, total) => {
    const now = performance.now();
    if (now < next && done < total) return;
    next = now + progressMs;
    send({ kind: 'progress', done, total });
  };
}

async function answer(raw: unknown): Promise<void> {
  const { file, name, form } = toReaderSchema.parse(raw);
  try {
    send({ kind: 'read', ...(await readUpload(file, name, form, throttled())) });
  } catch (error) {
    const sentence =
      error instanceof DataProblem
        ? error.sentence
        : say("{name} can't be read ({reason})", { name: own(name), reason: own((error as Error).message) });
    send({ kind: 'refused', sentence });
  }
}

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
if (!process.connected) process.exit();
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('message', answer);
watch(Number(process.argv[2]));
