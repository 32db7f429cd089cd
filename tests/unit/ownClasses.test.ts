import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { classesOf } from '@/server/datasets/own/classes';

/** Two images in each of the folders. */
const inside = (...folders: string[]) => folders.flatMap((folder) => [`${folder}/0.png`, `${folder}/1.png`]);
const found = (paths: readonly string[], wanted = 'auto') => {
  const { nameOf, ...rest } = classesOf(paths, 'archive', wanted);
  return { ...rest, names: [...new Set(nameOf)].sort(), nameOf };
};

test.each([
  ['flat', ['0.png', '1.png'], ['archive']],
  ['one folder', inside('cats'), ['cats']],
  ['a folder each', inside('pets/cat', 'pets/dog'), ['cat', 'dog']],
  ['folders that hold files', inside('tiny/n01/images', 'tiny/n02/images'), ['n01', 'n02']],
  ['parts above', inside('train/cat', 'val/cat', 'test/dog'), ['cat', 'dog']],
  ['parts below', inside('cat/train', 'cat/val', 'dog/train', 'dog/test'), ['cat', 'dog']],
  ['parts with words', inside('a/seg_train/sea', 'a/seg_test/ice', 'a/validation_set/ice'), ['ice', 'sea']],
  ['parts in Korean', inside('학습/개', '검증/고양이'), ['개', '고양이']],
  ['holders and parts', inside('images/train', 'images/val'), ['archive']],
  ['a class called train', inside('bus', 'train', 'car'), ['bus', 'car', 'train']],
  ['a class called images', inside('images', 'masks'), ['images', 'masks']],
  [
    'a validation part without classes',
    inside('train/n01/images', 'train/n02/images', 'val/images'),
    ['Others', 'n01', 'n02'],
  ],
  ['files beside folders', ['0.png', '1.png', ...inside('cat')], ['Others', 'cat']],
  ['deeper ones beside', inside('cat', 'cat/best', 'dog'), ['cat', 'dog']],
  ['digits', inside('0', '1', '2'), ['0', '1', '2']],
  ['years above', inside('2019/cat', '2020/cat', '2020/dog'), ['cat', 'dog']],
  ['days below', inside('rose/day1', 'rose/day2', 'tulip/day1', 'tulip/day2'), ['rose', 'tulip']],
] as const)('R40 the classes of %s', (_, paths, names) => {
  expect(found(paths).names).toEqual([...names].sort());
});

test('R40 where levels differ, one may choose: a level, whole paths, or no classes', () => {
  const paths = inside(
    'animals/cat/persian',
    'animals/cat/siamese',
    'animals/dog/poodle',
    'animals/dog/persian',
  );
  const { choices, chosen, isClear } = found(paths);
  expect({ chosen, isClear }).toEqual({ chosen: 'folder-1', isClear: false });
  expect(choices).toEqual([
    { id: 'folder-1', classes: 2, examples: ['cat', 'dog'] },
    { id: 'folder-2', classes: 3, examples: ['persian', 'poodle', 'siamese'] },
    {
      id: 'path-2',
      classes: 4,
      examples: ['cat / persian', 'cat / siamese', 'dog / persian', 'dog / poodle'],
    },
    { id: 'none', classes: 1, examples: ['animals'] },
  ]);
  expect(found(paths, 'folder-2').names).toEqual(['persian', 'poodle', 'siamese']);
  expect(found(paths, 'none').names).toEqual(['animals']);
  expect(found(paths, 'folder-9').chosen).toBe('folder-1');
});

test('R40 up to 100 classes; folders that are more stand as a choice that can not be taken', () => {
  const numbered = (count: number) => inside(...Array.from({ length: count }, (_, i) => `class ${i}`));
  expect(found(numbered(limits.ownClasses))).toMatchObject({ chosen: 'folder-1', isClear: true });
  const many = found(numbered(limits.ownClasses + 1), 'folder-1');
  expect(many).toMatchObject({ chosen: 'none', isClear: false, names: ['archive'] });
  expect(many.choices[0]?.classes).toBe(limits.ownClasses + 1);
});

test('R40 every image has a class that the choice counts, whatever the folders', () => {
  const name = fc.constantFrom('cat', 'dog', 'train', 'val', 'images', '2019', '강아지', '🐱');
  const paths = fc.array(fc.array(name, { maxLength: 4 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(paths, (folders) => {
      const files = folders.map((each, i) => [...each, `${i}.png`].join('/'));
      for (const { id } of found(files).choices) {
        const { nameOf, chosen, choices, names } = found(files, id);
        expect(chosen).toBe(id);
        expect(nameOf).toHaveLength(files.length);
        expect(choices.find((each) => each.id === id)?.classes).toBe(names.length);
      }
    }),
  );
});
