import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, test } from 'vitest';
import { modelIds } from '@/lib/catalog/models';
import { codeOf } from '@/lib/code/index';
import { expectTrained, isConvolved, programCases } from '../support/programCases';
import { runTensorflowjs } from '../support/runTensorflowjs';

beforeAll(() => tf.setBackend('cpu'));

/** Programs of each model, of those with convolutions a third; `COLATENT_RUNS` asks for more. */
const runs = Number(process.env.COLATENT_RUNS ?? 6);

test.each(modelIds)(
  '%s: the TensorFlow.js program takes the steps that the product takes, with whatever it trains',
  (model) => {
    const property = fc.asyncProperty(programCases(model), async (each) => {
      const code = codeOf(each.recipe, 'tensorflowjs', 'http://colatent.example');
      const source = code.replace('length = 400', 'length = 3');
      expectTrained(each, await runTensorflowjs(source, new Blob([Uint8Array.from(each.file)])));
    });
    const numRuns = Math.ceil(runs / (isConvolved(model) ? 3 : 1));
    return fc.assert(property, { numRuns, endOnFailure: true });
  },
);
