import * as z from 'zod/mini';
import { commands, networks, runSpecSchema, runStatusSchema } from '../runs/status';
import { cleanName } from '../text/names';
import { say } from '../text/sentence';
import { complaint, partSchema, sentenceSchema } from '../text/sentenceSchema';
import { type GeneratorView, generatorViewSchema } from './generator';
import { limits } from './limits';
import { type OwnData, ownDataSchema } from './ownData';
import { type SampleResult, sampleRequestSchema, samplers } from './sampling';
import { picturedParts, watchedTopics } from './topics';

/** 128 random bits as 22 characters of base64url. */
export const playgroundIdSchema = z
  .string()
  .check(z.refine((id) => /^[A-Za-z0-9_-]{22}$/.test(id), complaint('A playground id has 22 characters')));

const bytes = z.instanceof(Uint8Array);
const nameTooLong = say('A name has at most {most} characters', { most: limits.nameCharacters });
const name = z.string().check(
  z.overwrite(cleanName),
  z.refine(({ length }) => length > 0, complaint('A name has at least one character')),
  z.refine(({ length }) => length <= limits.nameCharacters, complaint(nameTooLong)),
);
/** An index into the palette of 12 hues (app/globals.css: --person-0 to --person-11). */
const color = z.int().check(z.gte(0), z.lt(limits.colors));

/**
 * A page in the room and whose it is, as the server vouches for it. `client` is also the Yjs client id. All pages of
 * one browser are one person: they have the same `who`, name and colour.
 */
export const personSchema = z.object({ client: z.int(), who: z.int(), name, color });
export type Person = z.infer<typeof personSchema>;

const anchor = z.string().check(z.maxLength(64));
const caret = z.int().check(z.gte(0));
/** A shared control, by its place in the document (lib/room/controls). */
const control = z.string().check(z.maxLength(limits.controlCharacters));

/** Where somebody is. A kind that a page doesn't know is not shown. */
export const placeSchema = z.discriminatedUnion('kind', [
  /** Points to a plane: a fraction of the element marked `data-anchor`, so that it fits every layout. */
  z.object({ kind: z.literal('plane'), anchor, x: z.number(), y: z.number() }),
  /**
   * Points to a control, `at` a fraction of what shows it; without `at`, the control has the keyboard. `within`: the
   * plane in which they see it, since a page may show it in several.
   */
  z.object({
    kind: z.literal('control'),
    control,
    within: z.optional(anchor),
    at: z.optional(z.tuple([z.number(), z.number()])),
  }),
  /** Points to a place in the 3D space of a view, as its axes count. */
  z.object({ kind: z.literal('space'), anchor, at: z.tuple([z.number(), z.number(), z.number()]) }),
  /** Points to one of a grid's pictures, and a fraction of it; a little beyond its edge, too. */
  z.object({ kind: z.literal('picture'), anchor, index: z.int(), x: z.number(), y: z.number() }),
  /** Writes: the caret stands after so many UTF-16 units of a control's text. */
  z.object({ kind: z.literal('text'), control, caret }),
]);
export type Place = z.infer<typeof placeSchema>;

/** Client to server: takes the lease of a control, or keeps it, and moves it for all to see. */
export const holdSchema = z.object({
  control,
  value: z.optional(z.union([z.number(), z.string().check(z.maxLength(limits.liveCharacters))])),
});
export type Hold = z.infer<typeof holdSchema>;

/** What has changed of somebody's presence, as the server vouches for it; what is absent is as it was. */
export const peerPresenceSchema = z.object({
  client: z.int(),
  place: z.optional(z.nullable(placeSchema)),
  hold: z.optional(z.nullable(holdSchema)),
});
export type PeerPresence = z.infer<typeof peerPresenceSchema>;

/** One line of the activity log; the server writes it, from what it saw happen. */
export const logEntrySchema = z.object({
  id: z.int(),
  /** Milliseconds since 1970. */
  time: z.number(),
  /** Who did it; `null` for the server itself. A copy, since people leave. */
  person: z.nullable(z.object({ name, color })),
  /** The run that it concerned and that run's step then: a mark on its curve. */
  at: z.nullable(z.object({ run: z.string(), step: z.int() })),
  what: z.discriminatedUnion('kind', [
    /** Came in. */
    z.object({ kind: z.literal('joined') }),
    /**
     * Pressed a button; took a step with one of two networks only. `aside`: the run that became an earlier one
     * by it.
     */
    z.object({
      kind: z.literal('command'),
      command: z.enum(commands),
      network: z.optional(z.enum(networks)),
      aside: z.optional(z.string()),
    }),
    /** Changed a control (`key` of the catalog, `dataset`, or `title`); values as a person reads them. */
    z.object({
      kind: z.literal('changed'),
      key: z.string(),
      label: sentenceSchema,
      from: partSchema,
      to: partSchema,
    }),
    /** Chose a preset of the catalog as a whole, of another model than before or the same, or took that choice back. */
    z.object({
      kind: z.literal('preset'),
      preset: z.string(),
      isOther: z.boolean(),
      isTakenBack: z.boolean(),
    }),
    /** Brought a generator of their own, by its file's name, or removed it. */
    z.object({ kind: z.literal('generator'), name: z.string(), isHere: z.boolean() }),
    /** Brought a data set of their own, by its file's name, or removed it. */
    z.object({ kind: z.literal('data'), name: z.string(), isHere: z.boolean() }),
    /** A generator's samples collapsed, or are diverse again (lib/runs/diversity); written by the server itself. */
    z.object({ kind: z.literal('collapse'), state: z.enum(['began', 'ended']) }),
    /** A run reached its end; written by the server itself. */
    z.object({
      kind: z.literal('ended'),
      state: z.enum(['finished', 'failed', 'paused']),
      message: sentenceSchema,
    }),
  ]),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** Fixed pictures behind a run: fetched once from `/api/blobs/<hash>`. */
export const assetsSchema = z.object({
  /** SHA-256 of the blob in hex. Blob: uint8 labels[labelled], then uint8 images[count, height, width, channels]. */
  hash: z.string(),
  count: z.int(),
  /** Labels of as many images, of which the first `count` are pictures; absent: `count`. */
  labelled: z.optional(z.int()),
  height: z.int(),
  width: z.int(),
  channels: z.int(),
  classes: z.array(z.string()),
});
export type Assets = z.infer<typeof assetsSchema>;

/** The playground's run as all see it. */
export const runViewSchema = z.object({
  spec: runSpecSchema,
  status: runStatusSchema,
  /** Present once the data is loaded. The first `limits.reconstructions` images are the originals. */
  assets: z.nullable(assetsSchema),
  /** The step of the weights that are kept, from which it can go on; `null` while there are none. */
  weights: z.nullable(z.int()),
  /** Whether it keeps the `live` parameters that it has, since people have chosen another recipe as a whole. */
  isApart: z.boolean(),
});
export type RunView = z.infer<typeof runViewSchema>;

/**
 * Client to server: the topics that this page draws from now on. Of those that it didn't draw before it gets
 * the newest.
 */
export const watchSchema = z.array(z.enum(watchedTopics)).check(z.maxLength(watchedTopics.length));

/** Client to server, answered with `joined` or a refusal. The first message on every connection. */
export const joinSchema = z.object({
  version: z.int(),
  playground: playgroundIdSchema,
  name,
  /** What `joined.session` said earlier in this page's life, to go on as the same Yjs client. */
  session: z.nullable(z.string().check(z.maxLength(256))),
  /**
   * A secret that this browser keeps: its pages are one person, and a reload is no arrival. Absent where it
   * keeps none.
   */
  visitor: z.optional(z.string().check(z.minLength(16), z.maxLength(64))),
  /** Yjs state vector of the client's document (empty document: one zero byte). */
  stateVector: bytes,
  watch: watchSchema,
});
export type Join = z.infer<typeof joinSchema>;

/** As in lib/catalog/cost/speed. */
export const speedSchema = z.object({ flopsPerSecond: z.number(), bytesPerSecond: z.number() });

/** What this server lets one run use, and how fast it computes. */
export const capacitySchema = z.object({
  /** Bytes of memory, as the catalog estimates them. */
  memoryBytes: z.number(),
  flopsPerStep: z.number(),
  /** `null` until it is measured. */
  speed: z.nullable(speedSchema),
});
export type Capacity = z.infer<typeof capacitySchema>;

export const joinedSchema = z.object({
  you: personSchema,
  session: z.string(),
  people: z.array(personSchema),
  presence: z.array(peerPresenceSchema),
  log: z.array(logEntrySchema),
  run: z.nullable(runViewSchema),
  /** The generator that somebody brought into this playground. */
  generator: z.nullable(generatorViewSchema),
  /** The data sets that people brought into this playground. */
  ownData: z.array(ownDataSchema),
  capacity: capacitySchema,
  /** What the server's clock says, milliseconds since 1970, as the log's times. */
  now: z.number(),
  /** What the client lacks. */
  update: bytes,
  /** Yjs state vector of the server: the client answers with an update of what the server lacks. */
  stateVector: bytes,
});
export type Joined = z.infer<typeof joinedSchema>;

/** Client to server, answered with `sampled`: asks for a sample of the playground's run or generator. */
export const sampleSchema = z.object({
  /** The run, unless it says otherwise. */
  sampler: z.optional(z.enum(samplers)),
  request: sampleRequestSchema,
});

/** Client to server: what this page shows now of what is explored of a sampler, besides its texts; `null` for nothing. */
export const lookSchema = z.nullable(
  z.object({
    sampler: z.enum(samplers),
    parts: z.array(z.enum(picturedParts)).check(z.maxLength(picturedParts.length)),
  }),
);
export type Look = NonNullable<z.infer<typeof lookSchema>>;

/**
 * `network` is for `step` alone, and for models that have two. `run` is the run that `restore` brings back; with
 * `train`, the present one, which may then be set aside although it goes on.
 */
export const commandSchema = z.object({
  command: z.enum(commands),
  network: z.optional(z.enum(networks)),
  run: z.optional(z.string().check(z.maxLength(64))),
});
/** The arguments of a command. */
export type Concerning = Omit<z.infer<typeof commandSchema>, 'command'>;

/** Why something was refused; the client puts `sentence` into words and acts on `code`. */
export const refusalCodes = [
  'version',
  'not-found',
  'room-full',
  'malformed',
  'origin',
  'too-large',
  'too-fast',
  'too-slow',
  'not-joined',
  'not-allowed',
  'invalid-edit',
  'held',
  'internal',
] as const;
export const refusalSchema = z.object({
  code: z.enum(refusalCodes),
  sentence: sentenceSchema,
  /** For `held`: the control, and the client that holds it. */
  held: z.optional(z.object({ control: z.string(), by: z.int() })),
});
export type Refusal = z.infer<typeof refusalSchema>;
export type RefusalCode = Refusal['code'];

/** An acknowledgement: `ok` means done, and for edits, on disk. */
export type Answer<T extends object = object> = ({ ok: true } & T) | ({ ok: false } & Refusal);

/** Socket.IO events from a client. Every handler parses its payload with the schema of the same name. */
export interface ClientEvents {
  join(join: Join, answer: (answer: Answer<{ joined: Joined }>) => void): void;
  /** One Yjs update; acknowledged once it is on disk. */
  update(update: Uint8Array, answer: (answer: Answer) => void): void;
  /** Where I am now; not answered. */
  place(place: Place | null): void;
  /** Answered once it is granted and on its way to the others. */
  hold(hold: Hold, answer: (answer: Answer) => void): void;
  /** Lets go; answered once the value that was shown last is on disk. */
  release(nothing: null, answer: (answer: Answer) => void): void;
  rename(name: string, answer: (answer: Answer) => void): void;
  sample(
    sample: z.infer<typeof sampleSchema>,
    answer: (answer: Answer<{ sampled: SampleResult }>) => void,
  ): void;
  command(command: z.infer<typeof commandSchema>, answer: (answer: Answer) => void): void;
  look(at: z.infer<typeof lookSchema>): void;
  /** Answered at once with the server's clock, milliseconds since 1970: both ends of the way are measured by it. */
  clock(nothing: null, answer: (answer: Answer<{ now: number }>) => void): void;
  watch(topics: z.infer<typeof watchSchema>): void;
}

/** Socket.IO events from the server. */
export interface ServerEvents {
  /** A Yjs update that the receiver may lack, already on disk. */
  update(update: Uint8Array): void;
  /** Everyone here, after someone came, went or took another name. */
  people(people: Person[]): void;
  /** Everything that moved since the last tick, one message for all: the receiver's own, too. */
  presence(peers: PeerPresence[]): void;
  log(entry: LogEntry): void;
  run(run: RunView | null): void;
  /** Somebody brought a generator into the playground, or removed it. */
  generator(generator: GeneratorView | null): void;
  /** All data sets of the playground's own, after somebody brought or removed one. */
  ownData(data: OwnData[]): void;
  /** A binary frame (frames.ts). The client answers once it has taken it; then the next one is sent. */
  frame(frame: Uint8Array, taken: () => void): void;
  /** The server ends this connection and says why. */
  closed(refusal: Refusal): void;
}
