import { randomUUID } from 'node:crypto';
import { limits } from '@/lib/protocol/limits';
import type { OwnDraft } from '@/lib/protocol/ownData';
import {
  type ReadUpload,
  type Received,
  type Upload,
  type UploadReaders,
  UploadRefused,
} from '@/server/processes/runs/runs';
import { Refused } from '../refused';

type Progress = (done: number, total: number) => void;

interface Held {
  readonly received: Received;
  /** Ends it when nobody has asked for it for a while. */
  readonly timer: NodeJS.Timeout;
}

/** What a reader refused is refused to a person. */
async function refusing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UploadRefused) throw new Refused(error.code, error.sentence);
    throw error;
  }
}

/** Uploads of a playground that were read and shown to those who brought them, and aren't taken yet. */
export class OwnDrafts {
  /** Those that were asked for last come last. */
  private readonly held = new Map<string, Held>();

  constructor(private readonly readers: UploadReaders) {}

  /** Receives and reads an upload, and keeps what was read. @throws Refused */
  async make(upload: Upload, progress: Progress): Promise<OwnDraft> {
    const received = await refusing(this.readers.receive(upload));
    const id = randomUUID();
    try {
      const draft = await this.read(id, received, upload, progress);
      this.hold(id, received);
      return draft;
    } catch (error) {
      await received.discard();
      throw error;
    }
  }

  /** Reads it anew, otherwise. @throws Refused */
  async again(id: string, how: Pick<Upload, 'form' | 'signal'>, progress: Progress): Promise<OwnDraft> {
    const { received } = this.find(id);
    this.hold(id, received);
    return this.read(id, received, how, progress);
  }

  /** What was read of it last; it is no draft any more. @throws Refused */
  async take(id: string): Promise<ReadUpload> {
    const { received } = this.find(id);
    const read = await received.kept();
    await this.discard(id);
    return read;
  }

  async discard(id: string): Promise<void> {
    const held = this.held.get(id);
    if (!held) return;
    clearTimeout(held.timer);
    this.held.delete(id);
    await held.received.discard();
  }

  private find(id: string): Held {
    const held = this.held.get(id);
    if (!held)
      throw new Refused('not-found', 'What was brought has been waiting for too long. Bring it again');
    return held;
  }

  private hold(id: string, received: Received): void {
    clearTimeout(this.held.get(id)?.timer);
    this.held.delete(id);
    const timer = setTimeout(() => this.discard(id), limits.ownDraftMs);
    timer.unref();
    this.held.set(id, { received, timer });
    const [oldest] = this.held.keys();
    if (this.held.size > limits.ownDrafts && oldest !== undefined) void this.discard(oldest);
  }

  private async read(
    id: string,
    received: Received,
    { form, signal }: Pick<Upload, 'form' | 'signal'>,
    progress: Progress,
  ): Promise<OwnDraft> {
    const read = await refusing(received.read(form, signal, progress));
    await received.keep(read);
    const { data, choices, preview } = read;
    return { id, form, data, choices, preview: Buffer.from(preview).toString('base64') };
  }
}
