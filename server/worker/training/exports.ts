import { exportFilesOf, weightsFile } from '@/lib/catalog/exports';
import type { RunSpec } from '@/lib/runs/status';
import { own, say } from '@/lib/text/sentence';
import { Graphs } from '@/server/engine/graphs';
import { exportCall, weightShapes } from '@/server/engine/onnx/export';
import { writeSafetensors } from '@/server/engine/safetensors';
import type { TrainingState } from './checkpoint';
import { SampleError, type Task } from './task';

/** Descriptions of the inputs and outputs of exported graphs, by name; carried values share a prefix. */
const about: Readonly<Record<string, string>> = {
  images: 'Images [N, channels, height, width], 0 black to 1 white.',
  codings: 'Codings, one row an image.',
  logVariances: 'Logarithms of the variances around the codings.',
  latents: 'Latents, one row an image; standard normal in training.',
  others: 'Latents whose styles are blended in.',
  shares: "How much of the others' style each layer takes, one row an image: 0 none, 1 nothing else.",
  scores: 'From 0, a fake, to 1, real.',
  features: 'Activations before the last layer, one row an image.',
  styles: 'Styles (w).',
  truncation: '1 keeps each style, 0 takes the mean one instead.',
  noise: 'Strength of the noise, 1 as in training.',
  seed: 'Any whole number; the same one draws the same.',
  step: 'How many characters have been written with this seed, so that others are drawn.',
  last: "The character before the first one, by its place in the metadata's `characters`.",
  forced: 'The characters to read, by their places; -1 where one is to be drawn. N characters are written.',
  temperature: '0 takes the likeliest, 1 draws as the text has it.',
  topK: 'Draws among so many of the likeliest, 0 among all.',
  ids: 'The characters, by their places.',
  probabilities: 'Of every character at each place, before it was drawn.',
  hidden: "The last layer's state before each character.",
};
const lower = "A lower layer's state before each character.";
const carried = 'Memory: zeros at first, then what the call before put out.';

/** The description of a value; empty for one that has none. */
export function descriptionOf(name: string): string {
  if (name.startsWith('carried/')) return carried;
  return name.startsWith('hidden/') ? lower : (about[name] ?? '');
}

/** Metadata of every file: recipe, step and vocabulary. */
function metadataOf({ recipe }: RunSpec, step: number, { vocabulary }: Task): Record<string, string> {
  const { model, dataset, values } = recipe;
  const known = { model, dataset, step: String(step), seed: String(values.seed) };
  return vocabulary ? { ...known, characters: vocabulary.join('') } : known;
}

/**
 * A run's state as a file for others: one of the sampling graphs as ONNX, or all weights.
 * @throws SampleError for a file that this model doesn't have.
 */
export async function exportFile(
  name: string,
  spec: RunSpec,
  task: Task,
  { step, values }: TrainingState,
): Promise<Uint8Array> {
  const files = exportFilesOf(spec.recipe.model);
  const file = files.find((each) => each.name === name);
  if (!file)
    throw new SampleError(
      say('There is no {name}; expected {files}', {
        name: own(name),
        files: own(files.map((each) => each.name).join(', ')),
      }),
    );
  const graphs = new Graphs(task.model.definition);
  const metadata = metadataOf(spec, step, task);
  if (name === weightsFile) {
    const shapes = Object.entries(await weightShapes(graphs));
    const tensors = shapes.map(
      ([key, shape]) => [key, { shape, data: values[key] as Float32Array }] as const,
    );
    return writeSafetensors({ tensors: Object.fromEntries(tensors), metadata });
  }
  const { image } = task;
  const options = { docString: file.about, about: descriptionOf, metadata, ...(image && { image }) };
  return exportCall(graphs, name.replace(/\.onnx$/, ''), values, options);
}
