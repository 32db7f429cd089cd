import type { Section } from '../program';
import { lines, text } from '../template';

/** Data for networks whose images go from -1 to 1, as tanh draws them. */
export const signed = (data: Section): Section => ({
  ...data,
  about: `${data.about} Then they are moved to -1 to 1, as the generator's tanh draws them.`,
  code: `${data.code}\nimages = images * 2 - 1`,
});

/** Convolutions with stride 2 that end in one unit. */
export function convolutionalDiscriminator(
  filters: readonly number[],
  { kernel, dropout }: { readonly kernel: string; readonly dropout: boolean },
): Section {
  const convolutions = filters.flatMap((each) => [
    `layers.Conv2D(${each}, ${kernel}, strides=2, padding="same"),`,
    'layers.LeakyReLU(LEAK),',
    dropout ? 'layers.Dropout(DROPOUT),' : null,
  ]);
  const doubt = dropout ? ' Dropout keeps it from learning the images by heart.' : '';
  return {
    title: 'Discriminator',
    about: `Each convolution halves the image; leaky ReLU lets a little through below zero. One unit at the end says how real the image looks.${doubt}`,
    code: text`
      discriminator = keras.Sequential(
          [
              keras.Input(IMAGE_SHAPE),
              ${lines(convolutions)}
              layers.Flatten(),
              layers.Dense(1, activation="sigmoid"),
          ],
          name="discriminator",
      )
      discriminator.summary()
    `,
  };
}
