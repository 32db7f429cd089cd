import { type CompileOptions, executorOf } from './executors';
import { Graphs } from './graphs';
import { createOnnxProgram } from './onnx/program';
import type { ExecutorId, Program, ProgramDefinition } from './program';
import { createTensorflowProgram } from './tensorflow/program';

/**
 * Traces, optimizes and lowers a definition's usual step and loads it into an executor; further steps and
 * calls follow when first used. Its state is undefined until `setState`.
 * @throws TraceError for what can't be compiled, ExecutorError if the executor can't run here.
 */
export function compile(
  definition: ProgramDefinition,
  id: ExecutorId,
  options: CompileOptions = {},
): Promise<Program> {
  const graphs = new Graphs(definition);
  if (id === 'tensorflow') return createTensorflowProgram(graphs, options);
  return createOnnxProgram(graphs, executorOf(id, options), options.cache);
}
