import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExecutorError } from '../program';

/** The part of tfjs-node's native binding that is used: none of its JavaScript is, nor what that needs of Node. */
export interface Binding {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
  /**
   * A new tensor, which uses the memory of `data` until it is deleted.
   * @param dtype as `dataTypes` in proto.ts counts. @returns its id.
   */
  createTensor(shape: readonly number[], dtype: number, data: ArrayBufferView): number;
  deleteTensor(id: number): void;
  getNumOfTensors(): number;
  /** A copy of a tensor's values on the host. */
  tensorDataSync(id: number): Float32Array | Int32Array;
  loadSavedModel(folder: string, tag: string): number;
  deleteSavedModel(id: number): void;
  getNumOfSavedModels(): number;
  /**
   * Runs a loaded model.
   * @param inputs tensor ids, in the order of `inputNames`.
   * @param inputNames places `node:output`, joined by commas; so are `outputNames`.
   * @returns new tensors, in the order of `outputNames`.
   */
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): { readonly id: number }[];
}

/** What to do where no binding loads. */
export const hint =
  'Compile its binding against your TensorFlow: npm run setup:tensorflow -- --from FOLDER (that of the Python package or of libtensorflow)';

/** Where setup:tensorflow leaves the binding, below the repository's folder. */
const COMPILED = join('dist', 'tensorflow', 'tfjs_binding.node');
/** Packages with a binding of their own, where they could be installed. */
const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

const here = dirname(fileURLToPath(import.meta.url));
const load = createRequire(import.meta.url);

/** Looks in the folders above this file, which is bundled or not. */
function compiledBinding(): string | null {
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, COMPILED);
    if (existsSync(file)) return file;
  }
  return null;
}

/** A package's binding for the newest Node-API, which its install script chose for this Node. */
function packagedBinding(name: string): string | null {
  const folders = (load.resolve.paths(name) ?? []).map((folder) => join(folder, name, 'lib'));
  const lib = folders.find((folder) => existsSync(folder));
  const versions = lib
    ? readdirSync(lib).flatMap((each) => Number(/^napi-v(\d+)$/.exec(each)?.[1] ?? []))
    : [];
  const file = lib && join(lib, `napi-v${Math.max(...versions)}`, 'tfjs_binding.node');
  return file && existsSync(file) ? file : null;
}

/**
 * What TensorFlow reads from the environment when it is loaded: no messages, since errors are thrown, and GPU
 * memory as it is needed instead of all there is, since others train on the same GPU.
 */
function prepareEnvironment(threads: number): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
}

/**
 * Loads the binding that was compiled here, else that of an installed package. The first call in a process
 * decides the number of threads within one operator.
 * @throws ExecutorError when there is none or its libraries don't load.
 */
export function loadBinding(threads = 1): Binding {
  try {
    const file = compiledBinding() ?? packages.map(packagedBinding).find((each) => each !== null);
    if (!file) throw new Error('its binding is not installed');
    prepareEnvironment(threads);
    return load(file) as Binding;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExecutorError(`tensorflow can't run here: ${reason}. ${hint}`, { cause: error });
  }
}
