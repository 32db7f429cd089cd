import { imageSizeOf, synthesisOf } from '../images';
import type { Program, RecipeOf, Section } from '../program';
import { lines, text } from '../template';
import { compilation, results, training } from './adversarial';
import { imageData } from './data';
import { convolutionalDiscriminator, signed } from './discriminator';
import { setup } from './setup';
import { trainingSteps } from './steps';

type StyleganRecipe = RecipeOf<'stylegan'>;

const mapping: Section = {
  title: 'Mapping network',
  about:
    'Dense layers turn random numbers, brought to one length, into a style w. Styles are shaped by learning, and so less entangled than random numbers.',
  code: text`
    def normalize(latents):
        mean_square = tf.reduce_mean(tf.square(latents), axis=-1, keepdims=True)
        return latents * tf.math.rsqrt(mean_square + 1e-8)


    def mapping_network():
        mapping = keras.Sequential([keras.Input([CODING_SIZE])], name="mapping")
        for _ in range(MAPPING_DEPTH):
            mapping.add(layers.Dense(STYLE_SIZE))
            mapping.add(layers.LeakyReLU(LEAK))
        return mapping
  `,
};

const styledLayer: Section = {
  title: 'A styled layer',
  about:
    'What follows each convolution: noise, with a strength that each feature map learns; a bias and leaky ReLU; and adaptive instance normalisation (AdaIN), by which the style sets how strong and how bright each feature map is.',
  code: text`
    class Styled(layers.Layer):
        def build(self, features_shape, *_):
            filters = features_shape[-1]
            self.noise_strength = self.add_weight(
                name="noise_strength", shape=[filters], initializer="zeros"
            )
            self.bias = self.add_weight(name="bias", shape=[filters], initializer="zeros")
            self.affine = layers.Dense(2 * filters)
            self.affine.build([None, STYLE_SIZE])

        def call(self, features, style, noise):
            features += noise * self.noise_strength + self.bias
            features = tf.nn.leaky_relu(features, LEAK)
            mean, variance = tf.nn.moments(features, axes=[1, 2], keepdims=True)
            features = (features - mean) * tf.math.rsqrt(variance + 1e-8)
            scale, shift = tf.split(self.affine(style)[:, None, None, :], 2, axis=-1)
            return features * (1 + scale) + shift
  `,
};

function synthesis(recipe: StyleganRecipe): Section {
  const { synthesisFilters } = recipe.values;
  const { height, width, channels } = imageSizeOf(recipe);
  const { low, narrow, whole } = synthesisOf(recipe);
  const rest = synthesisFilters.slice(1);
  const [top, left] = [(whole[0] - height) >> 1, (whole[1] - width) >> 1];
  const edge = (before: number, all: number, kept: number) => `(${before}, ${all - kept - before})`;
  const isCropped = whole[0] !== height || whole[1] !== width;
  const blocks = rest.flatMap((filters) => [
    `keras.Sequential([layers.UpSampling2D(), Conv(${filters})]),`,
    `Conv(${filters}),`,
  ]);
  return {
    title: 'Synthesis network',
    about: `From a learned constant of ${low} x ${narrow} up: two styled layers a resolution, each resolution twice the one before. So the first layers settle the coarse shape of an image, the last ones its details.`,
    code: text`
      Conv = partial(layers.Conv2D, kernel_size=3, padding="same", use_bias=False)


      class Synthesis(layers.Layer):
          def __init__(self):
              super().__init__()
              self.convolutions = [
                  ${lines([`Conv(${synthesisFilters[0]}),`, ...blocks])}
              ]
              self.styled = [Styled() for _ in range(${2 * synthesisFilters.length})]
              self.to_image = layers.Conv2D(${channels}, kernel_size=1, activation="tanh")
              ${isCropped ? `self.crop = layers.Cropping2D((${edge(top, whole[0], height)}, ${edge(left, whole[1], width)}))` : null}

          def build(self, _=None):
              self.constant = self.add_weight(
                  name="constant",
                  shape=[1, ${low}, ${narrow}, ${synthesisFilters[0] as number}],
                  initializer=keras.initializers.RandomNormal(stddev=1.0),
              )

          def call(self, styles, noise=1.0, noise_rows=None):
              """One style [rows, STYLE_SIZE] a layer; noise_rows=1 gives all rows the same noise."""
              rows = tf.shape(styles[0])[0]
              features = tf.repeat(self.constant, rows, axis=0)
              for i, (styled, style) in enumerate(zip(self.styled, styles)):
                  if i > 0:
                      features = self.convolutions[i - 1](features)
                  height, width = features.shape[1:3]
                  drawn = tf.random.normal([noise_rows or rows, height, width, 1])
                  features = styled(features, style, noise * drawn)
              return ${isCropped ? 'self.crop(self.to_image(features))' : 'self.to_image(features)'}
    `,
  };
}

function generator({ values: { styleMixing, synthesisFilters } }: StyleganRecipe): Section {
  const mixing =
    styleMixing === 0
      ? 'return [first] * LAYERS  # STYLE_MIXING is 0: one style for all layers'
      : text`
          crossover = tf.random.uniform([tf.shape(first)[0], 1]) * (LAYERS - 1) / STYLE_MIXING
          return [tf.where(i > crossover, second, first) for i in range(LAYERS)]
        `;
  return {
    title: 'Generator',
    about:
      'In training a share of the images, `STYLE_MIXING`, gets a second style from a random layer on, which keeps coarse and fine structure apart. `w_average` follows the mean style; truncation pulls styles towards it, for images that are less varied but better.',
    code: text`
      LAYERS = ${2 * synthesisFilters.length}


      class Generator(keras.Model):
          def __init__(self):
              super().__init__(name="generator")
              self.mapping = mapping_network()
              self.synthesis = Synthesis()
              self.w_average = self.add_weight(
                  name="w_average", shape=[STYLE_SIZE], initializer="zeros", trainable=False
              )

          def mixed(self, first, second):
              ${styleMixing === 0 ? mixing : `# Beyond the last layer for all but the share STYLE_MIXING of the rows.\n${mixing}`}

          def call(self, latents, training=False):
              first = self.mapping(normalize(latents))
              second = self.mapping(normalize(tf.random.normal(tf.shape(latents))))
              if training:
                  mean = tf.reduce_mean(first, axis=0)
                  self.w_average.assign(
                      AVERAGE_DECAY * self.w_average + (1 - AVERAGE_DECAY) * mean
                  )
              return self.synthesis(self.mixed(first, second))

          def sample(self, latents, truncation=1.0, noise=1.0):
              style = self.mapping(normalize(latents))
              style = self.w_average + truncation * (style - self.w_average)
              return self.synthesis([style] * LAYERS, noise=noise, noise_rows=1)


      generator = Generator()
      generator(tf.zeros([1, CODING_SIZE]))  # creates its weights
      generator.summary()
    `,
  };
}

export function stylegan(recipe: StyleganRecipe, site: string): Program {
  return {
    title: 'StyleGAN',
    about:
      'A generator that makes a style of random numbers first, and lets the style shape the image from coarse to fine.',
    sections: [
      setup(recipe, { partial: true }),
      signed(imageData(recipe, site)),
      mapping,
      styledLayer,
      synthesis(recipe),
      generator(recipe),
      convolutionalDiscriminator(recipe.values.discriminatorFilters, { kernel: '5', dropout: false }),
      compilation(recipe),
      trainingSteps,
      training,
      results('generator.sample(noise, truncation=0.7)', [-1, 1]),
    ],
  };
}
