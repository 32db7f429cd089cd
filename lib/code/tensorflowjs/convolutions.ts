import { text } from '../template';

/** Convolutions as functions of a tensor, and what both convolutional generators and discriminators are made of. */

export const signedAbout = "Their images go from -1 to 1, as the generator's tanh draws them.";

/** A convolution's variables, and halving by one. */
export const halving = text`
  /** A convolution with stride 2, which halves an image. */
  function halve(weights, side, inputs, filters) {
    const area = side * side;
    const kernel = tf.variable(initial([side, side, inputs, filters], area * inputs, area * filters));
    const bias = tf.variable(tf.zeros([filters]));
    weights.push(kernel, bias);
    return (x) => tf.add(tf.conv2d(x, kernel, 2, 'same'), bias);
  }
`;

/** `discriminate(images, training)`, logits of images [rows, HEIGHT, WIDTH, CHANNELS]. */
export function discriminator(
  filters: readonly number[],
  { kernel, dropout }: { readonly kernel: string; readonly dropout: boolean },
): string {
  const active = 'tf.leakyRelu(layer(x), LEAK)';
  const convolved = dropout
    ? text`
        x = ${active};
        if (training && DROPOUT > 0) x = tf.dropout(x, DROPOUT, null, nextSeed());
      `
    : `x = ${active};`;
  return text`
    const discriminatorWeights = [];
    const depths = [${['CHANNELS', ...filters].join(', ')}];
    const halvings = depths
      .slice(1)
      .map((filters, i) => halve(discriminatorWeights, ${kernel}, depths[i], filters));
    const half = (side, times) => (times === 0 ? side : half(Math.ceil(side / 2), times - 1));
    const features = half(HEIGHT, ${filters.length}) * half(WIDTH, ${filters.length}) * depths.at(-1);
    const verdict = dense(discriminatorWeights, features, 1);

    function discriminate(images, ${dropout ? 'training' : '_training'}) {
      let x = images;
      for (const layer of halvings) {
        ${convolved}
      }
      return verdict(tf.reshape(x, [-1, features]));
    }
  `;
}
