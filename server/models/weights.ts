import type { Tensor } from '@tensorflow/tfjs-core';
import type { SpecMap, TensorMap, TensorsOf } from '@/server/engine/program';

interface Part {
  readonly name: string;
}

/** What parts of a model own, as the model's state calls it: `kernel` of the layer `dense/0` is `dense/0/kernel`. */
export function named<P extends Part, T>(
  parts: readonly P[],
  ownOf: (part: P) => Readonly<Record<string, T>>,
): Record<string, T> {
  const entries = parts.flatMap((part) =>
    Object.entries(ownOf(part)).map(([name, value]) => [`${part.name}/${name}`, value] as const),
  );
  return Object.fromEntries(entries);
}

/** One tensor of a state. @throws RangeError if it has none of the name. */
export function tensorOf(state: TensorMap, name: string): Tensor {
  const tensor = state[name];
  if (!tensor) throw new RangeError(`There is no ${name} among ${Object.keys(state).join(', ')}`);
  return tensor;
}

/** Tensors of a state by the names of their specs. @param part what the names begin with there, if anything. */
export function tensorsOf<Specs extends SpecMap>(
  state: TensorMap,
  specs: Specs,
  part?: Part,
): TensorsOf<Specs> {
  const tensors = Object.keys(specs).map((name) => [
    name,
    tensorOf(state, part ? `${part.name}/${name}` : name),
  ]);
  return Object.fromEntries(tensors);
}
