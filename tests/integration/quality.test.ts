import { expect, test } from 'vitest';
import { dataFolder } from '../support/data';
import { expectKerasQuality } from '../support/learned';

/** 1,200 real images, of which 500 are held back: as many epochs as make some 2,000 steps, as with more images. */
test("the notebook's autoencoder reaches Keras's quality on 1,200 real images with seeds 42, 43 and 44", async () => {
  for (const seed of [42, 43, 44])
    expect(await expectKerasQuality(dataFolder, { seed, validationShare: 41.67, epochs: 90 })).toBe(1969);
});
