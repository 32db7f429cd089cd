import { expect, test } from 'vitest';
import { viewsOf } from '@/app/p/[id]/viewsOf';
import { type ModelId, modelIds, modelOf, parameterOf } from '@/lib/catalog/models';
import { valueSchema } from '@/lib/catalog/parameters';
import { type Anchor, type Concept, type ConceptId, concepts, conceptsAt } from '@/lib/concepts/anchors';
import { cards } from '@/lib/concepts/cards';

/** What the notebook explains, by model. */
const notebook: Readonly<Record<string, readonly ModelId[]>> = {
  tokenising: ['char-rnn'],
  windows: ['char-rnn'],
  dropouts: ['char-rnn'],
  temperature: ['char-rnn'],
  bottleneck: ['autoencoder', 'vae'],
  kl: ['vae'],
  losses: ['autoencoder'],
  tsne: ['autoencoder', 'vae', 'char-rnn', 'gan', 'dcgan', 'stylegan'],
  adversaries: ['gan', 'dcgan', 'stylegan'],
  equilibrium: ['gan', 'dcgan', 'stylegan'],
  collapse: ['gan', 'dcgan', 'stylegan'],
  'transposed-convolution': ['dcgan'],
  'batch-norm': ['dcgan'],
  mapping: ['stylegan'],
  adain: ['stylegan'],
  noise: ['stylegan'],
  'style-mixing': ['stylegan'],
};

const modelsWith = (id: ConceptId): ModelId[] =>
  modelIds.filter((model) => modelOf(model).concepts.includes(id));

test("every concept of the notebook has a card, at its model's controls or views", () => {
  expect(Object.fromEntries(concepts.map(({ id }) => [id, modelsWith(id)]))).toEqual(notebook);
});

const exists = (model: ModelId, anchor: Anchor): boolean => {
  const [kind, name] = anchor.split(':');
  if (kind === 'recipe') return modelOf(model).parameters.some(({ key }) => key === name);
  if (kind === 'chart') return modelOf(model).metrics.some(({ group }) => group === name);
  return viewsOf(model).some(({ id }) => id === name);
};

const all: readonly Concept[] = concepts;
const cases = all.flatMap((concept) =>
  modelsWith(concept.id).map((model) => [concept.id, model, concept] as const),
);

test.each(cases)('%s of %s stands where it can be seen', (_id, model, { anchors }) => {
  expect(anchors.some((anchor) => exists(model, anchor))).toBe(true);
});

test.each(all)('every anchor of $id exists in one of its models', ({ id, anchors }) => {
  for (const anchor of anchors)
    expect({ anchor, exists: modelsWith(id).some((model) => exists(model, anchor)) }).toEqual({
      anchor,
      exists: true,
    });
});

test.each(cases)('what %s sets of %s is valid, and changes something', (id, model) => {
  const { attempts } = cards[id];
  expect(attempts.length).toBeGreaterThan(0);
  for (const { values, view } of attempts) {
    expect(values !== undefined || view !== undefined).toBe(true);
    if (view) expect(viewsOf(model).map((each) => each.id)).toContain(view);
    for (const [key, value] of Object.entries(values ?? {}))
      expect(valueSchema(parameterOf(model, key)).safeParse(value).success).toBe(true);
  }
  const changes = attempts.flatMap(({ values = {} }) => Object.entries(values));
  if (changes.length > 0)
    expect(changes.some(([key, value]) => parameterOf(model, key).default !== value)).toBe(true);
});

test('a anchor names the concepts of the model that is shown there, and of no other', () => {
  expect(
    modelIds.filter((model) => conceptsAt(modelOf(model).concepts, 'recipe:dropout').length > 0),
  ).toEqual(['char-rnn']);
  expect(conceptsAt(modelOf('gan').concepts, 'chart:score').map(({ id }) => id)).toEqual(['equilibrium']);
  expect(conceptsAt(modelOf('autoencoder').concepts, 'recipe:seed')).toEqual([]);
});
