import { fieldKeyPattern, type GeneratorField } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import type { Graph, Model, Tensor, ValueInfo } from './modelFile';
import { refusal } from './refusal';
import type { Tracing } from './tracing';
import { isFloat, type NumberType, numbersOf, printed, shapeOf, typeOf } from './values';

/**
 * An input of an imported model, and its role: `latents` (several inputs may share one latent's numbers), StyleGAN's
 * `others` and `shares` (see `isBlended`), or a `field` that people choose.
 */
export type Input = {
  readonly name: string;
  readonly type: NumberType;
  /** Sizes behind the rows; a `null` is the open dimension of a latent. */
  readonly row: readonly (number | null)[];
  /** Whether its first dimension counts rows. */
  readonly hasRows: boolean;
} & (
  | { readonly role: 'latents' | 'others' | 'shares' }
  /** The index of the field. Where `isOneHot`, its class is given as a vector, 1 at the class and 0 elsewhere. */
  | { readonly role: 'field'; readonly field: number; readonly isOneHot: boolean }
);

/** What an imported model must be given. */
export interface Inputs {
  readonly inputs: readonly Input[];
  /** The batch size that the file is fixed to; `null` for any. */
  readonly rows: number | null;
  /** What people may choose. A class field with `most` 0 has classes that only trying can count (probe.ts). */
  readonly fields: readonly GeneratorField[];
  /** Layers that `shares` has shares for; 0 without them. */
  readonly layers: number;
  /** Names of inputs that are given though the file has an initializer for them. */
  readonly chosen: ReadonlySet<string>;
}

/** An input as the file declares it. */
interface Given {
  readonly value: ValueInfo;
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly (number | null)[];
  /** Its value if it isn't given: an initializer of the same name. */
  readonly initial: Tensor | null;
}

/** Names that models give to inputs of latents, of classes and of counts. */
const names = {
  latents: /latent|noise|^(z\d*|w|eps|epsilon|codes?|codings?|styles?)$/i,
  class: /label|class|categor|digit|one_?hot|cond|target|attr|^(y|c|cls)$/i,
  counted: /seed|step|iter|index|level|layer|resolution|depth|time|size|count|^t$/i,
} as const;

/**
 * Since this IR version an input that has an initializer is a default that may be overridden; before, all weights were
 * inputs.
 */
const choosableSince = 4;

/** Whether models call their latents so. */
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

/** Decides from types, shapes and names what each input of a file is for. */
export class InputReader {
  private readonly fields: GeneratorField[] = [];
  private readonly inputs: Input[] = [];
  private layers = 0;

  constructor(
    private readonly model: Model,
    private readonly graph: Graph,
    private readonly tracing: Tracing,
  ) {}

  /** @throws ImportedModelError if there are no latents, or an input that nothing here can give. */
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

  /** Kind, range and initial value of an input's field. @param oneHot classes of a one-hot input. */
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

  /** A key made of the input's name, unique among the fields and as `fieldKeyPattern` wants it. */
  private keyOf(name: string): string {
    const plain = name.replace(/[^\w.-]/g, '_').slice(0, 36) || 'field';
    const taken = new Set(this.fields.map(({ key }) => key));
    const free = taken.has(plain) ? `${plain}.${this.fields.length}` : plain;
    return fieldKeyPattern.test(free) ? free : `field.${this.fields.length}`;
  }
}

/**
 * Whether this is the second latent of a StyleGAN exported by Colatent: `others` are blended into `latents` by
 * `shares`.
 */
function isBlended({ name }: Given, all: readonly Given[]): boolean {
  return name === 'others' && ['latents', 'shares'].every((other) => all.some((each) => each.name === other));
}

/**
 * The inputs that a latent goes into: floats without an initializer, with more than one number a row. Of several, what
 * is named like a class is none, nor what is shorter than the one that is surely a latent.
 */
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

/** Sizes of a row of latents. Of open ones at most one stays open, and only if no other size is known; the rest are 1. */
function rowOf({ shape }: Given, hasRows: boolean): (number | null)[] {
  const row = hasRows ? shape.slice(1) : [...shape];
  const isKnown = row.some((n) => n !== null && n > 1);
  const open = row.indexOf(null);
  return row.map((n, i) => n ?? (isKnown || i !== open ? 1 : null));
}

/**
 * The range and the initial value of a number: up to 2 for what is named like a scale, else to 1, wider around a
 * default.
 */
function rangeOf(name: string, known: number | undefined) {
  const usual = /temp|scale|sigma|std|gain|guid/i.test(name) ? 2 : 1;
  const initial = known !== undefined && Number.isFinite(known) ? known : 1;
  return { least: Math.min(0, 2 * initial), most: initial > usual ? 2 * initial : usual, initial };
}
