import path from 'node:path';
import { limits } from '@/lib/protocol/limits';
import type { FolderChoice } from '@/lib/protocol/ownData';

/**
 * Which folders are the classes of images. Folders that only part a set (train, val, test) or only hold files (images)
 * tell no classes; of the levels that remain, one that is the same for all tells none either.
 */

/** A way to assign classes: by the folders of one level. */
interface Level extends FolderChoice {
  readonly nameOf: readonly string[];
}

export interface Classes {
  /** The class of each image. */
  readonly nameOf: readonly string[];
  readonly choices: readonly FolderChoice[];
  /** The choice that was taken, and whether no other is likely. */
  readonly chosen: string;
  readonly isClear: boolean;
}

const part =
  /^(seg|my|the)?[-_ ]?(train(ing)?|val(id(ation)?)?|test(ing)?|dev(el)?|eval(uation)?|hold[-_ ]?out|학습|훈련|검증|시험|평가|테스트)[-_ ]?(set|data|images?|imgs?|split|용|데이터|셋)*[-_ ]?\d*$/i;
const holder =
  /^(images?|imgs?|jpe?g(s|images)?|pngs?|pics?|pictures?|photos?|files?|data|dataset|raw|이미지|사진|그림|데이터)$/i;

/** What an image beside folders belongs to. */
const others = 'Others';

interface Placed {
  readonly at: number;
  rest: string[];
}

/** Whether the folders that lie in one folder are no classes. */
type IsPlain = (names: readonly string[]) => boolean;

const isHolder: IsPlain = ([name, ...more]) => name !== undefined && more.length === 0 && holder.test(name);
const isPart: IsPlain = (names) => names.length > 0 && names.every((name) => part.test(name));

/** Removes folders that are no classes from all paths below a common one. */
function without(isPlain: IsPlain, group: readonly Placed[]): Map<number, string[]> {
  while (isPlain([...new Set(group.flatMap(({ rest }) => rest.slice(0, 1)))]))
    for (const each of group) each.rest = each.rest.slice(1);
  const found = new Map<number, string[]>();
  const below = new Map<string, Placed[]>();
  for (const { at, rest } of group) {
    const [name, ...folders] = rest;
    if (name === undefined) found.set(at, []);
    else {
      const siblings = below.get(name);
      if (siblings) siblings.push({ at, rest: folders });
      else below.set(name, [{ at, rest: folders }]);
    }
  }
  for (const [name, children] of below)
    for (const [at, folders] of without(isPlain, children)) found.set(at, [name, ...folders]);
  return found;
}

/** Folders that hold files go first, where they lie alone; then parts are joined, and what holds those goes. */
function plainOf(folders: readonly string[][]): string[][] {
  const isPlain: IsPlain[] = [isHolder, (names) => isPart(names) || isHolder(names)];
  return isPlain.reduce<string[][]>(
    (all, each) => {
      const found = without(
        each,
        all.map((rest, at) => ({ at, rest })),
      );
      return all.map((_, at) => found.get(at) ?? []);
    },
    [...folders],
  );
}

/** Takes off the folders that all images lie in. @returns the name of the last one. */
function withoutCommon(folders: string[][]): { common: string; rest: string[][] } {
  let [common, rest] = ['', folders];
  for (;;) {
    const names = new Set(rest.map(([name]) => name));
    const [only] = names;
    if (names.size !== 1 || only === undefined) return { common, rest };
    [common, rest] = [only, rest.map((each) => each.slice(1))];
  }
}

function levelOf(id: string, nameOf: readonly string[]): Level {
  const names = [...new Set(nameOf)].sort(inOrder);
  return { id, nameOf, classes: names.length, examples: names.slice(0, limits.ownChoiceExamples) };
}

/** Which images belong together, whatever their classes are called. */
function partition({ nameOf }: Level): string {
  const known = new Map<string, number>();
  return nameOf
    .map((name) => {
      const number = known.get(name) ?? known.size;
      known.set(name, number);
      return number;
    })
    .join();
}

/** All levels with at least two classes, from the top down: by a folder's name, then by its path. */
function levelsOf(folders: readonly string[][]): Level[] {
  const depth = Math.max(0, ...folders.map((each) => each.length));
  const found = new Map<string, Level>();
  const add = (level: Level) => {
    const key = partition(level);
    if (level.classes > 1 && !found.has(key)) found.set(key, level);
  };
  const upTo = (each: string[], level: number) => each.slice(0, level + 1);
  for (let level = 0; level < depth; level++)
    add(
      levelOf(
        `folder-${level + 1}`,
        folders.map((each) => upTo(each, level).at(-1) ?? others),
      ),
    );
  for (let level = 1; level < depth; level++)
    add(
      levelOf(
        `path-${level + 1}`,
        folders.map((each) => upTo(each, level).join(' / ') || others),
      ),
    );
  return [...found.values()];
}

/** Whether names differ in their numbers alone, as those of days and of parts do. */
const isNumbered = ({ nameOf }: Level) => new Set(nameOf.map((name) => name.replace(/\d+/g, '#'))).size === 1;

export const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/**
 * @param paths of the images, with their folders.
 * @param fallback the class of images without one.
 * @param wanted the id of a choice; for `auto`, and where there is no such choice, the likeliest is taken.
 */
export function classesOf(paths: readonly string[], fallback: string, wanted: string): Classes {
  const split = paths.map((file) =>
    path.posix
      .dirname(file)
      .split('/')
      .filter((name) => name !== '.' && name !== ''),
  );
  const { common, rest } = withoutCommon(plainOf(split));
  const levels = levelsOf(rest);
  const name = common || fallback;
  const none = levelOf(
    'none',
    paths.map(() => name),
  );
  const possible = levels.filter(({ classes }) => classes <= limits.ownClasses);
  const likeliest = possible.find((level) => !isNumbered(level)) ?? possible[0] ?? none;
  const chosen = [...possible, none].find(({ id }) => id === wanted) ?? likeliest;
  const choices = [...levels, none].map(({ id, classes, examples }) => ({ id, classes, examples }));
  const isClear = levels.length === possible.length && levels.length <= 1;
  return { nameOf: chosen.nameOf, choices, chosen: chosen.id, isClear };
}
