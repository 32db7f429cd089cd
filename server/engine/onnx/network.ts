import type { Input } from './inputs';
import { type Inspected, rowSizes } from './inspect';
import type * as ort from './runtime';
import { Numbers, type NumberType } from './values';

/** ONNX Runtime's messages about somebody's model are for that person, not for the operator's log. */
export const quietly = { logSeverityLevel: 4 } as const;

/** The inputs of a run. */
export interface Feed {
  readonly rows: number;
  /** Numbers of a latent where the file leaves them open. */
  readonly open: number | null;
  /** [rows, numbers of one latent]. */
  readonly latents: Float32Array;
  /** [rows, ...] of what is blended in; the latents themselves, with shares of 0, without it. */
  readonly others?: Float32Array;
  readonly shares?: Float32Array;
  /** Values of the fields. */
  readonly fields: readonly number[];
}

/** An output's numbers. */
export interface Made {
  readonly name: string;
  readonly type: NumberType;
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** Runs somebody's network on latents and fields, converting numbers from and to its own types. */
export class Network {
  private readonly numbers = new Numbers();

  constructor(
    private readonly session: ort.InferenceSession,
    private readonly inspected: Inspected,
  ) {}

  /** @throws Error of ONNX Runtime's if the model doesn't run on this. */
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

/** The values of one input. @param of the part of a latent that goes into it. */
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
