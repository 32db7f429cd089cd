import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Projecting {
  readonly dimensions: 2 | 3;
  readonly perplexity: number;
  readonly iterations: number;
}

const made = z.object({ ms: z.number(), trustworthiness: z.number() });

/** scikit-learn in a Python process, on the same codings. */
export class Scikit {
  private constructor(
    readonly version: string,
    private readonly folder: string,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /** Hands over codings [count, size] and waits until scikit-learn is warm. */
  static async start(python: string, codings: Float32Array, size: number): Promise<Scikit> {
    const folder = mkdtempSync(join(tmpdir(), 'colatent-'));
    const file = join(folder, 'codings');
    writeFileSync(file, codings);
    const script = fileURLToPath(new URL('peers/scikit_peer.py', import.meta.url));
    const child = spawn(python, [script, file, String(size)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version } = z.object({ version: z.string() }).parse(await next(lines));
    return new Scikit(version, folder, child, lines);
  }

  /** A whole t-SNE of the codings: its milliseconds and trustworthiness. */
  async project(projecting: Projecting) {
    return made.parse(await this.ask({ ask: 'project', ...projecting }));
  }

  /** The trustworthiness (k = 10) of points [count, 3]. */
  async judge(points: Float32Array): Promise<number> {
    const file = join(this.folder, 'points');
    writeFileSync(file, points);
    return made.pick({ trustworthiness: true }).parse(await this.ask({ ask: 'judge', points: file }))
      .trustworthiness;
  }

  async close(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.stdin.end();
    await exit;
    rmSync(this.folder, { recursive: true });
  }

  private ask(question: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return next(this.lines);
  }
}

async function next(lines: AsyncIterator<string>): Promise<unknown> {
  const { done, value } = await lines.next();
  if (done) throw new Error('scikit-learn ended; its messages are above');
  return JSON.parse(value);
}
