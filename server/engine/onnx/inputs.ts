import { fieldKeyPattern, type GeneratorField } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import type { Graph, Model, Tensor, ValueInfo } from './modelFile';
import { refusal } from './refusal';
import type { Tracing } from './tracing';
import { isFloat, type NumberType, numbersOf, printed, shapeOf, typeOf } from './values';

/** An input of somebody's model and what it is for. */
export type Input = {
  readonly name: string;
  readonly type: NumberType;
  /** Sizes of a row; `null`: as many as a latent has numbers. */
  readonly row: readonly (number | null)[];
  /** Whether its first dimension counts rows. */
  readonly hasRows: boolean;
} & (
  | { readonly role: 'latents' | 'others' | 'shares' }
  /** Which of the fields; of a class one number for each, all 0 but one, where `isOneHot`. */
  | { readonly role: 'field'; readonly field: number; readonly isOneHot: boolean }
);

export interface Inputs {
  readonly inputs: readonly Input[];
  /** Rows that it takes at once; `null` leaves them open. */
  readonly rows: number | null;
  /** Classes that only trying can count have `most` 0. */
  readonly fields: readonly GeneratorField[];
  /** Layers of `shares`. */
  readonly layers: number;
  /** Inputs that are given though the file has a value for them. */
  readonly chosen: ReadonlySet<string>;
}

interface Given {
  readonly value: ValueInfo;
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly (number | null)[];
  /** What the file says that it is if nobody gives it. */
  readonly initial: Tensor | null;
}

/** Names that models give to inputs of latents, of classes and of counts. */
const names = {
  latents: /latent|noise|^(z\d*|w|eps|epsilon|codes?|codings?|styles?)$/i,
  class: /label|class|categor|digit|one_?hot|cond|target|attr|^(y|c|cls)$/i,
  counted: /seed|step|iter|index|level|layer|resolution|depth|time|size|count|^t$/i,
} as const;

/** Since this version of the format an initializer that is an input too is meant to be chosen. */
const choosableSince = 4;

export function isLatentName(name: string): boolean {
  return names.latents.test(name);
}

function givenOf({ irVersion }: Model, graph: Graph): Given[] {
  const initial = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const isWeight = (name: string) => initial.has(name) && Number(irVersion) < choosableSince;
  return graph.input
    .filter(({ name }) => !isWeight(name))
    .flatMap((value) => {
      const { name } = value;
      const known = initial.get(name) ?? null;
      const type = typeOf(value);
      const shape = shapeOf(value) ?? [null, null];
      if (type) return { value, name, type, shape, initial: known };
      if (known) return [];
      throw unknownInput(value);
    });
}

const unknownInput = (value: ValueInfo) =>
  refusal(
    'It also asks for {input}. Export it so that latents, classes, numbers and switches are all it asks for',
    {
      input: printed(value),
    },
  );

/** Sizes of a row; without a dimension for rows it is all there is. */
const rowShape = ({ shape }: Given): Given['shape'] => (shape.length === 1 ? shape : shape.slice(1));

/** Numbers of a row, `null` if that is open. */
const sizeOf = (row: Given['shape']): number | null =>
  row.reduce((product: number | null, n) => (product === null || n === null ? null : product * n), 1);

/** The size of the only dimension that isn't 1, `null` if that is open; `undefined` for none and for several. */
function onlySize(row: Given['shape']): number | null | undefined {
  const sizes = row.filter((n) => n !== 1);
  return sizes.length === 1 ? sizes[0] : undefined;
}

/** Reads what each input is for from its type, its shape and its name. @throws ImportedModelError */
export class InputReader {
  private readonly fields: GeneratorField[] = [];
  private readonly inputs: Input[] = [];
  private layers = 0;

  constructor(
    private readonly model: Model,
    private readonly graph: Graph,
    private readonly tracing: Tracing,
  ) {}

  read(): Inputs {
    const given = givenOf(this.model, this.graph);
    const latents = latentsAmong(given);
    const [first] = latents;
    if (!first) throw noLatents(this.graph.input);
    const { rows, hasRows } = rowsOf(first);
    for (const each of given) {
      const { name, type, shape } = each;
      const common = { name, type, hasRows: true };
      if (latents.includes(each)) {
        const role = isBlended(each, given) ? 'others' : 'latents';
        this.inputs.push({ ...common, hasRows, row: rowOf(each, hasRows), role });
      } else if (name === 'shares' && latents.some((other) => isBlended(other, given)))
        this.share(each, shape[1] ?? null);
      // What the file gives itself needs nobody to give it.
      else if (!each.initial || sizeOf(shape) === 1) this.field(each, rows);
    }
    if (this.fields.length > limits.generatorFields)
      throw refusal(
        'It asks for {count} further numbers; {most} can be chosen here. Export it with fewer inputs',
        {
          count: this.fields.length,
          most: limits.generatorFields,
        },
      );
    const taken = new Set(this.inputs.map(({ name }) => name));
    const chosen = given.flatMap(({ name, initial }) => (initial && taken.has(name) ? [name] : []));
    return { inputs: this.inputs, rows, fields: this.fields, layers: this.layers, chosen: new Set(chosen) };
  }

  private share({ name, type, value }: Given, layers: number | null): void {
    if (layers === null || layers > limits.exploredLayers) throw unknownInput(value);
    this.layers = layers;
    this.inputs.push({ name, type, hasRows: true, row: [layers], role: 'shares' });
  }

  private field(given: Given, rows: number | null): void {
    const { name, type, shape, value } = given;
    const [size] = shape;
    const hasRows = shape.length > 1 || (shape.length === 1 && (size === null || size === rows));
    const row = hasRows ? shape.slice(1) : shape;
    const only = onlySize(row);
    const isOneHot = !row.every((n) => n === 1);
    const classes = only === null ? (this.tracing.widths(name)[0] ?? 0) : (only ?? 0);
    if (isOneHot && (classes < 2 || classes > limits.generatorClasses)) throw unknownInput(value);
    const field = this.fields.length;
    this.inputs.push({
      name,
      type,
      row: row.map((n) => n ?? classes),
      hasRows,
      role: 'field',
      field,
      isOneHot,
    });
    this.fields.push({
      key: this.keyOf(name),
      name: name.slice(0, 40),
      ...this.choice(given, isOneHot ? classes : null),
    });
  }

  /** The field that an input offers. */
  private choice(given: Given, oneHot: number | null): Omit<GeneratorField, 'key' | 'name'> {
    const { name, type } = given;
    const known = given.initial ? numbersOf(given.initial)[0] : undefined;
    if (oneHot !== null) return { kind: 'class', least: 0, most: oneHot - 1, initial: 0 };
    if (type === 'bool') return { kind: 'switch', least: 0, most: 1, initial: known ? 1 : 0 };
    if (isFloat(type)) return { kind: 'number', ...rangeOf(name, known) };
    if (names.counted.test(name) && !names.class.test(name))
      return {
        kind: 'whole',
        least: Math.min(0, known ?? 0),
        most: Math.max(9999, known ?? 0),
        initial: known ?? 0,
      };
    const classes = this.tracing.classes(name) ?? 1;
    const most = Math.min(classes, limits.generatorClasses) - 1;
    return { kind: 'class', least: 0, most, initial: Math.min(most, Math.max(0, known ?? 0)) };
  }

  /** Unlike those of the other fields, and fit for the document. */
  private keyOf(name: string): string {
    const plain = name.replace(/[^\w.-]/g, '_').slice(0, 36) || 'field';
    const taken = new Set(this.fields.map(({ key }) => key));
    const free = taken.has(plain) ? `${plain}.${this.fields.length}` : plain;
    return fieldKeyPattern.test(free) ? free : `field.${this.fields.length}`;
  }
}

/** StyleGAN's mixing, as it is exported here: `others` are blended into `latents` by `shares`. */
function isBlended({ name }: Given, all: readonly Given[]): boolean {
  return name === 'others' && ['latents', 'shares'].every((other) => all.some((each) => each.name === other));
}

/** Inputs of floats that pictures are drawn from; what tells classes apart is none. */
function latentsAmong(given: readonly Given[]): Given[] {
  const floats = given.filter(({ type, shape, initial }) => isFloat(type) && !initial && shape.length > 0);
  const wide = floats.filter(
    (each) => sizeOf(rowShape(each)) !== 1 && !(each.shape.length === 1 && !each.shape[0]),
  );
  // A latent of one number.
  if (wide.length === 0) return floats.filter(({ shape }) => shape.length > 1).slice(0, 1);
  const size = (each: Given) => sizeOf(rowShape(each)) ?? Infinity;
  const largest = (all: readonly Given[]) =>
    all.reduce<Given | undefined>(
      (best, each) => (best && size(best) >= size(each) ? best : each),
      undefined,
    );
  const unlike = wide.filter(({ name }) => !names.class.test(name));
  const first = unlike.find(({ name }) => isLatentName(name)) ?? largest(unlike) ?? largest(wide);
  return wide.filter((each) => {
    if (each === first || isLatentName(each.name) || isBlended(each, given)) return true;
    const isShorter = first && onlySize(rowShape(each)) !== undefined && size(each) < size(first);
    return !names.class.test(each.name) && each.name !== 'shares' && !isShorter;
  });
}

function noLatents(inputs: readonly ValueInfo[]) {
  return refusal(
    'It asks for {inputs}, but not for latents. Export the generator: one input of floats [N, numbers]',
    {
      inputs: inputs.map(printed).join('; ') || '-',
    },
  );
}

function rowsOf({ shape }: Given): { rows: number | null; hasRows: boolean } {
  if (shape.length === 1) return { rows: 1, hasRows: false };
  return { rows: shape[0] ?? null, hasRows: true };
}

/** At most one size stays open, and only if no other one is known. */
function rowOf({ shape }: Given, hasRows: boolean): (number | null)[] {
  const row = hasRows ? shape.slice(1) : [...shape];
  const isKnown = row.some((n) => n !== null && n > 1);
  const open = row.indexOf(null);
  return row.map((n, i) => n ?? (isKnown || i !== open ? 1 : null));
}

/** By its name, what a share or a strength may be, and what it is by itself. */
function rangeOf(name: string, known: number | undefined) {
  const usual = /temp|scale|sigma|std|gain|guid/i.test(name) ? 2 : 1;
  const initial = known !== undefined && Number.isFinite(known) ? known : 1;
  return { least: Math.min(0, 2 * initial), most: initial > usual ? 2 * initial : usual, initial };
}
