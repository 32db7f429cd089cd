import { probeExecutors } from '@/server/engine/executors';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { useSoftwareGpu } from './softwareGpu';

/** The executors that every machine with the dependencies and a Chromium has. */
export const alwaysLoadable = ['onnx-cpu', 'onnx-webgpu'] as const satisfies readonly ExecutorId[];

/** Those that load here, with Chromium's software GPU where there is no other; to be asked once a test file. */
export async function loadableExecutors(): Promise<ExecutorId[]> {
  await useSoftwareGpu();
  return (await probeExecutors(executorIds)).filter(({ works }) => works).map(({ id }) => id);
}
