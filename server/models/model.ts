import type { Tensor } from '@tensorflow/tfjs-core';
import type { ProgramDefinition, TensorMap } from '@/server/engine/program';

/** What a model file gives to the worker for one recipe. */
export interface Model {
  readonly definition: ProgramDefinition;
  /** Fresh weights and optimizer slots, drawn from the recipe's seed. */
  initialState(): Record<string, Float32Array>;
}

/** Is told what a layer gives, by the name that begins its weights'. */
export type Look = (layer: string, output: Tensor) => void;

/** What each layer gives in a forward pass, by its name. @param pass tells what it gives; the last word on a layer counts. */
export function outputsOf(pass: (look: Look) => void): TensorMap {
  const outputs: TensorMap = {};
  pass((layer, output) => {
    outputs[layer] = output;
  });
  return outputs;
}

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
