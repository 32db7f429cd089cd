import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { encodeModel, node, valueInfo } from './onnx/proto';
import * as ort from './onnx/runtime';
import type { Abilities } from './passes/suit';
import { ExecutorError, type ExecutorId, type Probe } from './program';
import { probeTensorflow } from './tensorflow/probe';

export type OnnxExecutorId = Exclude<ExecutorId, 'tensorflow'>;

/** How one executor makes its sessions. */
export interface Executor extends Abilities {
  readonly id: OnnxExecutorId;
  /** Whether state tensors stay on a device between calls. */
  readonly device: 'cpu' | 'gpu-buffer';
  readonly options: ort.InferenceSession.SessionOptions;
}

/** Keeps what was lowered once: the same definition need not be traced again. */
export interface LoweredCache {
  load(name: string): Promise<Uint8Array | null>;
  store(name: string, model: Uint8Array): Promise<void>;
}

export interface CompileOptions {
  /** Threads within one operator, on the CPU. */
  readonly threads?: number;
  readonly cache?: LoweredCache;
}

/** 64 MB: beyond, patches cost more to fetch than larger products save. */
const MAX_PATCHES = 2 ** 24;

const common = { graphOptimizationLevel: 'all', executionMode: 'sequential', logSeverityLevel: 3 } as const;

const hints: Readonly<Record<OnnxExecutorId, string>> = {
  'onnx-cpu': 'Reinstall the dependencies: npm ci',
  'onnx-cuda': 'It needs an NVIDIA GPU and the CUDA libraries: npm run setup:cuda',
  'onnx-webgpu':
    'It needs a graphics driver with Vulkan (Linux: the loader libvulkan1 and the driver of your GPU), Metal or Direct3D 12.',
};

export function executorOf(id: OnnxExecutorId, { threads = 1 }: CompileOptions = {}): Executor {
  switch (id) {
    case 'onnx-cpu':
      return {
        id,
        device: 'cpu',
        hasScan: true,
        patches: MAX_PATCHES,
        hasSelu: false,
        options: {
          ...common,
          executionProviders: ['cpu'],
          intraOpNumThreads: threads,
          extra: {
            session: {
              // Squares of tiny gradients would make a step many times slower.
              set_denormal_as_zero: '1',
              // Finer blocks: threads that share a small operation end closer to one another.
              dynamic_block_base: '4',
            },
          },
        },
      };
    case 'onnx-cuda':
      return {
        id,
        device: 'cpu',
        hasScan: true,
        patches: null,
        hasSelu: true,
        options: { ...common, executionProviders: ['cuda'] },
      };
    case 'onnx-webgpu':
      return {
        id,
        device: 'gpu-buffer',
        hasScan: false,
        patches: null,
        hasSelu: true,
        options: { ...common, executionProviders: ['webgpu'] },
      };
  }
}

/** @throws ExecutorError when the executor can't make the session. */
export async function createSession(
  executor: Executor,
  model: Uint8Array,
  outputsOnDevice: readonly string[] = [],
): Promise<ort.InferenceSession> {
  const kept = outputsOnDevice.map((name) => [name, executor.device] as const);
  const location = executor.device === 'cpu' ? {} : { preferredOutputLocation: Object.fromEntries(kept) };
  try {
    return await ort.InferenceSession.create(model, { ...executor.options, ...location });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExecutorError(`${executor.id} can't run here: ${reason} ${hints[executor.id]}`, {
      cause: error,
    });
  }
}

/** ONNX Runtime says at length that these are missing; where they are not, nobody needs to ask it. */
function lacksCuda(): boolean {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = join(dirname(entry), '../bin/napi-v6', process.platform, process.arch);
  return !existsSync(join(folder, 'libonnxruntime_providers_cuda.so'));
}

/** 1 + 1 on the executor: proves that its libraries, driver and kernels work together. */
async function probe(id: OnnxExecutorId): Promise<Probe> {
  if (id === 'onnx-cuda' && lacksCuda())
    return { id, works: false, detail: 'The CUDA libraries are not here', hint: hints[id] };
  const scalar = (name: string) => valueInfo(name, 'float32', [1]);
  const model = encodeModel({
    name: 'probe',
    node: [node('Add', ['x', 'x'], 'y')],
    initializer: [],
    input: [scalar('x')],
    output: [scalar('y')],
  });
  try {
    const session = await createSession(executorOf(id), model);
    const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1), [1]) });
    await session.release();
    const works = y?.data[0] === 2;
    return works
      ? { id, works, detail: `ONNX Runtime ${ort.env.versions.node ?? ort.env.versions.common}`, hint: '' }
      : { id, works, detail: `1 + 1 gave ${y?.data[0]}`, hint: hints[id] };
  } catch (error) {
    const reason =
      error instanceof ExecutorError && error.cause instanceof Error ? error.cause.message : String(error);
    return { id, works: false, detail: reason.split('\n')[0] as string, hint: hints[id] };
  }
}

/** Tries every executor, one after the other. */
export async function probeExecutors(
  ids: readonly ExecutorId[],
  { threads }: Pick<CompileOptions, 'threads'> = {},
): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const id of ids) probes.push(id === 'tensorflow' ? await probeTensorflow(threads) : await probe(id));
  return probes;
}
