import { expect, test } from 'vitest';
import { dataFolder, publishedFolder } from '../support/data';
import { expectKerasQuality, learned } from '../support/learned';
import { specFor } from '../support/worker';

/** The notebook's text model after 300 and after 500 steps. */
async function expectTextQuality(datasets: string): Promise<void> {
  const spec = specFor('char-rnn', 'text', { dropout: 0.2, recurrentDropout: 0 }, 'shakespeare');
  const validated = await learned(spec, datasets, 500);
  const lossAt = (step: number) => validated.find((point) => point.step >= step)?.loss ?? Infinity;
  // Keras: 2.21 after 300 steps of the whole text (2 cores, TF 2.21, Keras 3.15).
  expect(lossAt(300)).toBeLessThanOrEqual(2.25);
  expect(lossAt(500)).toBeLessThan(lossAt(300));
}

test("the notebook's char-RNN reaches Keras's quality on the plays in 300 steps, and goes on falling", () =>
  expectTextQuality(dataFolder));

/** 1,200 real images, of which 500 are held back: as many epochs as make some 2,000 steps, as with more images. */
test("the notebook's autoencoder reaches Keras's quality on 1,200 real images with seeds 42, 43 and 44", async () => {
  for (const seed of [42, 43, 44])
    expect(await expectKerasQuality(dataFolder, { seed, validationShare: 41.67, epochs: 90 })).toBe(1969);
});

const images = publishedFolder('fashion-mnist', 'train-images-idx3-ubyte.gz');
const plays = publishedFolder('shakespeare', 'input.txt');

test.skipIf(images === null)('the autoencoder, on the images that COLATENT_DATASETS names', async () => {
  for (const seed of [42, 43, 44])
    await expectKerasQuality(images as string, { seed, validationShare: 13.83 });
});

test.skipIf(plays === null)('the char-RNN, on the plays that COLATENT_DATASETS names', () =>
  expectTextQuality(plays as string),
);
