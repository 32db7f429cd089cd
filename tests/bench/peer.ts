import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { imagesFolder } from './report';

const readySchema = z.object({ version: z.string() });
const roundSchema = z.object({ stepMs: z.number() });

/** Another framework's training of the same network, in a Python process that runs one round when asked to. */
export class Peer {
  private constructor(
    readonly name: Readonly<Record<string, string>>,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /** Starts `peers/<peer>_autoencoder.py` and waits until it is warm. */
  static async start(python: string, peer: string, batch: number): Promise<Peer> {
    const script = fileURLToPath(new URL(`peers/${peer}_autoencoder.py`, import.meta.url));
    const child = spawn(python, [script, imagesFolder(), String(batch)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version } = readySchema.parse(await next(lines, peer));
    return new Peer({ peer, version }, child, lines);
  }

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
