import { type ChildProcess, fork } from 'node:child_process';
import { inEnglish, own, type Sentence, say } from '@/lib/text/sentence';
import { type Basis, type FromWorker, fromWorkerSchema, type ToWorker } from '@/server/wire/messages';
import { ExecutorUnavailable } from './runs';

/** Seconds without a sign of life after which a worker is killed. */
const silenceSeconds = 30;
/** Milliseconds that workers get to write their last checkpoints when the server closes. */
const partingMs = 5_000;

export interface WorkerListener {
  message(message: FromWorker): void;
  /** The process is gone and all its messages have been delivered. */
  ended(reason: Sentence): void;
}

/** One worker process. It belongs to whoever listens. */
export class WorkerProcess {
  /** The number of threads with which TensorFlow has started in this process; it can't be changed. */
  tensorflowThreads: number | undefined;
  /** Fulfils when the process is gone. */
  readonly gone: Promise<void>;
  private readonly child: ChildProcess;
  private listener: WorkerListener | null = null;
  private silence = 0;
  private reason: Sentence | null = null;

  constructor(file: string, stderr: 'inherit' | 'ignore', onGone: (worker: WorkerProcess) => void) {
    this.child = fork(file, [], {
      serialization: 'advanced',
      // Standard output belongs to the server alone.
      stdio: ['ignore', 'ignore', stderr, 'ipc'],
      execArgv: ['--enable-source-maps'],
    });
    this.child.on('message', (raw) => this.receive(raw));
    this.gone = this.ending().then(() => {
      onGone(this);
      const { exitCode, signalCode } = this.child;
      const how = signalCode
        ? say('The worker process was ended by {signal}', { signal: own(signalCode) })
        : say('The worker process exited with status {status}', { status: exitCode ?? 0 });
      this.listener?.ended(this.reason ?? how);
    });
  }

  listen(listener: WorkerListener | null): void {
    this.listener = listener;
  }

  send(message: ToWorker): void {
    // A write to a process that has just died fails; its end is reported by `ended`.
    if (this.child.connected) this.child.send(message, () => {});
  }

  /** Ends the process at once. */
  kill(reason: Sentence | null = null): void {
    this.reason ??= reason;
    this.child.kill('SIGKILL');
  }

  /** Called once a second; counts calls instead of time, so that a suspended machine kills nothing. */
  tick(): void {
    this.silence += 1;
    if (this.silence > silenceSeconds)
      this.kill(say('The worker process gave no sign of life for {seconds} s', { seconds: silenceSeconds }));
  }

  private receive(raw: unknown): void {
    this.silence = 0;
    const message = fromWorkerSchema.safeParse(raw);
    if (message.success) this.listener?.message(message.data);
    else {
      const reason = own(message.error.issues[0]?.message ?? '');
      this.kill(say('The worker process sent a malformed message: {reason}', { reason }));
    }
  }

  /** Messages may still arrive after `exit`, none after `disconnect`; a process that never started has neither. */
  private async ending(): Promise<void> {
    const { child } = this;
    const exit = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    const disconnect = new Promise<void>((resolve) => {
      child.once('disconnect', () => resolve());
    });
    const failed = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        this.reason ??= say('The worker process could not be started: {reason}', {
          reason: own(error.message),
        });
        if (child.pid === undefined) resolve();
      });
    });
    await Promise.race([failed, Promise.all([exit, disconnect])]);
  }
}

type Placement = Pick<Basis, 'executor' | 'threads'>;

/** Worker processes, and one warm spare so that a start needs no launch. Every process trains one run. */
export class Pool {
  private readonly workers = new Set<WorkerProcess>();
  private spare: WorkerProcess | null = null;
  private closed = false;
  private readonly clock = setInterval(() => {
    for (const worker of this.workers) worker.tick();
  }, 1000);

  constructor(private readonly workerFile: string) {
    this.clock.unref();
    this.warm();
  }

  /** A process for a run: the spare one, or a new one. */
  take(placement: Placement): WorkerProcess {
    this.discardUnfit(placement);
    const worker = this.spare ?? this.launch();
    this.spare = null;
    return worker;
  }

  /** Launches a spare if there is none. */
  warm(): void {
    if (!this.closed) this.spare ??= this.launch();
  }

  /** Has the spare compile what may soon be trained. */
  prepare(message: Extract<ToWorker, { kind: 'expect' }>): void {
    this.discardUnfit(message);
    this.warm();
    this.spare?.send(message);
    if (this.spare && message.executor === 'tensorflow') this.spare.tensorflowThreads = message.threads;
  }

  /** Ends a spare whose TensorFlow has another number of threads. */
  private discardUnfit({ executor, threads }: Placement): void {
    const had = this.spare?.tensorflowThreads;
    if (executor !== 'tensorflow' || had === undefined || had === threads) return;
    this.spare?.kill();
    this.spare = null;
  }

  /** Waits a moment for processes to end by themselves, then ends all of them. */
  async close(): Promise<void> {
    this.closed = true;
    this.spare?.kill();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, partingMs);
    });
    const gone = () => Promise.all([...this.workers].map((worker) => worker.gone));
    await Promise.race([gone(), patience]);
    clearTimeout(timer);
    for (const worker of this.workers) worker.kill();
    await gone();
    clearInterval(this.clock);
  }

  /** A new process; `ignore` hides what it and its libraries print. */
  launch(stderr: 'inherit' | 'ignore' = 'inherit'): WorkerProcess {
    const worker = new WorkerProcess(this.workerFile, stderr, (gone) => {
      this.workers.delete(gone);
      if (this.spare === gone) this.spare = null;
    });
    this.workers.add(worker);
    return worker;
  }
}

/** What a probing process found; it ends with its answer. @throws ExecutorUnavailable if it ended without. */
export function probedBy(worker: WorkerProcess): Promise<Extract<FromWorker, { kind: 'probed' }>> {
  return new Promise((resolve, reject) => {
    worker.listen({
      message: (message) => {
        if (message.kind !== 'probed') return;
        resolve(message);
        worker.kill();
      },
      ended: (reason) =>
        reject(new ExecutorUnavailable(`The executor could not be tried: ${inEnglish(reason)}`)),
    });
  });
}
