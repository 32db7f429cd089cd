import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { DataMap, ProgramDefinition, SpecMap, TensorData, TensorMap } from '@/server/engine/program';

type Floats = Record<string, Float32Array>;

function tensorsOf(specs: SpecMap, data: DataMap): TensorMap {
  const entries = Object.entries(specs).map(([name, { shape, dtype, encoding }]) => {
    const values = Float32Array.from(data[name] as TensorData, (value) => value * (encoding?.scale ?? 1));
    return [name, tensor(values, [...shape], dtype)] as const;
  });
  return Object.fromEntries(entries);
}

const read = (tensors: TensorMap): Floats =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, value]: [string, Tensor]) => [
      name,
      Float32Array.from(value.dataSync()),
    ]),
  );

/** One training step in eager TensorFlow.js on its own CPU backend: what a compiled step must equal. */
export async function stepEagerly(
  definition: ProgramDefinition,
  state: Floats,
  inputs: DataMap,
  kind = 'train',
) {
  await setBackend('cpu');
  let result: { state: Floats; metrics: Floats } = { state: {}, metrics: {} };
  tidy(() => {
    const step = definition.steps[kind];
    if (!step) throw new RangeError(`Unknown step ${kind}`);
    const next = step.run(tensorsOf(definition.state, state), tensorsOf(step.inputs, inputs));
    result = { state: read(next.state), metrics: read(next.metrics) };
  });
  return result;
}

/** One call in eager TensorFlow.js. */
export async function callEagerly(
  definition: ProgramDefinition,
  name: string,
  rows: number,
  state: Floats,
  inputs: DataMap,
) {
  await setBackend('cpu');
  let result: Floats = {};
  tidy(() => {
    const call = definition.calls[name]?.(rows);
    if (!call) throw new RangeError(`Unknown call ${name}`);
    result = read(call.run(tensorsOf(definition.state, state), tensorsOf(call.inputs, inputs)));
  });
  return result;
}
