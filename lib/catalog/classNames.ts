import { own, type Sentence } from '../text/sentence';
import { characterKinds } from './characters';
import { datasets } from './datasets';

/** Names of classes that the program gives; all others are those of people's folders. */
const catalog = [...datasets.flatMap((each) => ('classes' in each ? each.classes : [])), ...characterKinds];
const brought = ['Others', 'Images'] as const;

/** A class by its name. @param isOwn whether it is one of data that somebody brought. */
export const classNamed = (name: string, isOwn: boolean): Sentence =>
  (isOwn ? brought : catalog).find((each) => each === name) ?? own(name);
