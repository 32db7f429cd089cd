import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { limits } from '@/lib/protocol/limits';
import { own, type Sentence, say } from '@/lib/text/sentence';
import { type FromReader, fromReaderSchema, type ToReader } from '@/server/wire/readerMessages';
import { bareEnvironment } from './bareEnvironment';
import { type ReadUpload, type Received, type UploadReaders, UploadRefused } from './runs/runs';
import { Turns } from './runs/turns';

/** Megabytes of JavaScript objects in a process. */
const heapMegabytes = 768;
/** Uploads read at once, each in a process of its own, and of one address or playground. */
const mostRead = { all: 4, ofParty: 2 };
/** A sender of fewer bytes in so many milliseconds is let go. */
const slowest = { bytes: 20_000, ms: 20_000 };

interface ReadersOptions {
  /** The built process, `dist/reader.js`. */
  readonly file: string;
  /** Folder for what is being read; emptied when it is opened. */
  readonly folder: string;
  /** Bytes that a process may hold in memory; beyond, it is ended. */
  readonly memoryBytes?: number;
  /** Milliseconds until a process that hasn't read everything is ended. */
  readonly readMs?: number;
  /** Fewer bytes in so many milliseconds are too slow. */
  readonly slowest?: { readonly bytes: number; readonly ms: number };
}

type Progress = (done: number, total: number) => void;

const malformed = (sentence: Sentence) => new UploadRefused('malformed', sentence);

type Incoming = Parameters<UploadReaders['receive']>[0];

/** The body's bytes; `came` is called with the number of each portion. @throws UploadRefused beyond the limit. */
async function* limited({ name, body }: Incoming, came: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    came(bytes.length);
    if (size > limits.ownArchiveBytes)
      throw new UploadRefused(
        'too-large',
        say('{name} has more than {size} MB', { name: own(name), size: limits.ownArchiveBytes / 2 ** 20 }),
      );
    yield bytes;
  }
}

class ProcessReaders implements UploadReaders {
  private readonly processes = new Set<ChildProcess>();
  private readonly leaving = new Set<Promise<unknown>>();
  private folder: Promise<string> | null = null;
  private readonly turns = new Turns(mostRead.all, mostRead.ofParty);
  private isClosed = false;

  constructor(private readonly options: ReadersOptions) {}

  async receive(upload: Incoming): Promise<Received> {
    const file = join(await this.emptyFolder(), randomUUID());
    const content = `${file}.read`;
    const discard = () =>
      Promise.all([file, content].map((each) => rm(each, { force: true }))).then(() => {});
    try {
      await this.write(upload, file);
    } catch (error) {
      await discard();
      throw error;
    }
    let kept: Omit<ReadUpload, 'content'> | null = null;
    return {
      read: async (form, signal, progress) => {
        const end = await this.turns.take(upload.parties, signal);
        return this.process({ file, name: upload.name, form }, signal, progress).finally(end);
      },
      keep: async ({ content: bytes, ...rest }) => {
        await writeFile(content, bytes);
        kept = rest;
      },
      kept: async () => {
        if (!kept) throw new Error('What was read of an upload is kept before it is asked for');
        return { ...kept, content: await readFile(content) };
      },
      discard,
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const child of this.processes) child.kill('SIGKILL');
    await Promise.all(this.leaving);
  }

  /** Deletes what a killed server has left there. */
  private emptyFolder(): Promise<string> {
    const { folder } = this.options;
    this.folder ??= rm(folder, { recursive: true, force: true })
      .then(() => mkdir(folder, { recursive: true }))
      .then(() => folder);
    return this.folder;
  }

  private async write(upload: Incoming, file: string): Promise<void> {
    const { bytes, ms } = this.options.slowest ?? slowest;
    const slow = new AbortController();
    let lately = 0;
    const watch = setInterval(() => {
      if (lately < bytes) slow.abort();
      lately = 0;
    }, ms);
    const came = limited(upload, (length) => {
      lately += length;
    });
    try {
      await pipeline(came, createWriteStream(file), {
        signal: AbortSignal.any([upload.signal, slow.signal]),
      });
    } catch (error) {
      if (error instanceof UploadRefused) throw error;
      const name = own(upload.name);
      if (slow.signal.aborted)
        throw malformed(
          say('{name} came too slowly: less than {rate} kB a second. Try again', { name, rate: bytes / ms }),
        );
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        throw new UploadRefused('too-large', say('The server has no room left for {name}', { name }));
      throw malformed(say('{name} did not arrive whole. Try again', { name }));
    } finally {
      clearInterval(watch);
    }
  }

  private async process(question: ToReader, signal: AbortSignal, progress: Progress): Promise<ReadUpload> {
    const { name } = question;
    if (this.isClosed) throw malformed('The server closes');
    signal.throwIfAborted();
    const { memoryBytes = 1536 * 2 ** 20, readMs = 300_000 } = this.options;
    const child = fork(this.options.file, [String(memoryBytes)], {
      serialization: 'advanced',
      env: bareEnvironment(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
    });
    this.processes.add(child);
    const gone = new Promise((resolve) => child.once('close', resolve)).then(() => {
      this.processes.delete(child);
      this.leaving.delete(gone);
    });
    this.leaving.add(gone);
    const timer = AbortSignal.timeout(readMs);
    try {
      return await answerOf(child, question, AbortSignal.any([signal, timer]), progress);
    } catch (error) {
      if (timer.aborted && !(error instanceof UploadRefused))
        throw malformed(
          say('{name} took longer than {seconds} s to read. Bring fewer or smaller files', {
            name: own(name),
            seconds: readMs / 1000,
          }),
        );
      throw error;
    } finally {
      child.kill('SIGKILL');
    }
  }
}

/** @throws UploadRefused, or the signal's reason. */
function answerOf(
  child: ChildProcess,
  question: ToReader,
  signal: AbortSignal,
  progress: Progress,
): Promise<ReadUpload> {
  const name = own(question.name);
  return new Promise((resolve, reject) => {
    const refuse = (sentence: Sentence) => reject(malformed(sentence));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    child.once('error', ({ message }) =>
      refuse(say('No process could be started to read {name}: {reason}', { name, reason: own(message) })),
    );
    child.once('exit', () =>
      refuse(say('The process that read {name} broke off: it may need too much memory', { name })),
    );
    child.on('message', (raw) => {
      const message: FromReader | undefined = fromReaderSchema.safeParse(raw).data;
      switch (message?.kind) {
        case 'progress':
          return progress(message.done, message.total);
        case 'read':
          return resolve(message);
        case 'refused':
          return refuse(message.sentence);
        case 'exceeded':
          return refuse(
            say('{name} took {size} MB of memory to read, more than it may', {
              name,
              size: message.megabytes,
            }),
          );
        case undefined:
          return refuse(say('The process that read {name} sent a malformed message', { name }));
      }
    });
    child.send(question, () => {});
  });
}

export function createReaders(options: ReadersOptions): UploadReaders {
  return new ProcessReaders(options);
}
