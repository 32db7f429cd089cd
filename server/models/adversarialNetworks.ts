import type { Tensor } from '@tensorflow/tfjs-core';
import type { CallDefinition, SpecMap, TensorMap } from '@/server/engine/program';
import type { Random } from '@/server/engine/trace/random';

type Call = (rows: number) => CallDefinition;

// Shapes: batch, the recipe's batch size; rows, images of a call; pixels, numbers of an image.

/**
 * One of the two networks, under names of its own: in the model's state its weights, slots and averages begin with
 * `generator/` or `discriminator/`. Each network has its own optimizer.
 */
interface Network {
  /** What its optimizer trains. */
  readonly weights: SpecMap;
  /** Fresh weights and averages. */
  initial(): Record<string, Float32Array>;
}

export interface Generator extends Network {
  /** What its steps update without an optimizer, such as batch norm's running averages. */
  readonly averages: SpecMap;
  /** The noise z [batch, codingSize] that `fakes` and `train` draw with this `random`. */
  noise(random: Random): Tensor;
  /** A batch of generated images for the discriminator's step, in the form that its `logits` takes. */
  fakes(own: TensorMap, random: Random): Tensor;
  /** The same for the generator's own step, and its averages after that step. */
  train(own: TensorMap, random: Random): { readonly images: Tensor; readonly averages: TensorMap };
  /** Images in that form as pixels [rows, pixels] from 0 to 1. */
  pixelsOf(images: Tensor): Tensor;
  /** Sampling; the state of these calls has the generator's own names. */
  readonly calls: Readonly<Record<string, Call>>;
  /** Each layer's output, by its name, the last one an image from 0 to 1; and `images` [rows, pixels]. */
  readonly activations: Call;
}

export interface Discriminator extends Network {
  /** Real images [rows, pixels] from 0 to 1 in the form in which the generator makes its own. */
  prepare(images: Tensor): Tensor;
  /** Logits [rows, 1], above zero for what looks real. @param random for training, draws dropout masks; `null` for inference. */
  logits(own: TensorMap, images: Tensor, random: Random | null): Tensor;
  /** The input of the last layer, [rows, numbers]. */
  features(own: TensorMap, images: Tensor): Tensor;
  /** Each layer's output, by its name; the last one a score [rows, 1] from 0 to 1. */
  activations(own: TensorMap, images: Tensor): TensorMap;
}
