import { type Architecture, Blocks, grownBy, layerOf, type Network } from '../../blocks';
import { dense, type Layer, readsData } from '../../cost/layers';
import type { CharRnnValues } from './index';

/** A GRU has a second bias, since its reset gate comes after the recurrent product. */
const cells = { gru: { gates: 3, biases: 2 }, lstm: { gates: 4, biases: 1 } } as const;

/** One window of `windowLength` characters is one example. */
function layers(values: CharRnnValues, [vocabulary]: readonly [number]) {
  const { hiddenUnits, windowLength: time } = values;
  const { gates, biases } = cells[values.cell];
  const widths = [vocabulary, ...hiddenUnits];
  const recurrent = hiddenUnits.flatMap((units, i): Layer[] => {
    const inputs = widths[i] as number;
    const sums = gates * units;
    return [
      {
        kind: 'recurrent',
        output: [sums],
        parameters: inputs * sums,
        multiplyAdds: time * inputs * sums,
        activations: time * (inputs + sums),
      },
      {
        kind: 'recurrent',
        output: [units],
        parameters: (units + biases) * sums,
        multiplyAdds: time * units * sums,
        // The gates, what they make of the state, and their gradients.
        activations: time * (2 * sums + 2 * units),
      },
    ];
  });
  const output = dense(hiddenUnits.at(-1) as number, vocabulary);
  const { multiplyAdds, activations } = output;
  return {
    reader: readsData([
      ...recurrent,
      { ...output, multiplyAdds: time * multiplyAdds, activations: time * activations },
    ]),
  };
}

function networks(values: CharRnnValues, shape: readonly [number]): Network[] {
  const reader = new Blocks('reader', layers(values, shape).reader);
  values.hiddenUnits.forEach((_, i) => {
    // What it reads, and what it remembers.
    reader.take(2, { size: layerOf('hiddenUnits', i), weights: [`recurrent/${i}`] });
  });
  reader.take(1, { weights: ['output'] });
  return [
    {
      id: 'reader',
      input: shape,
      inputSize: null,
      blocks: reader.found,
      growth: grownBy('hiddenUnits'),
    },
  ];
}

export const charRnnArchitecture: Architecture<CharRnnValues, readonly [number]> = { layers, networks };
