import type { ProgramDefinition } from '@/server/engine/program';

/** What a model file gives to the worker for one recipe. */
export interface Model {
  readonly definition: ProgramDefinition;
  /** Fresh weights and optimizer slots, drawn from the recipe's seed. */
  initialState(): Record<string, Float32Array>;
}

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
