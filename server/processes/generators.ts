import { type ChildProcess, fork } from 'node:child_process';
import { type GeneratorInfo, generatorId } from '@/lib/protocol/generator';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { type Sentence, say } from '@/lib/text/sentence';
import { type FromGenerator, fromGeneratorSchema, type ToGenerator } from '@/server/wire/generatorMessages';
import { bareEnvironment } from './bareEnvironment';
import { type GeneratorFile, type Generators, SampleRefused } from './runs/runs';

/** Processes that are kept; of those without a question the one that was opened first goes beyond this. */
const maxProcesses = 2;
/** Milliseconds that a process stays without being asked. */
const idleMs = 60_000;
/** Questions of one process that may wait for their turn; further ones are refused. */
const maxWaiting = 16;
/** Megabytes of JavaScript objects in a process. */
const heapMegabytes = 512;

interface GeneratorsOptions {
  /** The built process, `dist/generator.js`. */
  readonly file: string;
  /** Bytes that a process may hold in memory; beyond, it is ended. */
  readonly memoryBytes: number;
  /** Milliseconds until a process that has no answer is ended: for loading and trying a file, and for a sample. */
  readonly loadMs?: number;
  readonly sampleMs?: number;
}

/** A process that runs one generator, and answers one question after the other. */
class GeneratorProcess {
  /** Fulfils when the process is gone. */
  readonly gone: Promise<void>;
  private readonly child: ChildProcess;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private settle: ((answer: FromGenerator) => void) | null = null;
  /** Why the process ends, once it does. */
  private reason: Sentence | null = null;

  constructor({ file, memoryBytes }: GeneratorsOptions) {
    this.child = fork(file, [String(memoryBytes)], {
      serialization: 'advanced',
      env: bareEnvironment(),
      // What somebody's model makes the runtime print is no news for the operator.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
    });
    this.child.on('message', (raw) => this.receive(raw));
    this.gone = new Promise((resolve) => {
      const ended = (reason: Sentence) => {
        this.end(reason);
        resolve();
      };
      this.child.once('error', () => ended('It could not be started on this server. Try again'));
      this.child.once('exit', () => ended(brokenOff));
    });
  }

  get isBusy(): boolean {
    return this.waiting > 0;
  }

  /** @throws SampleRefused if the process refuses, takes longer than `patienceMs`, or ends. */
  ask(question: ToGenerator, patienceMs: number): Promise<FromGenerator> {
    if (this.waiting >= maxWaiting)
      return Promise.reject(new SampleRefused('Too many samples wait already. Try again in a moment'));
    this.waiting += 1;
    const exchanged = this.last.then(() => this.exchange(question, patienceMs));
    this.last = exchanged.catch(() => undefined);
    return exchanged.finally(() => {
      this.waiting -= 1;
    });
  }

  /** Ends the process at once. */
  end(reason: Sentence): void {
    this.reason ??= reason;
    this.child.kill('SIGKILL');
    this.settle?.({ kind: 'refused', sentence: this.reason });
  }

  private async exchange(question: ToGenerator, patienceMs: number): Promise<FromGenerator> {
    if (this.reason) throw new SampleRefused(this.reason);
    const timer = setTimeout(
      () =>
        this.end(
          say('It took longer than {seconds} s and was ended. Bring a smaller one', {
            seconds: patienceMs / 1000,
          }),
        ),
      patienceMs,
    );
    const answered = await new Promise<FromGenerator>((resolve) => {
      this.settle = resolve;
      this.child.send(question, () => {});
    });
    clearTimeout(timer);
    this.settle = null;
    if (answered.kind === 'refused') throw new SampleRefused(answered.sentence);
    return answered;
  }

  private receive(raw: unknown): void {
    const { data } = fromGeneratorSchema.safeParse(raw);
    if (!data) this.end(brokenOff);
    else if (data.kind === 'exceeded')
      this.end(
        say('It took {size} MB of memory, more than it may, and was ended. Bring a smaller one', {
          size: data.megabytes,
        }),
      );
    else this.settle?.(data);
  }
}

const brokenOff: Sentence = 'It broke off while it ran. Bring a smaller one, or try it where it was made';

interface Opened {
  readonly process: GeneratorProcess;
  readonly info: Promise<GeneratorInfo>;
  timer: NodeJS.Timeout | null;
}

class GeneratorProcesses implements Generators {
  /** By the generator's id, in the order in which they were opened. */
  private readonly opened = new Map<string, Opened>();
  private readonly leaving = new Set<Promise<void>>();

  constructor(private readonly options: GeneratorsOptions) {}

  async check(file: GeneratorFile, model: Uint8Array): Promise<GeneratorInfo> {
    return this.opening(file, async () => model).info;
  }

  async sample(
    file: GeneratorFile,
    load: () => Promise<Uint8Array>,
    request: SampleRequest,
  ): Promise<SampleResult> {
    if (request.kind !== 'images') throw new SampleRefused('A generator only draws pictures');
    const opened = this.opening(file, load);
    const { height, width, channels } = await opened.info;
    const { latents, mixed, fields } = request;
    const question = { kind: 'sample', latents, mixed, fields } as const;
    const drawn = await opened.process.ask(question, this.options.sampleMs ?? 10_000);
    if (drawn.kind !== 'drawn') throw new SampleRefused(brokenOff);
    const pixels = Uint8Array.from(drawn.pixels);
    const count = pixels.length / (height * width * channels);
    return { kind: 'images', step: 0, count, height, width, channels, pixels };
  }

  async close(): Promise<void> {
    for (const id of [...this.opened.keys()]) this.end(id, 'The server closes');
    await Promise.all(this.leaving);
  }

  /** The process of a file, a fresh one if there is none. */
  private opening(file: GeneratorFile, load: () => Promise<Uint8Array>): Opened {
    const id = generatorId(file);
    return this.touch(id, this.opened.get(id) ?? this.open(id, file, load));
  }

  private open(id: string, file: GeneratorFile, load: () => Promise<Uint8Array>): Opened {
    if (this.opened.size >= maxProcesses) {
      const idle = [...this.opened].find(([, { process }]) => !process.isBusy) ?? [...this.opened][0];
      if (idle) this.end(idle[0], 'Others draw with their generators at the moment. Try again');
    }
    const process = new GeneratorProcess(this.options);
    const opened: Opened = { process, info: this.infoOf(process, file, load), timer: null };
    this.opened.set(id, opened);
    const forget = () => this.opened.get(id) === opened && this.end(id, brokenOff);
    opened.info.catch(forget);
    const gone = process.gone.then(forget).then(() => void this.leaving.delete(gone));
    this.leaving.add(gone);
    return opened;
  }

  private async infoOf(
    process: GeneratorProcess,
    { reading }: GeneratorFile,
    load: () => Promise<Uint8Array>,
  ): Promise<GeneratorInfo> {
    const question = { kind: 'load', model: await load(), reading } as const;
    const loaded = await process.ask(question, this.options.loadMs ?? 30_000);
    if (loaded.kind !== 'loaded') throw new SampleRefused(brokenOff);
    return loaded.info;
  }

  private touch(id: string, opened: Opened): Opened {
    if (opened.timer) clearTimeout(opened.timer);
    opened.timer = setTimeout(() => this.end(id, 'The process was idle'), idleMs);
    opened.timer.unref();
    return opened;
  }

  private end(id: string, reason: Sentence): void {
    const opened = this.opened.get(id);
    if (!opened) return;
    this.opened.delete(id);
    if (opened.timer) clearTimeout(opened.timer);
    opened.process.end(reason);
  }
}

/** Somebody's own generators, each in a process of its own that may fail, hang or take too much. */
export function createGenerators(options: GeneratorsOptions): Generators {
  return new GeneratorProcesses(options);
}
