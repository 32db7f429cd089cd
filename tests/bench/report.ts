import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { peers: { type: 'string' }, json: { type: 'string' } },
});

/** A Python interpreter that has the peers to compare with, if one was named. */
export const peersPython = options.peers;

if (options.json !== undefined) writeFileSync(options.json, '');

/** One measurement: a JSON line on standard output, and in the file of `--json`. */
export function report(measurement: Readonly<Record<string, unknown>>): void {
  const line = `${JSON.stringify(measurement)}\n`;
  process.stdout.write(line);
  if (options.json !== undefined) appendFileSync(options.json, line);
}

/** The value below which a share of all values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  const value = sorted[rank];
  if (value === undefined) throw new RangeError('A quantile needs at least one value');
  return value;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

/** The folder with the real images. @throws Error that says how to name it. */
export function imagesFolder(): string {
  const beside = fileURLToPath(new URL('../../../shared/data', import.meta.url));
  const folder = process.env.COLATENT_DATASETS ?? beside;
  if (!existsSync(folder)) throw new Error(`No images in ${folder}: COLATENT_DATASETS names their folder`);
  return folder;
}
