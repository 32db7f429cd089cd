import type { Section } from '../program';
import { text } from '../template';

/** `training_steps`, which goes through the examples as server/worker/training/epochs.ts does. */
export const trainingSteps: Section = {
  title: 'Steps',
  about:
    'Each epoch is one pass over the examples, in a new order. A batch may reach from one epoch into the next, so that all are full however few examples there are.',
  code: text`
    def training_steps(examples, size):
        """Each step's number, its examples, and the number of the epoch that it ends, else 0."""
        dataset = tf.data.Dataset.from_tensor_slices(examples)
        dataset = dataset.shuffle(len(examples), seed=SEED).repeat().batch(size)
        steps = math.ceil(EPOCHS * len(examples) / size)
        for step, batch in enumerate(dataset.take(steps).prefetch(1), start=1):
            ends_epoch = step * size % len(examples) < size
            yield step, batch, min(EPOCHS, step * size // len(examples)) if ends_epoch else 0
  `,
};
