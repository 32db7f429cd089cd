import { imageSizeOf } from '../images';
import type { ImageRecipe, Section } from '../program';
import { dataName, imageSource } from '../sources';
import { text } from '../template';

/** What a person does who runs a program away from the server that its data come from. */
export const elsewhere = (file: string): string =>
  `It comes from the Colatent server that this recipe is on; away from it, put \`${file}\` beside this program and its name in place of \`path\`.`;

type Source = ReturnType<typeof imageSource>;

/** `images`, uint8, in whatever shape. */
function loading(source: Source): string {
  if (source.kind === 'fashion-mnist') return '(images, _), _ = keras.datasets.fashion_mnist.load_data()';
  const reading =
    source.kind === 'npy'
      ? 'images = np.load(path)'
      : text`
          file = np.fromfile(path, dtype=np.uint8)
          # The length of a header, the header, a label an image, the images.
          start = 4 + int(file[:4].view("<u4")[0])
          count = (len(file) - start) // (1 + np.prod(IMAGE_SHAPE))
          images = file[start + count :]
        `;
  return text`
    path = keras.utils.get_file(
        "${source.file}",
        origin="${source.address}",
    )
    ${reading}
  `;
}

/** `images`, float32 [count, height, width, channels] from 0 to 1. */
export function imageData(recipe: ImageRecipe, site: string): Section {
  const source = imageSource(recipe, site);
  const { height, width, channels } = imageSizeOf(recipe);
  const origin =
    source.kind === 'fashion-mnist'
      ? 'Keras downloads it when it is first used. The test images stay aside.'
      : elsewhere(source.file);
  return {
    title: 'Data',
    about: `${dataName(recipe).label}. ${origin} Pixels become numbers from 0 to 1; nobody needs the labels.`,
    code: text`
      IMAGE_SHAPE = [${height}, ${width}, ${channels}]  # height, width, channels

      ${loading(source)}
      images = images.reshape([-1, *IMAGE_SHAPE]).astype("float32") / 255
    `,
  };
}
