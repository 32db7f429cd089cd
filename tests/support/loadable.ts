import { inject } from 'vitest';
import { probeExecutors } from '@/server/engine/executors';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { provideSoftwareGpu } from './softwareGpu';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether these are the long tests. */
    isLong: boolean;
  }
}

/** The executors that every machine with the dependencies and a Chromium has. */
export const alwaysLoadable = ['onnx-cpu', 'onnx-webgpu'] as const satisfies readonly ExecutorId[];

/** Those that load here, with Chromium's software GPU where there is no other; to be asked once a test file. */
export async function loadableExecutors(): Promise<ExecutorId[]> {
  await provideSoftwareGpu();
  return (await probeExecutors(executorIds)).filter(({ works }) => works).map(({ id }) => id);
}

/**
 * Those for comparisons of many settings, and of models whose every kernel has a test of its own. A GPU in software compiles each shader for so long that its turn is in
 * `npm run test:long` (`tests/parity/webgpu.long.test.ts`), and there it is alone.
 */
export async function thoroughExecutors(): Promise<ExecutorId[]> {
  const isSoftware = await provideSoftwareGpu();
  const isSlow = (id: ExecutorId) => isSoftware && id === 'onnx-webgpu';
  const takesLong = inject('isLong');
  return (await loadableExecutors()).filter((id) => isSlow(id) === takesLong);
}
