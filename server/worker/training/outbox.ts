import { encodeFrame, floatPayload, type Pace } from '@/lib/protocol/frames';
import type { CurvePoint } from '@/lib/runs/history';
import type { FromWorker } from '@/server/wire/messages';
import { machineIn } from './pace';

/** The training's channel to the server. */
export interface Port {
  send(message: FromWorker): void;
  /** Lets waiting messages be handled, and waits while too many messages are unsent. */
  turn(): Promise<void>;
}

/** Metrics of training steps, from `firstStep` on. */
export interface Measured {
  readonly firstStep: number;
  /** For each metric its value at every step. */
  readonly values: readonly Float32Array[];
  readonly validation: CurvePoint | null;
  readonly pace: Pace;
}

/** Metrics go together for so many milliseconds: a curve need not grow more often. */
const metricsMs = 80;

const joined = (a: Float32Array, b: Float32Array): Float32Array => {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** A run's messages in order; metrics of several chunks go together. */
export class Outbox implements Port {
  private waiting: Measured | null = null;
  /** When the last metrics were sent, by `performance.now`. */
  private went = -Infinity;

  constructor(
    private readonly run: string,
    private readonly port: Port,
    /** Milliseconds between two messages of metrics. */
    private readonly periodMs = metricsMs * machineIn(process.env).slowdown,
  ) {}

  turn(): Promise<void> {
    return this.port.turn();
  }

  send(message: FromWorker): void {
    this.flush();
    this.port.send(message);
  }

  /** Sends metrics at once, or together with later ones. */
  measure(measured: Measured): void {
    const before = this.waiting;
    this.waiting = before
      ? {
          ...measured,
          firstStep: before.firstStep,
          values: before.values.map((each, m) => joined(each, measured.values[m] ?? new Float32Array())),
        }
      : measured;
    if (measured.validation || performance.now() - this.went >= this.periodMs) this.flush();
  }

  private flush(): void {
    if (!this.waiting) return;
    const { firstStep, values, validation, pace } = this.waiting;
    this.waiting = null;
    this.went = performance.now();
    const count = values[0]?.length ?? 0;
    const point = validation && { step: validation.step, values: [...validation.values] };
    const header = { kind: 'metrics', run: this.run, firstStep, count, pace } as const;
    const frame = encodeFrame({ ...header, ...(point && { validation: point }) }, floatPayload(...values));
    this.port.send({ kind: 'metrics', firstStep, values: [...values], validation: point, pace, frame });
  }
}
