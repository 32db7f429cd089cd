import { describe, expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import type { StyleganValues } from '@/lib/catalog/models/stylegan';
import { RandomStream } from '@/lib/random';
import type { TensorData } from '@/server/engine/program';
import { programOf } from '@/server/models';
import {
  colourImage,
  expectSameSampling,
  expectSameTraining,
  greyImage,
  plain,
  stepKinds,
} from '../support/adversarial';
import { callEagerly, stepEagerly } from '../support/eager';
import { thoroughExecutors } from '../support/loadable';
import { expectClose } from '../support/parity';

const small = {
  codingSize: 6,
  styleSize: 7,
  mappingDepth: 2,
  synthesisFilters: [6, 5],
  discriminatorFilters: [4, 5],
  batchSize: 4,
};

function modelWith(changes: Partial<StyleganValues>, image = greyImage) {
  const values = { ...defaultValues('stylegan'), ...small, ...changes } as StyleganValues;
  return programOf({ model: 'stylegan', dataset: 'glyphs', values }, image);
}

const thorough = await thoroughExecutors();

describe.each(thorough)('%s: 5 steps equal 5 eager steps', (id) => {
  test.each(stepKinds)('%s', (kind) => expectSameTraining(id, modelWith(plain), { kind }));
  test('with Adam without momentum for both', () => expectSameTraining(id, modelWith({}), { rate: 0.001 }));
  test('in colour, three resolutions cut to odd sizes', () => {
    const filters = { synthesisFilters: [6, 5, 4], discriminatorFilters: [4] };
    return expectSameTraining(id, modelWith({ ...plain, ...filters }, colourImage));
  });
});

describe('onnx-cpu: other settings', () => {
  test.each([0, 0.5, 1])('with a share of %d of mixed styles', (styleMixing) =>
    expectSameTraining('onnx-cpu', modelWith({ ...plain, styleMixing })),
  );
  test('with filters enough for matrix products everywhere', () => {
    const filters = { synthesisFilters: [12, 8], discriminatorFilters: [8, 12] };
    return expectSameTraining('onnx-cpu', modelWith({ ...plain, ...filters }));
  });
});

describe.each(thorough)('%s: calls', (id) => {
  test.each(['generate', 'mix', 'map', 'synthesize', 'generatorActivations', 'discriminate', 'features'])(
    '%s equals its eager run',
    (name) => expectSameSampling(id, modelWith({}), name),
  );
  test('discriminatorActivations equals its eager run', () =>
    expectSameSampling(id, modelWith({}), 'discriminatorActivations'));
});

/** Weights after a step, so that neither noise nor the mean style is zero. */
async function trainedState(model: ReturnType<typeof modelWith>) {
  const { state } = await stepEagerly(model.definition, model.initialState(), {
    images: new Uint8Array(4 * 64).fill(90),
    generatorLearningRate: Float32Array.of(0.05),
    discriminatorLearningRate: Float32Array.of(0.05),
    seed: Int32Array.of(1),
    step: Int32Array.of(1),
  });
  return state;
}

const meanStyle = async (model: ReturnType<typeof modelWith>) => ({
  styles: (await trainedState(model))['generator/style'] as Float32Array,
});

async function trained(model: ReturnType<typeof modelWith>) {
  const state = await trainedState(model);
  return (name: string, rows: number, inputs: Record<string, TensorData>) =>
    callEagerly(model.definition, name, rows, state, {
      truncation: Float32Array.of(1),
      noise: Float32Array.of(1),
      seed: Int32Array.of(3),
      ...inputs,
    });
}
const latents = Float32Array.from({ length: 2 * 6 }, (_, i) => Math.cos(i));

describe('sampling', () => {
  test('generate is map, then synthesize with that style in every layer', async () => {
    const call = await trained(modelWith({}));
    const { styles = new Float32Array() } = await call('map', 2, { latents });
    const rows = [styles.slice(0, 7), styles.slice(7)];
    const inEveryLayer = Float32Array.from(rows.flatMap((row) => [...row, ...row, ...row, ...row]));
    expectClose(
      await call('synthesize', 2, { styles: inEveryLayer }),
      await call('generate', 2, { latents }),
      1e-5,
    );
  });

  test('mix blends two styles layer by layer, and is generate of the one or the other at the ends', async () => {
    const call = await trained(modelWith({}));
    const others = latents.map((value) => 1 - value);
    const truncation = Float32Array.of(0.7);
    const mix = (shares: number[]) =>
      call('mix', 2, { latents, others, truncation, shares: Float32Array.from([...shares, ...shares]) });
    const alone = (of: Float32Array) => call('generate', 2, { latents: of, truncation });
    expectClose(await mix([0, 0, 0, 0]), await alone(latents), 1e-5);
    expectClose(await mix([1, 1, 1, 1]), await alone(others), 1e-5);
    const shares = [0, 1, 0.25, 0.5];
    const [{ styles: a = [] }, { styles: b = [] }, { styles: mean = [] }] = await Promise.all([
      call('map', 2, { latents }),
      call('map', 2, { latents: others }),
      meanStyle(modelWith({})),
    ]);
    const styles = [0, 1].flatMap((row) =>
      shares.flatMap((share) =>
        Array.from({ length: 7 }, (_, k) => {
          const [from, to, middle] = [a[row * 7 + k], b[row * 7 + k], mean[k]] as [number, number, number];
          return middle + 0.7 * ((1 - share) * from + share * to - middle);
        }),
      ),
    );
    expectClose(await mix(shares), await call('synthesize', 2, { styles: Float32Array.from(styles) }), 1e-5);
  });

  test('what its layers give is told of the images that generate makes', async () => {
    const call = await trained(modelWith({}));
    const { images } = await call('generatorActivations', 2, { latents });
    expectClose({ images: images as Float32Array }, await call('generate', 2, { latents }), 1e-5);
  });

  test('without truncation to anything but the mean style, all images are the same', async () => {
    const call = await trained(modelWith({}));
    const { images = new Float32Array() } = await call('generate', 2, {
      latents,
      truncation: Float32Array.of(0),
    });
    expect(images.slice(0, 64)).toEqual(images.slice(64));
  });

  test('the seed changes the noise and nothing else; without noise it changes nothing', async () => {
    const call = await trained(modelWith({}));
    const draw = (noise: number, seed: number) =>
      call('generate', 2, { latents, noise: Float32Array.of(noise), seed: Int32Array.of(seed) });
    expect(await draw(1, 4)).toEqual(await draw(1, 4));
    expect(await draw(1, 4)).not.toEqual(await draw(1, 5));
    expect(await draw(0, 4)).toEqual(await draw(0, 5));
  });

  test('an image does not depend on those drawn beside it', async () => {
    const call = await trained(modelWith({}));
    const { images: both } = await call('generate', 2, { latents });
    const { images: second } = await call('generate', 1, { latents: latents.slice(6) });
    expect(second).toEqual(both?.slice(64));
  });
});

test('the mean style follows the styles by the decay', async () => {
  const model = modelWith({ averageDecay: 0.5 });
  const { state } = await stepEagerly(model.definition, model.initialState(), {
    images: new Uint8Array(4 * 64),
    generatorLearningRate: Float32Array.of(0),
    discriminatorLearningRate: Float32Array.of(0),
    seed: Int32Array.of(1),
    step: Int32Array.of(1),
  });
  const average = state['generator/style'] as Float32Array;
  const many = 500;
  const random = new RandomStream(8);
  const latents = Float32Array.from({ length: many * 6 }, () => random.normal());
  const { styles = new Float32Array() } = await callEagerly(
    model.definition,
    'map',
    many,
    model.initialState(),
    { latents },
  );
  const mean = (k: number) => {
    let sum = 0;
    for (let row = 0; row < many; row++) sum += styles[row * 7 + k] as number;
    return sum / many;
  };
  // Half of the mean of four styles: their spread over two is how far it may be off.
  const spread = Math.max(...styles) - Math.min(...styles);
  for (const [k, value] of average.entries()) expect(Math.abs(value - mean(k) / 2)).toBeLessThan(spread / 2);
  expect(Math.max(...average.map(Math.abs))).toBeGreaterThan(0);
});
