/**
 * Data sets that a recipe may name; the first of a kind is that kind's default: it needs no network. Loaders are
 * in server/datasets, one folder each, by the same id. `vocabulary` counts the distinct characters of a text.
 */
export const datasets = [
  {
    kind: 'images',
    id: 'glyphs',
    label: 'Glyphs',
    help: 'Ten kinds of shapes, drawn by the server at once. Needs no network.',
    shape: [28, 28, 1],
    classes: ['Disc', 'Ring', 'Square', 'Frame', 'Triangle', 'Cross', 'Bars', 'Star', 'Wave', 'Arrow'],
  },
  {
    kind: 'images',
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
  {
    kind: 'text',
    id: 'verses',
    label: 'Verses',
    help: 'Half a million characters of plays in rhyme, written by the server at once. Needs no network.',
    vocabulary: { lower: 37, 'as-is': 63 },
  },
  {
    kind: 'text',
    id: 'shakespeare',
    label: 'Shakespeare',
    help: 'Scenes from his plays, a million characters, collected by Andrej Karpathy. Downloaded once, 1.1 MB.',
    vocabulary: { lower: 39, 'as-is': 65 },
  },
] as const;

export type Dataset = (typeof datasets)[number];
export type DatasetId = Dataset['id'];
/** The catalog's entry of one data set. */
export type DatasetOf<Id extends DatasetId> = Extract<Dataset, { id: Id }>;
export const datasetIds = datasets.map((dataset) => dataset.id);

export function datasetOf<Id extends DatasetId>(id: Id): DatasetOf<Id> {
  const found = datasets.find((dataset): dataset is DatasetOf<Id> => dataset.id === id);
  if (!found) throw new RangeError(`Unknown data set ${id}; expected one of ${datasetIds.join(', ')}`);
  return found;
}
