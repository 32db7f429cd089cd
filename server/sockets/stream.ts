import { limits } from '@/lib/protocol/limits';
import { type Topic, topicNames, topicOf, topics } from '@/lib/protocol/topics';
import { type Sentence, say } from '@/lib/text/sentence';
import type { OutFrame } from '@/server/processes/runs/runs';

/** Metrics frames waiting for one socket, about 2.5 s of training; beyond, one history frame replaces them. */
export const metricsQueueFrames = 64;

interface FrameStreamOptions {
  /** Puts one frame on the wire; `taken` is called when the client has answered. */
  send(bytes: Uint8Array, taken: () => void): void;
  /** Disconnects a socket that can't keep up; called at most once, and the stream is closed by then. */
  evict(reason: Sentence): void;
  /** The whole curve up to now, all pushed metrics included, or `null` if there is none. */
  history(): OutFrame | null;
}

/** Frames waiting for one topic, at most one of them on its way. */
interface Queue {
  readonly waiting: OutFrame[];
  /** Bytes of the frame that the client has not answered yet; 0 when it may have the next. */
  unanswered: number;
  /** Runs while a frame is unanswered. */
  timer: NodeJS.Timeout | null;
}

const emptyQueue = (): Queue => ({ waiting: [], unanswered: 0, timer: null });

/**
 * Bounded fan-out to one socket, by the queue of each topic: of most the newest alone waits. Metrics and diversity go in order
 * and complete; when too many wait, the next frame is the whole history instead. A socket with too much waiting, or
 * with a frame unanswered for too long, is evicted.
 */
export class FrameStream {
  private readonly queues = Object.fromEntries(topicNames.map((name) => [name, emptyQueue()])) as Record<
    Topic,
    Queue
  >;
  /** The metrics queue overflowed: what waits is not kept but read from the history when its turn comes. */
  private catchUp = false;
  private closed = false;

  constructor(private readonly options: FrameStreamOptions) {}

  push(frame: OutFrame): void {
    if (this.closed) return;
    const name = topicOf(frame);
    const { waiting } = this.queues[name];
    // A history frame holds all metrics before it, so it also replaces them.
    if (topics[name].queue === 'newest' || frame.kind === 'history') waiting.length = 0;
    if (frame.kind === 'history') this.catchUp = false;
    if (name !== 'metrics' || !this.catchUp) waiting.push(frame);
    if (waiting.length > metricsQueueFrames) {
      waiting.length = 0;
      this.catchUp = true;
    }
    const bytes = this.waitingBytes();
    if (bytes > limits.socketBufferBytes)
      this.evict(
        say('{bytes} bytes waited for this connection; at most {most} may', {
          bytes,
          most: limits.socketBufferBytes,
        }),
      );
    else this.advance(name);
  }

  close(): void {
    this.closed = true;
    for (const topic of Object.values(this.queues)) {
      if (topic.timer) clearTimeout(topic.timer);
      topic.timer = null;
      topic.waiting.length = 0;
    }
  }

  private waitingBytes(): number {
    return Object.values(this.queues).reduce(
      (sum, { waiting, unanswered }) =>
        sum + unanswered + waiting.reduce((bytes, frame) => bytes + frame.bytes.length, 0),
      0,
    );
  }

  private next(name: Topic): OutFrame | null {
    if (name === 'metrics' && this.catchUp) {
      this.catchUp = false;
      return this.options.history();
    }
    return this.queues[name].waiting.shift() ?? null;
  }

  private advance(name: Topic): void {
    const topic = this.queues[name];
    if (this.closed || topic.unanswered > 0) return;
    const frame = this.next(name);
    if (!frame) return;
    topic.unanswered = frame.bytes.length;
    const timer = setTimeout(
      () => this.evict(say('A frame stayed unanswered for {ms} ms', { ms: limits.frameLagMs })),
      limits.frameLagMs,
    );
    topic.timer = timer;
    this.options.send(frame.bytes, () => {
      if (topic.timer !== timer) return; // answered twice, or after the end
      clearTimeout(timer);
      topic.timer = null;
      topic.unanswered = 0;
      this.advance(name);
    });
  }

  private evict(reason: Sentence): void {
    if (this.closed) return;
    this.close();
    this.options.evict(reason);
  }
}
