import type { ValuesOf } from '../format';
import type { CatalogText } from './catalog';
import type { CodeText } from './code';
import type { ConceptsText } from './concepts';
import type { GalleryText } from './gallery';
import type { GeneratorsText } from './generators';
import type { OwnDataText } from './ownData';
import type { OwnGeneratorText } from './ownGenerator';
import type { PageText } from './page';
import type { PanelsText } from './panels';
import type { ParametersText } from './parameters';
import type { PathText } from './path';
import type { PinsText } from './pins';
import type { RefusalsText } from './refusals';
import type { ServerText } from './server';
import type { ShortcutsText } from './shortcuts';
import type { SpaceText } from './space';
import type { TextsText } from './texts';
import type { TimeText } from './time';
import type { VaeText } from './vae';
import type { ViewsText } from './views';
import type { WritingText } from './writing';

/**
 * Every text that people read, as it stands in the source: the English texts are the keys of all other languages. Types
 * alone, so that no page carries them.
 */
export type Message =
  | CatalogText
  | CodeText
  | ConceptsText
  | GalleryText
  | GeneratorsText
  | OwnDataText
  | OwnGeneratorText
  | PageText
  | PanelsText
  | ParametersText
  | PathText
  | PinsText
  | RefusalsText
  | ServerText
  | ShortcutsText
  | SpaceText
  | TextsText
  | TimeText
  | VaeText
  | ViewsText
  | WritingText;

/** Those that need no values, as the catalog's labels. */
export type PlainMessage = { [M in Message]: ValuesOf<M> extends [] ? M : never }[Message];
