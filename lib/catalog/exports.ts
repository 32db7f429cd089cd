import type { PlainMessage } from '../text/ko';
import type { ModelId } from './models';

/** A file that a trained model can be taken away as. */
export interface ExportFile {
  /** Its last part is the format: `.onnx` or `.safetensors`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly about: PlainMessage;
}

/** All weights without what only training needs. */
export const weightsFile = 'weights.safetensors';

const discriminating = {
  discriminate: 'How real the discriminator finds images.',
  features: "What the discriminator's last layer sees of images.",
} as const;

/** What each sampling graph of a model does, by the name that the model's file gives it. */
const graphs: Readonly<Record<ModelId, Readonly<Record<string, PlainMessage>>>> = {
  autoencoder: {
    encode: 'Codings of images.',
    decode: 'Images of codings.',
    reconstruct: 'Images through the coding and back.',
  },
  'char-rnn': { generate: 'Characters that go on from a prompt, one after the other.' },
  gan: { generate: 'Images of latents.', ...discriminating },
  dcgan: { generate: 'Images of latents.', ...discriminating },
  stylegan: {
    generate: 'Images of latents, with truncation and noise.',
    mix: 'Images of two latents, their styles blended layer by layer.',
    map: 'Styles of latents.',
    synthesize: 'Images of one style a layer.',
    ...discriminating,
  },
};

export function exportFilesOf(model: ModelId): ExportFile[] {
  const files = Object.entries(graphs[model]).map(([call, about]) => ({ name: `${call}.onnx`, about }));
  return [...files, { name: weightsFile, about: 'All weights by name, for any framework.' }];
}
