import { type ReelTopic, reelTopics, type WatchedTopic, watchedTopics } from '@/lib/protocol/topics';
import { createStore } from './store';

/** The topics that this page draws: it watches these on the server, and gets nothing else. */
export class Watching {
  /** In the table's order; none while nobody can see the page. */
  readonly topics = createStore<readonly WatchedTopic[]>([]);
  private readonly drawn = new Map<WatchedTopic, number>();
  private isUnseen = false;
  private isDue = false;

  /** Counts something that draws a topic. @returns the function that ends that, once. */
  begin(topic: string): () => void {
    const watched = watchedTopics.find((each) => each === topic);
    if (!watched) return () => {};
    this.count(watched, 1);
    let isOver = false;
    return () => {
      if (!isOver) this.count(watched, -1);
      isOver = true;
    };
  }

  /** Whether the page can't be seen: then nothing is drawn. */
  rest(isUnseen: boolean): void {
    this.isUnseen = isUnseen;
    this.settleSoon();
  }

  /** Those of them that are kept in a reel. */
  get reel(): readonly ReelTopic[] {
    const topics = this.topics.get();
    return reelTopics.filter((topic) => topics.includes(topic));
  }

  private count(topic: WatchedTopic, by: 1 | -1): void {
    this.drawn.set(topic, (this.drawn.get(topic) ?? 0) + by);
    this.settleSoon();
  }

  /** Settles after the present task, so that a view that replaces another ends nothing. */
  private settleSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      const isDrawn = (topic: WatchedTopic) => !this.isUnseen && (this.drawn.get(topic) ?? 0) > 0;
      const now = watchedTopics.filter(isDrawn);
      if (String(now) !== String(this.topics.get())) this.topics.set(now);
    });
  }
}
