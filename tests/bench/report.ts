import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dataFolder as ownData } from '../support/data';

export const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    /** A Python interpreter that has the peers to compare with. */
    peers: { type: 'string' },
    /** Models by id, with commas between. */
    models: { type: 'string' },
    /** Presets by id, with commas between. */
    presets: { type: 'string' },
    batch: { type: 'string' },
    /** Of a model with several. */
    variant: { type: 'string' },
    /** Training steps of the benchmarks of what is learned. */
    steps: { type: 'string' },
    /** One of the project's own, by its id. */
    executor: { type: 'string' },
    /** What PyTorch computes on, by its own name. */
    device: { type: 'string' },
    /** A file that keeps every measurement, run after run. */
    json: { type: 'string' },
  },
});

type Measurement = Readonly<Record<string, unknown>>;

const history = options.json !== undefined && existsSync(options.json) ? measurementsIn(options.json) : [];
/** When this run began. */
const at = new Date().toISOString();

function measurementsIn(file: string): Measurement[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** One measurement: a JSON line on standard output, and one more in the file of `--json`. */
export function report(measurement: Measurement): void {
  const line = `${JSON.stringify({ ...measurement, at })}\n`;
  process.stdout.write(line);
  if (options.json !== undefined) appendFileSync(options.json, line);
}

/** What the last run that is in the file of `--json` measured as `figure` of the same things; null if none did. */
export function lastMeasured(figure: string, about: Measurement): number | null {
  const same = history.findLast(
    (line) =>
      typeof line[figure] === 'number' && Object.entries(about).every(([key, value]) => line[key] === value),
  );
  return same ? (same[figure] as number) : null;
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

/** The folder with the real data sets: `COLATENT_DATASETS`, else the part of them that the repository has. */
export function dataFolder(): string {
  const folder = process.env.COLATENT_DATASETS || ownData;
  if (!existsSync(folder)) throw new Error(`No data sets in ${folder}: COLATENT_DATASETS names their folder`);
  return folder;
}
