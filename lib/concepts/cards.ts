import type { ParameterValue } from '../catalog/parameters';
import type { ProjectionSettings } from '../catalog/projections';
import type { PlainMessage } from '../text/keys';
import type { ConceptId } from './anchors';

/** A button of a card: sets values for all, or makes a view large for oneself. */
export interface Attempt {
  readonly label: PlainMessage;
  readonly values?: Readonly<Record<string, ParameterValue>>;
  /** Changes to the shared projection settings. */
  readonly projection?: Partial<Pick<ProjectionSettings, 'method' | 'source'>>;
  /** The view's id. */
  readonly view?: string;
}

export interface Card {
  /** What it is. */
  readonly about: PlainMessage;
  /** The first is the experiment; a second one leads back, or the other way. */
  readonly attempts: readonly Attempt[];
  /** What to look for. */
  readonly watch: PlainMessage;
}

export const cards: Readonly<Record<ConceptId, Card>> = {
  tokenising: {
    about:
      'A network computes with numbers, so every character gets one, and enters as a row of zeros with a single one. Fewer different characters mean fewer choices at each step.',
    attempts: [
      { label: 'Keep capitals', values: { letterCase: 'as-is' } },
      { label: 'Lower case only', values: { letterCase: 'lower' } },
    ],
    watch:
      'The first loss is about the logarithm of the number of characters: 3.7 for 39, 4.2 for 65. Speakers in capitals soon look right, yet the loss stays a little higher.',
  },
  windows: {
    about:
      'The text is cut into windows, and gradients flow back through one window only: backpropagation through time is truncated there. What lies further back can not be learned from.',
    attempts: [
      { label: 'Read 10 characters', values: { windowLength: 10, windowShift: 10 } },
      { label: 'Read 100 characters', values: { windowLength: 100, windowShift: 1 } },
    ],
    watch:
      'With 10 a step takes a tenth of the time, and words come soon. But lines have no length and speakers no turn, since no window ever shows a whole one.',
  },
  dropouts: {
    about:
      "Dropout leaves out a random share of a layer's inputs. Recurrent dropout leaves out a share of its memory, with the same mask at all steps of a window, so that what is remembered isn't washed away.",
    attempts: [
      { label: 'Neither', values: { dropout: 0, recurrentDropout: 0 } },
      { label: 'Recurrent alone, 0.5', values: { dropout: 0, recurrentDropout: 0.5 } },
      { label: 'Inputs alone, 0.5', values: { dropout: 0.5, recurrentDropout: 0 } },
    ],
    watch:
      'Without dropout the training loss falls fastest, until the validation loss parts from it and rises. With dropout the training loss lies above: it is measured with gaps.',
  },
  temperature: {
    about:
      'The network gives each next character a probability. Its logarithms are divided by the temperature before one is drawn: below 1 the likely ones win more often, above 1 the unlikely ones get a chance.',
    attempts: [{ label: 'Open Try it', view: 'try' }],
    watch:
      'Write with 0.2, then with 1.5. Cold text repeats itself and has almost no tint, hot text invents words and is tinted everywhere. Around 0.7 it reads best.',
  },
  bottleneck: {
    about:
      'The coding layer is narrower than the image, so the network can not just copy. It has to find out what images have in common, and keep only what tells them apart.',
    attempts: [
      { label: 'Squeeze into 2 numbers', values: { codingSize: 2 } },
      { label: 'Allow 30 numbers', values: { codingSize: 30 } },
    ],
    watch:
      'With 2 the kind of thing survives, its details do not: reconstructions of one class look alike. The latent space becomes a flat sheet that shows all there is.',
  },
  kl: {
    about:
      'The encoder gives each number of a coding a mean and a spread. The KL divergence says how far these are from a standard normal, and its weight what that costs. A number pays with bits for what it tells.',
    attempts: [
      { label: 'No KL term', values: { klWeight: 0 } },
      { label: 'Weight 1', values: { klWeight: 1 } },
      { label: 'Far too much: 50', values: { klWeight: 50 } },
    ],
    watch:
      'At 0 the cloud spreads, and samples fall into its holes. At 50 the divergence goes to 0: the posterior has collapsed, the decoder draws one mean picture. Between them the cloud fills a ball.',
  },
  losses: {
    about:
      'Cross-entropy takes each pixel as the probability of ink. Its gradient stays strong where the output is surely wrong. That of the squared error, behind a sigmoid, nearly vanishes there.',
    attempts: [
      { label: 'Mean squared error', values: { loss: 'mean-squared-error' } },
      { label: 'Binary cross-entropy', values: { loss: 'binary-cross-entropy' } },
    ],
    watch:
      'With the squared error pictures stay grey for longer at the same learning rate. Compare the rounded accuracy: the two losses themselves are different units.',
  },
  tsne: {
    about:
      'PCA turns the cloud so that its widest directions are seen. t-SNE lets points move until close neighbours in the coding are close in the picture, too. It keeps neighbourhoods, not distances.',
    attempts: [
      { label: 'Show t-SNE', projection: { method: 'tsne' }, view: 'latent-space' },
      { label: 'Show PCA', projection: { method: 'pca' }, view: 'latent-space' },
    ],
    watch:
      'Islands of one colour are classes that the network told apart, though nobody named them. How far two islands lie from each other, and how large they are, means little.',
  },
  adversaries: {
    about:
      'Two networks learn from each other: the discriminator to tell generated images from real ones, the generator, by the gradients through the discriminator, to be taken for real.',
    attempts: [
      {
        label: 'Let the discriminator run ahead',
        values: { discriminatorLearningRate: 0.01, generatorLearningRate: 0.0002 },
      },
      { label: 'Same pace', values: { discriminatorLearningRate: 0.001, generatorLearningRate: 0.001 } },
    ],
    watch:
      "The discriminator's loss falls towards 0 and the generator's climbs: a judge that is always sure teaches nothing. Back at the same pace both losses wander, and samples get better.",
  },
  equilibrium: {
    about:
      'A Nash equilibrium is where neither side gains by changing alone. Here it is a generator whose images can not be told from real ones, and a discriminator that can only answer one half.',
    attempts: [
      {
        label: 'Equal strength',
        values: {
          generatorLearningRate: 0.001,
          discriminatorLearningRate: 0.001,
          generatorSteps: 1,
          discriminatorSteps: 1,
        },
      },
      { label: 'Two discriminator steps a turn', values: { discriminatorSteps: 2 } },
    ],
    watch:
      'Both scores near the dashed line, and a discriminator loss near 0.69, the logarithm of 2. They circle around it rather than rest: two optimizers chase each other.',
  },
  collapse: {
    about:
      'The generator is only asked to fool the discriminator of this moment. If a few images do, it may draw nothing else: its diversity collapses, until the discriminator learns those, and it moves on to the next.',
    attempts: [
      { label: 'Provoke it: 8 generator steps', values: { generatorSteps: 8, discriminatorSteps: 1 } },
      { label: 'Back to taking turns', values: { generatorSteps: 1, discriminatorSteps: 1 } },
    ],
    watch:
      'Samples at different places become the same picture, and change all together. The losses alone hardly show it: look at the pictures.',
  },
  'transposed-convolution': {
    about:
      'It enlarges: each pixel of the small image stamps a whole kernel onto the large one, two pixels apart, and where stamps overlap they add up. With odd kernels some pixels get more stamps than their neighbours.',
    attempts: [
      { label: 'Kernels of 3', values: { kernelSize: 3 } },
      { label: 'Kernels of 4', values: { kernelSize: 4 } },
    ],
    watch:
      'A fine checkerboard in early samples, which fades as learning evens it out. With 4, which the stride of 2 divides, every pixel gets as many stamps.',
  },
  'batch-norm': {
    about:
      'It gives each feature map the mean 0 and the variance 1 over the batch, then a learned scale and shift. So layers get inputs of a steady size, and learning is faster. Single images are drawn with running averages.',
    attempts: [
      { label: 'Batches of 4', values: { batchSize: 4 } },
      { label: 'Averages that follow at once', values: { batchNormMomentum: 0.5 } },
      { label: 'As it was', values: { batchSize: 32, batchNormMomentum: 0.99 } },
    ],
    watch:
      'Statistics of small batches are noisy: losses jump more. With averages that follow at once, the same samples flicker in contrast from one picture to the next.',
  },
  mapping: {
    about:
      'A few dense layers turn the random numbers z into a style w. Random numbers must fill a ball evenly; styles need not, so that each direction can come to mean one thing.',
    attempts: [
      { label: 'One layer', values: { mappingDepth: 1 } },
      { label: 'Eight layers', values: { mappingDepth: 8 } },
      { label: 'Show latents z', projection: { source: 'latents' }, view: 'latent-space' },
      { label: 'Show styles w', projection: { source: 'styles' }, view: 'latent-space' },
    ],
    watch:
      'Walk between two samples under Try it: after a deeper mapping one property tends to change after the other. In the cloud, z stays as it is and like pictures lie anywhere; w moves, and like pictures gather.',
  },
  adain: {
    about:
      'Adaptive instance normalisation first takes each feature map to mean 0 and variance 1, image by image, then gives it the scale and shift that the style asks for. So a style rules what this layer draws, and nothing of the last one is left.',
    attempts: [
      { label: 'Styles of 2 numbers', values: { styleSize: 2 } },
      { label: 'Styles of 64 numbers', values: { styleSize: 64 } },
    ],
    watch:
      'The image begins as a learned constant: all that differs comes through styles and noise. With 2 numbers samples differ in few ways, and many look like relatives.',
  },
  noise: {
    about:
      'After each convolution every pixel gets a random number, scaled by one learned factor a feature map. So the network need not spend its style on things that are chance, such as the grain of a fabric.',
    attempts: [{ label: 'Open Try it', view: 'try' }],
    watch:
      'Turn Noise down to 0: the subject stays, fine texture goes. Truncation, beside it, pulls the style towards the mean one: safer images, less diversity.',
  },
  'style-mixing': {
    about:
      'In training some images get one style for the coarse layers and another for the fine ones. So layers can not count on a common style, and each learns a role of its own.',
    attempts: [
      { label: 'Mix two styles by hand', view: 'try' },
      { label: 'Never mix', values: { styleMixing: 0 } },
      { label: 'Mix 9 of 10', values: { styleMixing: 0.9 } },
    ],
    watch:
      'Trained with mixing, the coarse style decides what it is, the fine one how it is drawn. Trained without, two styles in one image often quarrel.',
  },
};
