import { ExecutorError, type Probe } from '../program';
import { type Binding, hint, loadBinding } from './binding';
import { dataTypes, encodeSavedModel, tensorInfo, type } from './proto';
import { Scope } from './scope';
import { Session } from './session';

/** 1 + 1 */
async function compute(binding: Binding): Promise<number | undefined> {
  const scope = new Scope();
  const x = scope.placeholder('float32', []);
  const sum = scope.node('AddV2', [x, x], { T: type('float32') });
  const add = {
    inputs: { x: tensorInfo(x, 'float32', []) },
    outputs: { sum: tensorInfo(sum, 'float32', []) },
  };
  const session = await Session.load(binding, encodeSavedModel(scope.list.all, { add }));
  const one = binding.createTensor([], dataTypes.float32, Float32Array.of(1));
  const { sum: two } = session.run('add', { x: one }) as { sum: number };
  const [value] = binding.tensorDataSync(two);
  for (const id of [one, two]) binding.deleteTensor(id);
  session.release();
  return value;
}

/**
 * Loads the binding and computes 1 + 1 in a session: so its libraries work, too. Never throws. @param threads as in
 * `loadBinding`.
 */
export async function probeTensorflow(threads?: number): Promise<Probe> {
  const id = 'tensorflow';
  try {
    const binding = loadBinding(threads);
    const value = await compute(binding);
    const detail = `TensorFlow ${binding.TF_Version} on the ${binding.isUsingGpuDevice() ? 'GPU' : 'CPU'}`;
    return value === 2
      ? { id, works: true, detail, hint: '' }
      : { id, works: false, detail: `1 + 1 gave ${value}`, hint };
  } catch (error) {
    const cause = error instanceof ExecutorError ? error.cause : error;
    return { id, works: false, detail: cause instanceof Error ? cause.message : String(cause), hint };
  }
}
