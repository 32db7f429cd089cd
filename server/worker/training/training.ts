import type { Network, Progress, RunStatus } from '@/lib/runs/status';
import { sentenceOf } from '@/lib/text/sentence';
import type { FromWorker, StartMessage, ToWorker } from '@/server/wire/messages';
import type { Expected } from '../prepare/expected';
import { type Prepared, prepare } from '../prepare/prepare';
import { failureOf, NotFiniteError } from './failure';
import { Outbox, type Port } from './outbox';
import { Trainer } from './trainer';

/** What the loop does next. Messages change it between two chunks. */
type Mode = 'train' | 'step' | 'hold' | 'serve' | 'stop' | 'park';

type Asked = Extract<ToWorker, { kind: 'sample' | 'export' }>;

/** One run from its start message to its end. */
export class Training {
  private mode: Mode;
  /** Steps to take in mode `step`, each with one network alone or with all. */
  private steps: (Network | undefined)[];
  private live: Record<string, number>;
  /** Samples and files that nobody has answered yet, in the order in which they came. */
  private asked: Asked[] = [];
  private trainer: Trainer | null = null;
  /** New settings of the projection since the last turn. */
  private projection: Extract<ToWorker, { kind: 'projection' }> | null = null;
  /** Ends the wait of a held run. */
  private wake: () => void = () => {};
  private readonly outbox: Outbox;

  constructor(
    private readonly start: StartMessage,
    port: Port,
    /** What this process has prepared; the run may be another one. */
    private readonly expected: Expected | null,
  ) {
    this.outbox = new Outbox(start.spec.id, port);
    this.mode = start.begin;
    this.steps = [start.network];
    this.live = start.live;
  }

  /** Takes effect at the end of the present chunk. */
  receive(message: Exclude<ToWorker, { kind: 'expect' | 'start' | 'probe' }>): void {
    const moving = this.mode === 'train' || this.mode === 'step';
    switch (message.kind) {
      case 'live':
        this.live = { ...this.live, ...message.values };
        this.trainer?.setLive(message.values);
        return;
      case 'projection':
        this.projection = message;
        break;
      case 'sample':
      case 'export':
        this.asked.push(message);
        break;
      case 'pause':
        if (moving) this.mode = 'hold';
        break;
      case 'resume':
        if (moving || this.mode === 'hold') this.mode = 'train';
        break;
      case 'step':
        this.ask(message.network);
        break;
      case 'stop':
      case 'park':
        this.mode = message.kind;
    }
    this.wake();
  }

  private ask(network?: Network): void {
    if (this.mode === 'step') this.steps.push(network);
    if (this.mode !== 'hold') return;
    this.mode = 'step';
    this.steps = [network];
  }

  /** Trains until the run's end. Every outcome is reported through the port, none is thrown. */
  async run(): Promise<void> {
    let prepared: Prepared | null = null;
    try {
      prepared = await this.prepare();
      this.trainer = new Trainer({ ...this.start, live: this.live }, prepared, this.outbox);
      if (this.mode !== 'serve') this.trainer.introduce();
      await this.train(this.trainer, prepared.program.executor);
    } catch (error) {
      if (error instanceof NotFiniteError) await this.trainer?.restore();
      this.report({ state: 'failed', step: this.trainer?.step ?? 0, failure: failureOf(error) });
    } finally {
      await prepared?.program.dispose();
    }
  }

  private async prepare(): Promise<Prepared> {
    const { spec, from, ...placement } = this.start;
    const basis = { recipe: spec.recipe, ...placement };
    const report = (progress: Progress) => this.report({ state: 'starting', progress });
    const expected = from ? null : await this.expected?.take(basis, report);
    return expected ?? prepare(basis, from, report);
  }

  private report(status: RunStatus): void {
    if (this.start.begin === 'serve' && status.state !== 'failed') return;
    this.outbox.send({ kind: 'status', status });
  }

  private async train(trainer: Trainer, executor: string): Promise<void> {
    let shown: Mode | null = null;
    for (;;) {
      await this.outbox.turn();
      await this.answer(trainer);
      const { mode } = this;
      if (mode === 'train' && shown !== 'train') {
        this.report({ state: 'training', step: trainer.step, executor });
        trainer.interrupt();
      }
      if (shown === null && mode !== 'serve') await trainer.begin();
      shown = mode;
      switch (mode) {
        case 'train':
          if (trainer.isDone) return this.end('finished', trainer);
          await trainer.chunk(Infinity);
          break;
        case 'step':
          await this.takeStep(trainer);
          break;
        case 'hold':
          await this.hold(trainer);
          break;
        case 'serve':
          await this.moveOrWait(trainer);
          break;
        case 'stop':
          return this.end('stopped', trainer);
        case 'park':
          return trainer.checkpoint();
      }
    }
  }

  /** A step that was the run's last goes on to its end; otherwise the run holds again. */
  private async takeStep(trainer: Trainer): Promise<void> {
    await trainer.chunk(1, this.steps[0]);
    this.steps.shift();
    if (this.mode !== 'step') return; // a command came meanwhile
    if (trainer.isDone) this.mode = 'train';
    else if (this.steps.length === 0) this.mode = 'hold';
  }

  private async hold(trainer: Trainer): Promise<void> {
    await trainer.show('all');
    await trainer.checkpoint();
    this.report({ state: 'paused', step: trainer.step, by: 'person' });
    while (this.mode === 'hold') {
      await this.answer(trainer);
      await this.moveOrWait(trainer);
    }
  }

  /** Iterates the projection if it isn't done; else waits for a message. */
  private async moveOrWait(trainer: Trainer): Promise<void> {
    if (!trainer.isMoving) return this.wait();
    await trainer.move();
    await this.outbox.turn();
  }

  /** Waits for a message, unless one has come already. */
  private async wait(): Promise<void> {
    if (this.asked.length > 0 || this.projection || (this.mode !== 'hold' && this.mode !== 'serve')) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  private async answer(trainer: Trainer): Promise<void> {
    if (this.projection) trainer.project(this.projection.settings, this.projection.shown);
    this.projection = null;
    for (let asked = this.asked.shift(); asked; asked = this.asked.shift()) {
      this.outbox.send(await answerTo(asked, trainer));
    }
  }

  private async end(state: 'finished' | 'stopped', trainer: Trainer): Promise<void> {
    await trainer.show('all');
    await trainer.checkpoint();
    this.report({ state, step: trainer.step });
  }
}

async function answerTo(asked: Asked, trainer: Trainer): Promise<FromWorker> {
  const { id } = asked;
  const kind = asked.kind === 'sample' ? 'sampled' : 'exported';
  try {
    return asked.kind === 'sample'
      ? { kind: 'sampled', id, result: await trainer.sample(asked.request), refusal: null }
      : { kind: 'exported', id, result: await trainer.export(asked.name), refusal: null };
  } catch (error) {
    return { kind, id, result: null, refusal: sentenceOf(error) };
  }
}
