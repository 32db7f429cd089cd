/** Image data sets that a recipe may name. Loaders are in server/datasets, one folder each, by the same id. */
export const datasets = [
  {
    id: 'glyphs',
    label: 'Glyphs',
    help: 'Ten kinds of shapes, drawn by the server at once. Needs no network.',
    shape: [28, 28, 1],
    classes: ['Disc', 'Ring', 'Square', 'Frame', 'Triangle', 'Cross', 'Bars', 'Star', 'Wave', 'Arrow'],
  },
  {
    id: 'fashion-mnist',
    label: 'Fashion-MNIST',
    help: '70,000 photographs of clothes by Zalando Research. Downloaded once, 31 MB.',
    shape: [28, 28, 1],
    classes: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
  },
] as const;

export type Dataset = (typeof datasets)[number];
export type DatasetId = Dataset['id'];
export const datasetIds = datasets.map((dataset) => dataset.id);
/** Glyphs, so that the first press of Train shows pictures at once and without a network. */
export const defaultDataset: DatasetId = 'glyphs';

export function datasetOf(id: DatasetId): Dataset {
  const found = datasets.find((dataset) => dataset.id === id);
  if (!found) throw new RangeError(`Unknown data set ${id}; expected one of ${datasetIds.join(', ')}`);
  return found;
}
