import type { CompileOptions, LoweredCache } from '../executors';
import type { Graphs } from '../graphs';
import { sizeOf } from '../ir/tensors';
import type { DataMap, Program, SpecMap, TensorData, TensorSpec } from '../program';
import { type Binding, loadBinding } from './binding';
import { lowerCall, lowerStep, names } from './lower';
import { dataTypes } from './proto';
import { Session, type Tensors } from './session';

/** One session for each kind of step and each call with so many rows; lowered and loaded when first asked for. */
class Sessions {
  private readonly known = new Map<string, Promise<Session>>();

  constructor(
    private readonly graphs: Graphs,
    private readonly binding: Binding,
    private readonly cache: LoweredCache | undefined,
  ) {}

  step(name: string): Promise<Session> {
    const { inputs } = this.graphs.stepDefinition(name);
    return this.session(`step ${name}`, async () => lowerStep(await this.graphs.step(name), inputs));
  }

  call(name: string, rows: number): Promise<Session> {
    const { inputs } = this.graphs.callDefinition(name, rows);
    return this.session(`call ${name} ${rows}`, async () =>
      lowerCall(await this.graphs.call(name, rows), inputs),
    );
  }

  async release(): Promise<void> {
    for (const session of this.known.values()) (await session).release();
    this.known.clear();
  }

  private session(key: string, lower: () => Promise<Uint8Array>): Promise<Session> {
    const made = this.known.get(key) ?? this.make(`${key} tensorflow`, lower);
    this.known.set(key, made);
    made.catch(() => this.known.delete(key));
    return made;
  }

  private async make(key: string, lower: () => Promise<Uint8Array>): Promise<Session> {
    const cached = await this.cache?.load(key);
    const model = cached ?? (await lower());
    if (!cached) await this.cache?.store(key, model);
    return Session.load(this.binding, model);
  }
}

/**
 * A program on TensorFlow. Each kind of step has a session of its own, whose resource variables hold the state
 * while it trains. `home` is the session that holds the present state; every other one, a call's too, is fed a
 * `snapshot` of it, which is taken when first needed and is good until the next training step.
 */
class TensorflowProgram implements Program {
  readonly executor = 'tensorflow';
  private home: Session | null = null;
  private snapshot: Tensors | null = null;

  constructor(
    private readonly graphs: Graphs,
    private readonly binding: Binding,
    private readonly sessions: Sessions,
  ) {}

  async setState(state: DataMap): Promise<void> {
    const { state: specs } = this.graphs.definition;
    const copies = Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [name, checked(name, spec, [], state[name]).slice()]),
    );
    this.forget();
    this.home = null;
    this.snapshot = this.feeds(specs, copies, [], names.state);
  }

  async getState(): Promise<Record<string, Float32Array>> {
    const state = this.state();
    const keys = Object.keys(this.graphs.definition.state);
    return Object.fromEntries(
      keys.map((name) => [
        name,
        this.binding.tensorDataSync(state[names.state(name)] as number) as Float32Array,
      ]),
    );
  }

  async train(step: string, count: number, inputs: DataMap): Promise<Record<string, Float32Array>> {
    const session = await this.sessions.step(step);
    const feeds = this.feeds(this.graphs.stepDefinition(step).inputs, inputs, [count], names.input);
    const steps = this.binding.createTensor([], dataTypes.int32, Int32Array.of(count));
    try {
      this.move(session);
      const metrics = this.take(session.run('train', { ...feeds, [names.steps]: steps }));
      return metrics as Record<string, Float32Array>;
    } finally {
      this.delete({ ...feeds, steps });
    }
  }

  async call(name: string, rows: number, inputs: DataMap): Promise<DataMap> {
    const session = await this.sessions.call(name, rows);
    const feeds = this.feeds(this.graphs.callDefinition(name, rows).inputs, inputs, [], names.input);
    try {
      return this.take(session.run('call', { ...this.state(), ...feeds }));
    } finally {
      this.delete(feeds);
    }
  }

  async dispose(): Promise<void> {
    this.forget();
    await this.sessions.release();
  }

  private state(): Tensors {
    if (!this.snapshot && !this.home)
      throw new RangeError('The program has no state yet: call setState first');
    this.snapshot ??= (this.home as Session).run('read', {});
    return this.snapshot;
  }

  /** Makes a session the home of the state: writes it into the session's variables, unless it is there already. */
  private move(session: Session): void {
    if (session !== this.home) this.delete(session.run('write', this.state()));
    this.home = session;
    this.forget();
  }

  /** Deletes the snapshot: the state is about to change. */
  private forget(): void {
    this.delete(this.snapshot ?? {});
    this.snapshot = null;
  }

  /** Tensors [...stack, ...shape] of the data that `specs` describe, under the signature's names. @throws RangeError */
  private feeds(
    specs: SpecMap,
    data: DataMap,
    stack: readonly number[],
    nameOf: (name: string) => string,
  ): Tensors {
    const arrays = Object.entries(specs).map(
      ([name, spec]) => [name, spec, checked(name, spec, stack, data[name])] as const,
    );
    const tensors = arrays.map(([name, { shape, dtype, encoding }, array]) => {
      const type = dataTypes[encoding?.dtype ?? dtype];
      return [nameOf(name), this.binding.createTensor([...stack, ...shape], type, array)] as const;
    });
    return Object.fromEntries(tensors);
  }

  /** Copies outputs to the host, by the definition's names, and deletes their tensors. */
  private take(tensors: Tensors): Record<string, Float32Array | Int32Array> {
    try {
      const entries = Object.entries(tensors).map(
        ([name, id]) => [name.slice(names.output('').length), this.binding.tensorDataSync(id)] as const,
      );
      return Object.fromEntries(entries);
    } finally {
      this.delete(tensors);
    }
  }

  private delete(tensors: Tensors): void {
    for (const id of Object.values(tensors)) this.binding.deleteTensor(id);
  }
}

/** Data for a tensor [...stack, ...shape]. @throws RangeError if it is missing or has another number of values. */
function checked(
  name: string,
  { shape, dtype, encoding }: TensorSpec,
  stack: readonly number[],
  data: TensorData | undefined,
): TensorData {
  const dims = [...stack, ...shape];
  const type = encoding?.dtype ?? dtype;
  if (!data) throw new RangeError(`${name} is missing; expected ${type}[${dims}]`);
  if (data.length !== sizeOf(dims))
    throw new RangeError(`${name} has ${data.length} values; expected ${type}[${dims}]`);
  return data;
}

/**
 * Compiles a definition for TensorFlow; the step `train` at once, others when they are first run.
 * @throws ExecutorError if no binding can be loaded here. @throws TraceError for what can't be compiled.
 */
export async function createTensorflowProgram(
  graphs: Graphs,
  { threads, cache }: CompileOptions = {},
): Promise<Program> {
  const binding = loadBinding(threads);
  const sessions = new Sessions(graphs, binding, cache);
  await sessions.step('train');
  return new TensorflowProgram(graphs, binding, sessions);
}
