import type { Text } from '@/app/_ui/language';
import type { Block } from '@/lib/catalog/blocks';
import type { LayerKind } from '@/lib/catalog/cost/layers';
import { familyOf, isOf, type ModelId, modelOf, type Recipe } from '@/lib/catalog/models';
import type { Family } from '@/lib/catalog/models/description';
import type { PlainMessage } from '@/lib/text/keys';
import type { DataKind, NodePlace } from './diagramLayout';

/** Texts of the diagram's blocks. */

const dataNames: Readonly<Record<DataKind, PlainMessage>> = {
  noise: 'Noise',
  image: 'Images',
  reconstruction: 'Reconstructed',
  real: 'Real',
  generated: 'Generated',
  text: 'Character',
  guess: 'Next character',
  verdict: 'Verdict',
};

const kindNames: Readonly<Record<LayerKind, PlainMessage>> = {
  dense: 'Dense layer',
  recurrent: 'Recurrent layer',
  convolution: 'Convolution',
  'transposed-convolution': 'Transposed convolution',
  constant: 'Learned constant',
  dropout: 'with dropout',
  normalization: 'with normalization',
  noise: 'with noise and a style',
  sampling: 'with a draw around it',
  style: 'with a style',
};

/** 28 x 28 x 1 as `28×28×1`, a vector as its length. */
export const shapeText = (shape: readonly number[]): string => shape.join('×');

/** Above the shape in a narrow column. An arrow tells that a convolution enlarges or shrinks. */
export function shortName(node: NodePlace, before: NodePlace | undefined, recipe: Recipe, t: Text): string {
  if (node.kind === 'data') return t(dataNames[node.data]);
  const { kind, shape } = node.block;
  if (kind === 'dense') return node.block.size?.key === 'codingSize' ? t('Coding') : t('Dense');
  if (kind === 'recurrent') return isOf('text', recipe) ? recipe.values.cell.toUpperCase() : 'RNN';
  if (kind === 'constant') return t('Constant');
  const [height = 1] = shape;
  const [earlier = height] = before?.shape.length === 3 ? before.shape : [];
  return `Conv${height > earlier ? ' ↑' : height < earlier ? ' ↓' : ''}`;
}

/** What a block is, in full. */
export function fullName({ kind, extras }: Block, t: Text): string {
  const [first] = extras.filter((extra) => extra !== 'style' || !extras.includes('noise'));
  return [t(kindNames[kind]), ...(first ? [t(kindNames[first])] : [])].join(' ');
}

interface Caption {
  readonly text: PlainMessage;
  readonly side: 'real' | 'generated' | null;
}

/** What is compared with what. */
const captions: Readonly<Record<Family, readonly Caption[]>> = {
  autoencoder: [{ text: 'Each drawing is compared with its image: the difference is the loss.', side: null }],
  text: [
    { text: 'The guess is compared with the character that follows: the surprise is the loss.', side: null },
  ],
  adversarial: [
    { text: 'The discriminator learns: real to 1, generated to 0.', side: 'real' },
    { text: 'The generator learns through it: its images to 1.', side: 'generated' },
  ],
};

/** Of a model whose codings are drawn from clouds. */
const withPrior: readonly Caption[] = [
  {
    text: 'Each drawing is compared with its image, and the cloud that it is drawn from with the prior: both are the loss.',
    side: null,
  },
];

const hasPrior = (model: ModelId) => modelOf(model).metrics.some(({ group }) => group === 'divergence');

export const captionsOf = (model: ModelId): readonly Caption[] =>
  hasPrior(model) ? withPrior : captions[familyOf(model)];
