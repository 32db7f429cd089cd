import { exportFilesOf } from '@/lib/catalog/exports';
import type { Concerning, Hold, Look, Place } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult, Sampler } from '@/lib/protocol/sampling';
import type { WatchedTopic } from '@/lib/protocol/topics';
import type { Command } from '@/lib/runs/status';
import type { LoadedDocument } from './document/document';
import type { GeneratorControl } from './files/generator';
import type { OwnDataControl } from './files/ownData';
import type { Member } from './people/roster';
import type { Rate } from './rate';
import { Refused } from './refused';
import type { RunControl } from './run/control';
import type { Past } from './run/past';
import type { Seat, Visit } from './seat';

/** The parts of a room that deeds without a page act on: downloads, uploads, the link's card. */
export interface VisitedParts {
  content(): LoadedDocument['content'];
  readonly control: RunControl;
  readonly past: Past;
  readonly generator: GeneratorControl;
  readonly ownData: OwnDataControl;
}

/** Deeds that need no page in the room. @param by the client of the page that acts, if known, for the log. */
export function visitActs(parts: VisitedParts, by: number | null): Visit {
  const { control, past, generator, ownData } = parts;
  return {
    card: () => {
      const { meta, recipe } = parts.content();
      const run = control.view();
      return { title: meta.title, recipe: run?.spec.recipe ?? recipe, frames: control.frames() };
    },
    exports: () => {
      const run = control.view();
      return run ? exportFilesOf(run.spec.recipe.model) : [];
    },
    export: async (file) => {
      const bytes = await control.export(file);
      const model = control.view()?.spec.recipe.model ?? 'model';
      return { name: `${model}-${file}`, bytes };
    },
    runs: () => past.runs(),
    curve: (run) => past.curve(run),
    reel: (run) => past.index(run),
    reelPack: (run, topic, range) => past.pack(run, topic, range),
    bringGenerator: (model, name, reading) => generator.bring(model, name, by, reading),
    readGenerator: (reading) => generator.read(reading),
    removeGenerator: async () => generator.remove(by),
    draftData: async (upload, progress) => ownData.draft(upload, progress),
    bringData: (upload, progress) => ownData.bring(upload, by, progress),
    readDraft: (draft, how, progress) => ownData.drafts.again(draft, how, progress),
    takeDraft: (draft) => ownData.take(draft, by),
    discardDraft: (draft) => ownData.drafts.discard(draft),
    removeData: (id) => ownData.remove(id, by),
  };
}

/** What a page's deeds need of its room. */
export interface PageRoom {
  edit(member: Member, update: Uint8Array): Promise<void>;
  execute(member: Member, command: Command, about?: Concerning): Promise<void>;
  sample(request: SampleRequest, sampler: Sampler): Promise<SampleResult>;
  move(member: Member, place: Place | null): void;
  hold(member: Member, hold: Hold): void;
  release(member: Member): Promise<void>;
  rename(member: Member, name: string): void;
  look(member: Member, at: Look | null): void;
  /** Milliseconds since 1970. */
  now(): number;
  watch(member: Member, topics: readonly WatchedTopic[]): void;
  history: Seat['history'];
  leave(member: Member): void;
}

/** The deeds of a page in the room, with its rate limits. */
export function pageActs(room: PageRoom, member: Member): Omit<Seat, keyof Visit> {
  const { rates } = member;
  const within = (rate: Rate): void => {
    if (!rate.allow()) throw new Refused('too-fast', 'Too much at once. Wait a moment');
  };
  return {
    update: async (update) => {
      within(rates.updates);
      await room.edit(member, update);
    },
    place: (place) => {
      if (rates.places.allow()) room.move(member, place);
    },
    hold: async (hold) => {
      within(rates.holds);
      room.hold(member, hold);
    },
    release: () => room.release(member),
    rename: async (name) => {
      within(rates.commands);
      room.rename(member, name);
    },
    command: async (command, about) => {
      within(rates.commands);
      await room.execute(member, command, about);
    },
    sample: async (request, sampler = 'run') => {
      within(rates.samples);
      return room.sample(request, sampler);
    },
    look: (at) => room.look(member, at),
    clock: () => {
      within(rates.clocks);
      return room.now();
    },
    watch: (topics) => {
      within(rates.watches);
      room.watch(member, topics);
    },
    history: () => room.history(),
    leave: () => room.leave(member),
  };
}
