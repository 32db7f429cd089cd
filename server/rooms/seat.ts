import type { ExportFile } from '@/lib/catalog/exports';
import type { Recipe } from '@/lib/catalog/models';
import type { GeneratorReading, GeneratorView } from '@/lib/protocol/generator';
import type { Concerning, Hold, Look, Place } from '@/lib/protocol/messages';
import type { OwnData, OwnDraft } from '@/lib/protocol/ownData';
import type { PastRun, ReelIndex } from '@/lib/protocol/reel';
import type { SampleRequest, SampleResult, Sampler } from '@/lib/protocol/sampling';
import type { ReelTopic, WatchedTopic } from '@/lib/protocol/topics';
import type { Command } from '@/lib/runs/status';
import type { OutFrame, Upload } from '@/server/processes/runs/runs';
import type { ReelRange } from '@/server/storage/storage';

/** The link card of a playground, as other programs show it. */
export interface Card {
  readonly title: string;
  /** Of the present run, or the one that people have set. */
  readonly recipe: Recipe;
  /** The newest of each that the run has shown. */
  readonly frames: readonly OutFrame[];
}

type Progress = (done: number, total: number) => void;

/**
 * What somebody may do in a room without a page there. Promises reject with `Refused`, and fulfil when the deed
 * is on disk.
 */
export interface Visit {
  card(): Card;
  /** The files that can be made of the present run; none without one. */
  exports(): ExportFile[];
  export(file: string): Promise<{ name: string; bytes: Uint8Array }>;
  /** The runs before the present one, newest first. */
  runs(): Promise<PastRun[]>;
  /** A run's curve as a history frame. */
  curve(run: string): Promise<Uint8Array>;
  reel(run: string): Promise<ReelIndex>;
  /** Frames of a topic as a pack. */
  reelPack(run: string, topic: ReelTopic, range: ReelRange): Promise<Uint8Array>;
  /**
   * Tries a file and makes it the playground's generator. @param reading what the file leaves open, as somebody
   * chose it.
   */
  bringGenerator(model: Uint8Array, name: string, reading?: GeneratorReading): Promise<GeneratorView>;
  /** Tries the file that is here in another way; all stays where it doesn't work. */
  readGenerator(reading: GeneratorReading): Promise<GeneratorView>;
  removeGenerator(): Promise<void>;
  /** Reads an upload, to be shown before it is taken. */
  draftData(upload: Upload, progress: Progress): Promise<OwnDraft>;
  /** Reads an upload and takes it, unless the sender gives up. */
  bringData(upload: Upload, progress: Progress): Promise<OwnData>;
  /** Reads a draft anew, otherwise. */
  readDraft(draft: string, how: Pick<Upload, 'form' | 'signal'>, progress: Progress): Promise<OwnDraft>;
  /** Makes a draft a data set of the playground. */
  takeDraft(draft: string): Promise<OwnData>;
  discardDraft(draft: string): Promise<void>;
  /** Refused where something needs it. */
  removeData(id: string): Promise<void>;
}

/** What somebody may do in a room through a page there. */
export interface Seat extends Visit {
  update(update: Uint8Array): Promise<void>;
  /** Where this person is; beyond its rate it is dropped. */
  place(place: Place | null): void;
  /** Takes a control, or keeps it, and moves it for all to see. Nothing of it is on disk yet. */
  hold(hold: Hold): Promise<void>;
  /** Lets go; what was moved is on disk then. */
  release(): Promise<void>;
  rename(name: string): Promise<void>;
  command(command: Command, about?: Concerning): Promise<void>;
  /** What the playground's run, or its own generator, makes of latents, images or a prompt; for this person alone. */
  sample(request: SampleRequest, sampler?: Sampler): Promise<SampleResult>;
  /** What of `explore` this person's page shows from now on; `null` for nothing. */
  look(at: Look | null): void;
  /** Milliseconds since 1970. */
  clock(): number;
  /** Sets the topics that this page draws; of new ones it gets the newest frame. */
  watch(topics: readonly WatchedTopic[]): void;
  /** The whole curve now, as a frame; `null` without a run. */
  history(): OutFrame | null;
  leave(): void;
}

export type Deed = keyof Seat;
