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

/** Frames of one topic. */
interface Queue {
  readonly waiting: OutFrame[];
  /** Bytes of each frame on its way that the client has not answered yet, by the timer that runs meanwhile. */
  readonly unanswered: Map<NodeJS.Timeout, number>;
}

const emptyQueue = (): Queue => ({ waiting: [], unanswered: new Map() });

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, each) => all + each, 0);

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
      for (const timer of topic.unanswered.keys()) clearTimeout(timer);
      topic.unanswered.clear();
      topic.waiting.length = 0;
    }
  }

  private waitingBytes(): number {
    return sum(
      Object.values(this.queues).flatMap(({ waiting, unanswered }) => [
        ...unanswered.values(),
        ...waiting.map(({ bytes }) => bytes.length),
      ]),
    );
  }

  private next(name: Topic): OutFrame | null {
    if (name === 'metrics' && this.catchUp) {
      this.catchUp = false;
      return this.options.history();
    }
    return this.queues[name].waiting.shift() ?? null;
  }

  /** Whether one more frame may be on its way. */
  private mayGo(name: Topic): boolean {
    const { unanswered } = this.queues[name];
    if (this.closed || unanswered.size >= topics[name].onTheWay) return false;
    return unanswered.size === 0 || sum(unanswered.values()) < limits.frameBytes;
  }

  private advance(name: Topic): void {
    const { unanswered } = this.queues[name];
    const frame = this.mayGo(name) ? this.next(name) : null;
    if (!frame) return;
    const timer = setTimeout(
      () => this.evict(say('A frame stayed unanswered for {ms} ms', { ms: limits.frameLagMs })),
      limits.frameLagMs,
    );
    unanswered.set(timer, frame.bytes.length);
    this.options.send(frame.bytes, () => {
      if (!unanswered.delete(timer)) return; // answered twice, or after the end
      clearTimeout(timer);
      this.advance(name);
    });
  }

  private evict(reason: Sentence): void {
    if (this.closed) return;
    this.close();
    this.options.evict(reason);
  }
}
