import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { dataFolder } from './report';

const readySchema = z.object({ version: z.string() });
const roundSchema = z.object({ stepMs: z.number() });

export const frameworks = ['keras', 'pytorch'] as const;
export type Framework = (typeof frameworks)[number];

export interface Training {
  readonly framework: Framework;
  readonly model: string;
  /** Of the char-RNN: with or without dropout and recurrent dropout. */
  readonly variant?: 'dropout' | 'no-dropout';
  readonly batch: number;
  /** PyTorch's name of a device. */
  readonly device?: string;
}

/** Another framework's training of the same network, in a Python process that runs one round when asked to. */
export class Peer {
  private constructor(
    readonly name: Readonly<Record<string, string>>,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /** Starts `peers/<framework>_peer.py` and waits until it is warm. */
  static async start(python: string, training: Training): Promise<Peer> {
    const { framework, model, variant = 'no-dropout', batch, device = 'cpu' } = training;
    const script = fileURLToPath(new URL(`peers/${framework}_peer.py`, import.meta.url));
    const options = ['--batch', String(batch), '--variant', variant, '--device', device];
    const child = spawn(python, [script, dataFolder(), model, ...options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version } = readySchema.parse(await next(lines, framework));
    return new Peer({ peer: framework, version }, child, lines);
  }

  /** @returns milliseconds a training step, of one round. */
  async round(): Promise<number> {
    this.child.stdin.write('round\n');
    return roundSchema.parse(await next(this.lines, this.name.peer ?? '')).stepMs;
  }

  async close(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.stdin.end();
    await exit;
  }
}

async function next(lines: AsyncIterator<string>, peer: string): Promise<unknown> {
  const { done, value } = await lines.next();
  if (done) throw new Error(`The peer ${peer} ended; its messages are above`);
  return JSON.parse(value);
}
