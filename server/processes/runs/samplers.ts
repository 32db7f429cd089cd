import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { type Sentence, say } from '@/lib/text/sentence';
import type { FromWorker, ToWorker } from '@/server/wire/messages';
import type { WorkerProcess } from './pool';
import { type Projecting, type RunFrame, SampleRefused } from './runs';

/** A worker's frame, as a room takes it. */
export function shownIn({ frame, step, bytes, blob }: Extract<FromWorker, { kind: 'frame' }>): RunFrame {
  return { kind: frame, step, bytes, blob };
}

/** Milliseconds until an unanswered sample counts as failed. */
const patienceMs = 30_000;
/** Samples of one process that may wait for their answers; further ones are refused. */
const maxWaiting = 64;

interface Waiting {
  resolve(result: SampleResult | Uint8Array): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** The samples and files that one process has been asked for. */
export class Questions {
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  constructor(private readonly worker: WorkerProcess) {}

  get areOpen(): boolean {
    return this.waiting.size > 0;
  }

  /** @throws SampleRefused */
  async sample(request: SampleRequest): Promise<SampleResult> {
    return (await this.ask((id) => ({ kind: 'sample', id, request }))) as SampleResult;
  }

  /** @throws SampleRefused */
  async export(name: string): Promise<Uint8Array> {
    return (await this.ask((id) => ({ kind: 'export', id, name }))) as Uint8Array;
  }

  private ask(question: (id: number) => ToWorker): Promise<SampleResult | Uint8Array> {
    if (this.waiting.size >= maxWaiting)
      return Promise.reject(new SampleRefused('Too many samples wait already. Try again in a moment'));
    const id = this.asked;
    this.asked += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(
          new SampleRefused(
            say('No sample came within {seconds} s. Try a smaller one', { seconds: patienceMs / 1000 }),
          ),
        );
      }, patienceMs);
      timer.unref();
      this.waiting.set(id, { resolve, reject, timer });
      this.worker.send(question(id));
    });
  }

  answered({ id, result, refusal }: Extract<FromWorker, { kind: 'sampled' | 'exported' }>): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    if (result) waiting.resolve(result);
    else waiting.reject(new SampleRefused(refusal ?? 'The server could not do this. Try again'));
  }

  /** Refuses all open questions and further ones. */
  close(reason: Sentence): void {
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(new SampleRefused(reason));
    }
    this.waiting.clear();
  }
}

/** Processes that only answer samples of trained weights; one that has been kept the longest goes beyond this. */
const maxSamplers = 2;
/** Milliseconds that such a process stays without being asked. */
const idleMs = 60_000;

interface Sampler {
  readonly worker: WorkerProcess;
  readonly questions: Questions;
  timer: NodeJS.Timeout | null;
  /** Receives the process's frames. */
  frame: Projecting['frame'];
}

/** Processes for the samples of runs that no training process holds, by what they serve. */
export class Samplers {
  private readonly samplers = new Map<string, Sampler>();

  /** @param launch makes a process that serves `key` and starts it. */
  questions(key: string, launch: () => WorkerProcess): Questions {
    const sampler = this.samplers.get(key) ?? this.open(key, launch());
    this.countDown(key, sampler);
    return sampler.questions;
  }

  /** Sends new projection settings to the process that serves a run; its frames go to `frame`. */
  project(key: string, launch: () => WorkerProcess, { settings, shown, frame }: Projecting): void {
    const sampler = this.samplers.get(key) ?? this.open(key, launch());
    this.countDown(key, sampler);
    sampler.frame = frame;
    sampler.worker.send({ kind: 'projection', settings, shown });
  }

  /** Ends the process that serves a run's earlier weights, since the run goes on. */
  release(run: string): void {
    for (const key of [...this.samplers.keys()])
      if (key.startsWith(`${run} `)) this.end(key, 'The run goes on. Try again');
  }

  close(): void {
    for (const key of [...this.samplers.keys()]) this.end(key, 'The server closes');
  }

  private open(key: string, worker: WorkerProcess): Sampler {
    const oldest = this.samplers.keys().next();
    if (this.samplers.size >= maxSamplers && !oldest.done)
      this.end(oldest.value, 'Others asked for samples. Try again');
    const sampler: Sampler = { worker, questions: new Questions(worker), timer: null, frame: () => {} };
    worker.listen({
      message: (message) => {
        if (message.kind === 'sampled' || message.kind === 'exported') sampler.questions.answered(message);
        if (message.kind === 'frame') sampler.frame(shownIn(message));
        if (message.kind === 'status' && message.status.state === 'failed')
          this.end(key, message.status.failure.message);
      },
      ended: (reason) => this.end(key, reason),
    });
    this.samplers.set(key, sampler);
    return sampler;
  }

  private countDown(key: string, sampler: Sampler): void {
    if (sampler.timer) clearTimeout(sampler.timer);
    sampler.timer = setTimeout(() => this.end(key, 'The process was idle'), idleMs);
    sampler.timer.unref();
  }

  private end(key: string, reason: Sentence): void {
    const sampler = this.samplers.get(key);
    if (!sampler) return;
    this.samplers.delete(key);
    if (sampler.timer) clearTimeout(sampler.timer);
    sampler.worker.listen(null);
    sampler.worker.kill();
    sampler.questions.close(reason);
  }
}
