import type { PlainMessage } from '../text/keys';
import { type ModelId, modelOf } from './models';

/** A file in which a trained model is downloaded. */
export interface ExportFile {
  /** Its last part is the format: `.onnx` or `.safetensors`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly about: PlainMessage;
}

/** All weights, without optimizer slots. */
export const weightsFile = 'weights.safetensors';

export function exportFilesOf(model: ModelId): ExportFile[] {
  const files = Object.entries(modelOf(model).exports).map(([call, about]) => ({
    name: `${call}.onnx`,
    about,
  }));
  return [...files, { name: weightsFile, about: 'All weights by name, for any framework.' }];
}
