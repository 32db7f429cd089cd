import { datasetLabel, readableValue } from '@/lib/catalog/differences';
import { modelOf, type Recipe, sourceFor } from '@/lib/catalog/models';
import type { ParameterValue } from '@/lib/catalog/parameters';
import { presetOf, recipeOfPreset } from '@/lib/catalog/presets';
import { projectionKeys, projectionParameters } from '@/lib/catalog/projections';
import { limits } from '@/lib/protocol/limits';
import type { LogEntry, Person } from '@/lib/protocol/messages';
import { pathWords } from '@/lib/room/path';
import type { Content, LoggedRoot } from '@/lib/room/roots';
import { UNTITLED } from '@/lib/text/names';
import { own, type Part, type Sentence } from '@/lib/text/sentence';

/** Milliseconds within which a person's next change of the same control advances the same entry. */
const dragMs = 2000;

type Changed = Extract<LogEntry['what'], { kind: 'changed' }>;
type Chosen = Extract<LogEntry['what'], { kind: 'preset' }>;

/** The preset that was chosen between two contents, or taken back. */
export function choiceBetween(before: Content, after: Content): Chosen | null {
  const [was, is] = [before.choice, after.choice];
  const [from, to] = [was?.place ?? 0, is?.place ?? 0];
  if (from === to && was?.preset === is?.preset) return null;
  const isTakenBack = to < from;
  const preset = presetOf((isTakenBack ? was : is)?.preset ?? '');
  const isOther = before.recipe.model !== after.recipe.model;
  return preset && { kind: 'preset', preset: preset.id, isOther, isTakenBack };
}

const pathLabels = { way: 'Way from pin to pin', easing: 'Easing', atEnd: 'At the end of the path' } as const;

type Word = keyof typeof pathWords;

function pathChanges(before: Content, after: Content): Changed[] {
  const [was, is] = [before.path, after.path];
  if (was === is) return [];
  const settings = (['way', 'easing', 'atEnd'] as const).flatMap((key) => {
    const [a, b] = [was, is].map((path) => path[key] ?? ('auto' as const)) as [Word, Word];
    return a === b ? [] : [changed(`path/${key}`, pathLabels[key], pathWords[a], pathWords[b])];
  });
  const [a, b] = [was.stops.length, is.stops.length];
  return a === b ? settings : [...settings, changed('path/stops', 'Pins on the path', a, b)];
}

/**
 * The recipe to which an edit's changes are compared one by one: that of a chosen preset, which is one entry by
 * itself.
 */
function recipeBefore(before: Content, after: Content): Recipe {
  const choice = choiceBetween(before, after);
  if (!choice) return before.recipe;
  const preset = presetOf(choice.preset);
  return preset && !choice.isTakenBack ? recipeOfPreset(preset) : after.recipe;
}

const titleIn = ({ meta: { title } }: Content): Sentence => (title === UNTITLED ? title : own(title));

const changed = (key: string, label: Sentence, from: Part, to: Part): Changed => {
  return { kind: 'changed', key, label, from, to };
};

type OwnName = (id: string) => string | undefined;

function projectionChanges(before: Content, after: Content): Changed[] {
  if (before.projection === after.projection && before.recipe.model === after.recipe.model) return [];
  return projectionKeys.flatMap((key) => {
    const parameter = projectionParameters[key];
    const valueIn = ({ projection }: Content) =>
      key === 'source' ? sourceFor(after.recipe.model, projection.source) : projection[key];
    const [a, b] = [valueIn(before), valueIn(after)];
    if (a === b) return [];
    return [
      changed(`projection/${key}`, parameter.label, readableValue(parameter, a), readableValue(parameter, b)),
    ];
  });
}

/** The controls whose values differ, in the catalog's order. */
function recipeChanges(before: Content, after: Content, ownName: OwnName): Changed[] {
  const [was, is] = [recipeBefore(before, after), after.recipe];
  if (was === is) return [];
  // Each model has a data set and values of its own: nobody changed those.
  if (was.model !== is.model)
    return [changed('model', 'Model', modelOf(was.model).label, modelOf(is.model).label)];
  const named = (id: Recipe['dataset']) => datasetLabel(id, ownName);
  const dataset =
    was.dataset === is.dataset ? [] : [changed('dataset', 'Data set', named(was.dataset), named(is.dataset))];
  const from = new Map<string, ParameterValue>(Object.entries(was.values));
  const to = new Map<string, ParameterValue>(Object.entries(is.values));
  const values = modelOf(is.model).parameters.flatMap((parameter) => {
    const [a, b] = [from.get(parameter.key), to.get(parameter.key)];
    if (a === b || JSON.stringify(a) === JSON.stringify(b)) return [];
    return [
      changed(parameter.key, parameter.label, readableValue(parameter, a), readableValue(parameter, b)),
    ];
  });
  return [...dataset, ...values];
}

/** How the log describes changes of each root, in this order. */
const told: {
  readonly [Name in LoggedRoot]: (before: Content, after: Content, ownName: OwnName) => (Changed | Chosen)[];
} = {
  choice: (before, after) => [choiceBetween(before, after) ?? []].flat(),
  meta: (before, after) => {
    const isSame = before.meta.title === after.meta.title;
    return isSame ? [] : [changed('title', 'Title', titleIn(before), titleIn(after))];
  },
  projection: projectionChanges,
  path: pathChanges,
  recipe: recipeChanges,
};

/**
 * The preset that was chosen, and the controls whose values differ.
 * @param ownName names a data set that somebody brought.
 */
export function changesBetween(before: Content, after: Content, ownName: OwnName): (Changed | Chosen)[] {
  return Object.values(told).flatMap((tell) => tell(before, after, ownName));
}

/** Whether a control has to do with what is trained, so that its change marks the curve. */
const isOfTraining = (key: string): boolean =>
  key !== 'title' && !['projection/', 'path/'].some((root) => key.startsWith(root));

/** The newest entries of a playground's log. Describe, store, keep: an entry counts once it is on disk. */
export class Activity {
  private entries: LogEntry[];
  /** The last change of a control by a person, as `client/key`. */
  private readonly drags = new Map<string, { entry: LogEntry; time: number }>();

  constructor(
    entries: readonly LogEntry[],
    private readonly now: () => number,
  ) {
    this.entries = [...entries];
  }

  recent(): LogEntry[] {
    return [...this.entries];
  }

  describe(person: Person | null, what: LogEntry['what'], at: LogEntry['at'], offset = 0): LogEntry {
    return {
      id: (this.entries.at(-1)?.id ?? 0) + 1 + offset,
      time: this.now(),
      person: person && { name: person.name, color: person.color },
      at,
      what,
    };
  }

  /** One entry a change: the open entry of a drag with its `to` advanced, or a new one. */
  describeChanges(person: Person, changes: readonly (Changed | Chosen)[], at: LogEntry['at']): LogEntry[] {
    let fresh = 0;
    return changes.map((what) => {
      const isChange = what.kind === 'changed';
      const drag = isChange && this.drags.get(`${person.client}/${what.key}`);
      if (drag && this.now() - drag.time <= dragMs && drag.entry.what.kind === 'changed')
        return { ...drag.entry, what: { ...drag.entry.what, to: what.to } };
      fresh += 1;
      // A preset is for the next run.
      return this.describe(person, what, isChange && isOfTraining(what.key) ? at : null, fresh - 1);
    });
  }

  /** Takes in what is on disk now. */
  keep(entries: readonly LogEntry[], person: Person | null = null): void {
    for (const entry of entries) {
      const index = this.entries.findIndex((each) => each.id === entry.id);
      if (index >= 0) this.entries[index] = entry;
      else if (entry.id > (this.entries.at(-1)?.id ?? 0)) this.entries.push(entry);
      if (person && entry.what.kind === 'changed')
        this.drags.set(`${person.client}/${entry.what.key}`, { entry, time: this.now() });
    }
    this.entries = this.entries.slice(-limits.logEntries);
  }

  /** Ends a person's drags. */
  forget(client: number): void {
    for (const key of this.drags.keys()) if (key.startsWith(`${client}/`)) this.drags.delete(key);
  }
}
