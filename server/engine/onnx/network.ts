import type { Input } from './inputs';
import { type Inspected, rowSizes } from './inspect';
import type * as ort from './runtime';
import { Numbers, type NumberType } from './values';

/** ONNX Runtime's messages about somebody's model are for that person, not for the operator's log. */
export const quietly = { logSeverityLevel: 4 } as const;

/** What one run of an imported model is given. */
export interface Feed {
  readonly rows: number;
  /** The size of a latent's open dimension; `null` if there is none. */
  readonly open: number | null;
  /** [rows, latent size]. */
  readonly latents: Float32Array;
  /**
   * Latents that are blended in, [rows, latent size], by shares [rows, layers]. Without them: the latents, by shares of
   * 0.
   */
  readonly others?: Float32Array;
  readonly shares?: Float32Array;
  /** Values of the fields, in their order; each goes for all rows. */
  readonly fields: readonly number[];
}

/** What an output of a run was. */
export interface Made {
  readonly name: string;
  readonly type: NumberType;
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** An imported model's session, which is fed with float32 and converts to and from the model's own types. */
export class Network {
  private readonly numbers = new Numbers();

  constructor(
    private readonly session: ort.InferenceSession,
    private readonly inspected: Inspected,
  ) {}

  /**
   * Runs once. @param outputs those that are wanted; all that may be images, unless it says otherwise.
   * @throws Error of ONNX Runtime's if the model doesn't run on this.
   */
  async run(feed: Feed, outputs = this.inspected.outputs): Promise<Made[]> {
    const feeds: Record<string, ort.Tensor> = {};
    let first = 0;
    for (const input of this.inspected.inputs) {
      const row = input.row.map((n) => n ?? feed.open ?? 1);
      const [size = 0] = input.role === 'latents' ? rowSizes([input], feed.open) : [];
      const values = valuesOf(input, feed, { first, size });
      if (input.role === 'latents') first += size;
      const dims = input.hasRows ? [feed.rows, ...row] : row;
      feeds[input.name] = await this.numbers.tensor(input.type, values, dims);
    }
    const names = outputs.map(({ name }) => name);
    const made = await this.session.run(feeds, names, quietly);
    return Promise.all(
      outputs.map(async ({ name, type }) => {
        const tensor = made[name] as ort.Tensor;
        return { name, type, dims: tensor.dims, values: await this.numbers.values(tensor) };
      }),
    );
  }

  async close(): Promise<void> {
    await this.session.release();
    await this.numbers.close();
  }
}

/** The values of one input [rows, ...]. @param of which columns of the latents go into it. */
function valuesOf(input: Input, feed: Feed, of: { first: number; size: number }): ArrayLike<number> {
  const { rows, latents, shares } = feed;
  const size = input.row.reduce((product: number, n) => product * (n ?? 1), 1);
  switch (input.role) {
    case 'latents':
      return columns(latents, rows, of);
    case 'others':
      return feed.others ?? latents;
    case 'shares':
      return shares ?? new Float32Array(rows * size);
    case 'field': {
      const value = feed.fields[input.field] ?? 0;
      const count = (input.hasRows ? rows : 1) * size;
      const at = (i: number) => (input.isOneHot ? Number(i % size === value) : value);
      return Array.from({ length: count }, (_, i) => at(i));
    }
  }
}

function columns(
  values: Float32Array,
  rows: number,
  { first, size }: { first: number; size: number },
): Float32Array {
  const whole = values.length / rows;
  if (whole === size) return values;
  const part = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++)
    part.set(values.subarray(row * whole + first, row * whole + first + size), row * size);
  return part;
}
