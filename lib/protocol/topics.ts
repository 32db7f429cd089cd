import { writtenParts } from '../room/written';

/**
 * What the server draws of what is explored (lib/room/explore), each by itself: a picture from its changed coding; where
 * one is on the way; both ends; the drawn samples; the pins (lib/room/pins); the place of the playhead (lib/room/path); in place of the ends, StyleGAN's `from`, then `from` but for the last
 * layer, for the last two, ..., at the end `to` in all of them.
 */
export const picturedParts = ['coded', 'between', 'ends', 'drawn', 'pinned', 'played', 'crossed'] as const;
export type PicturedPart = (typeof picturedParts)[number];
/** The same of a text model: texts, side by side. */
export const exploredParts = [...picturedParts, ...writtenParts] as const;
export type ExploredPart = (typeof exploredParts)[number];

interface TopicRow {
  /** Kinds of frames that come in one queue. */
  readonly kinds: readonly string[];
  /** What waits for a page that is slow: all of it, in order, or the newest alone. */
  readonly queue: 'ordered' | 'newest';
  /** Frames that may be on their way unanswered: several, as far as they are small together, of what moves by itself. */
  readonly onTheWay: number;
  /** Who gets it: everyone here, those whose page draws it (`watch`), or those who explore (`look`). */
  readonly to: 'everyone' | 'watchers' | 'lookers';
  /** Whether a run's newest frame is kept with it, for whoever comes. */
  readonly isStored: boolean;
  /** Whether a run's frames are kept to scrub through (lib/runs/reel). */
  readonly isInReel: boolean;
}

const explored = { queue: 'newest', onTheWay: 1, to: 'lookers', isStored: false, isInReel: false } as const;
const pictured = { kinds: ['explored'], ...explored } as const;
const written = { kinds: ['written'], ...explored } as const;

/** What the server streams: each topic is a queue of its own (server/sockets/stream). Newest frames go out in this order. */
export const topics = {
  /** The curve as a whole is stored with each checkpoint. */
  metrics: {
    kinds: ['metrics', 'history', 'diversity'],
    queue: 'ordered',
    onTheWay: 1,
    to: 'everyone',
    isStored: false,
    isInReel: false,
  },
  subjects: {
    kinds: ['subjects'],
    queue: 'newest',
    onTheWay: 1,
    to: 'watchers',
    isStored: true,
    isInReel: false,
  },
  images: { kinds: ['images'], queue: 'newest', onTheWay: 1, to: 'watchers', isStored: true, isInReel: true },
  points: { kinds: ['points'], queue: 'newest', onTheWay: 1, to: 'watchers', isStored: true, isInReel: true },
  text: { kinds: ['text'], queue: 'newest', onTheWay: 1, to: 'watchers', isStored: true, isInReel: true },
  coded: pictured,
  between: pictured,
  ends: pictured,
  drawn: pictured,
  pinned: pictured,
  played: { ...pictured, onTheWay: 8 },
  crossed: pictured,
  'written-0': written,
  'written-1': written,
  'written-2': written,
} as const satisfies Readonly<Record<ExploredPart, TopicRow>> & Readonly<Record<string, TopicRow>>;

export type Topic = keyof typeof topics;
type Rows = typeof topics;
type Where<Column extends keyof TopicRow, Value> = {
  [T in Topic]: Rows[T][Column] extends Value ? T : never;
}[Topic];

const named = Object.entries(topics) as [Topic, TopicRow][];
const where = <Column extends keyof TopicRow, Value extends TopicRow[Column]>(column: Column, value: Value) =>
  named.flatMap(([topic, row]) => (row[column] === value ? [topic] : [])) as Where<Column, Value>[];

export const topicNames = named.map(([topic]) => topic);
/** What a page gets while it watches it. */
export const watchedTopics = where('to', 'watchers');
export type WatchedTopic = (typeof watchedTopics)[number];
/** What is kept with a run. */
export const storedTopics = where('isStored', true);
/** What one can scrub through. */
export const reelTopics = where('isInReel', true);
export type ReelTopic = (typeof reelTopics)[number];

const topicsOfKinds = new Map(named.flatMap(([topic, { kinds }]) => kinds.map((kind) => [kind, topic])));

/** The topic of a frame; one of what is explored says itself which part it is. */
export function topicOf({ kind, part }: { readonly kind: string; readonly part?: ExploredPart }): Topic {
  const topic = part ?? topicsOfKinds.get(kind);
  if (!topic) throw new RangeError(`A frame of a kind that has a topic expected, got ${kind}`);
  return topic;
}
