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

/** Exit status of a peer whose packages are not installed. */
const MISSING = 2;

class PeerMissing extends Error {
  override readonly name = 'PeerMissing';
}

/** Another framework's training of the same network, in a Python process that runs one round when asked to. */
export class Peer {
  private constructor(
    readonly name: Readonly<Record<string, string>>,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /** Starts `peers/<framework>_peer.py` and waits until it is warm. */
  static start(python: string, training: Training): Promise<Peer> {
    const { framework, model, variant = 'no-dropout', batch, device = 'cpu' } = training;
    const script = fileURLToPath(new URL(`peers/${framework}_peer.py`, import.meta.url));
    const options = ['--batch', String(batch), '--variant', variant, '--device', device];
    return Peer.spawn(framework, python, [script, dataFolder(), model, ...options]);
  }

  /** The project's own training on one executor (`peers/ours.ts`, compiled). */
  static own(script: string, executor: string, { model, variant, batch }: Omit<Training, 'framework'>) {
    const options = ['--models', model, '--batch', String(batch), '--executor', executor];
    const chosen = variant === undefined ? options : [...options, '--variant', variant];
    return Peer.spawn(executor, process.execPath, [script, 'ours', ...chosen]);
  }

  /** The same in eager TensorFlow.js (`peers/eager.ts`, compiled). @returns null where its native backend doesn't load. */
  static async eager(script: string, { model, variant, batch }: Omit<Training, 'framework'>) {
    const options = ['--models', model, '--batch', String(batch)];
    const chosen = variant === undefined ? options : [...options, '--variant', variant];
    return Peer.spawn('tfjs-node', process.execPath, [script, 'eager', ...chosen]).catch((error) => {
      if (error instanceof PeerMissing) return null;
      throw error;
    });
  }

  private static async spawn(peer: string, command: string, args: readonly string[]): Promise<Peer> {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done && (await ended)[0] === MISSING) throw new PeerMissing(`${peer} is not here`);
    const { version } = readySchema.parse(parsed(first, peer));
    return new Peer({ peer, version }, child, lines);
  }

  /** @returns milliseconds a training step, of one round. */
  async round(): Promise<number> {
    this.child.stdin.write('round\n');
    return roundSchema.parse(parsed(await this.lines.next(), this.name.peer ?? '')).stepMs;
  }

  async close(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.stdin.end();
    await exit;
  }
}

function parsed({ done, value }: IteratorResult<string>, peer: string): unknown {
  if (done) throw new Error(`The peer ${peer} ended; its messages are above`);
  return JSON.parse(value);
}
