import { probeExecutors } from '@/server/engine/executors';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { provideSoftwareGpu } from './softwareGpu';

/** The executors that every machine with the dependencies and a Chromium has. */
export const alwaysLoadable = ['onnx-cpu', 'onnx-webgpu'] as const satisfies readonly ExecutorId[];

/** Those that load here, with Chromium's software GPU where there is no other; to be asked once a test file. */
export async function loadableExecutors(): Promise<ExecutorId[]> {
  await provideSoftwareGpu();
  return (await probeExecutors(executorIds)).filter(({ works }) => works).map(({ id }) => id);
}
