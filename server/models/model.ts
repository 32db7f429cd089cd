import type { Tensor } from '@tensorflow/tfjs-core';
import type { ProgramDefinition, TensorMap } from '@/server/engine/program';

/** A recipe's model, ready to be compiled. */
export interface Model {
  readonly definition: ProgramDefinition;
  /** Fresh weights and optimizer slots, drawn from the recipe's seed. */
  initialState(): Record<string, Float32Array>;
}

/** Called with a layer's output; `layer` is the layer's name: its weights are `<layer>/kernel` and so on. */
export type LayerHook = (layer: string, output: Tensor) => void;

/** The outputs of a forward pass, by layer. @param forward calls the hook for each layer; a second call for one replaces its output. */
export function layerOutputs(forward: (hook: LayerHook) => void): TensorMap {
  const outputs: TensorMap = {};
  forward((layer, output) => {
    outputs[layer] = output;
  });
  return outputs;
}

/** In pixels; channels are 1 for grey, 3 for colour. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
