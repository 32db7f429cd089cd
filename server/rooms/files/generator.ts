import type { GeneratorReading, GeneratorView } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import type { LogEntry, RefusalCode } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { type Generators, SampleRefused } from '@/server/processes/runs/runs';
import { type Blob, blobOf, type Storage } from '@/server/storage/storage';
import type { Broadcast } from '../connection';
import { Refused } from '../refused';
import { fileName } from './fileName';

/** What uploads need of the room. */
export interface FilesHost {
  /** Runs tasks that change what is stored one after the other. */
  serially<T>(task: () => Promise<T>): Promise<T>;
  /** Sends `message` to all, and writes `what` into the log unless it is `null`. */
  changed(message: Broadcast, what: LogEntry['what'] | null, by: number | null): Promise<void>;
}

interface GeneratorOptions {
  readonly playground: string;
  readonly storage: Storage;
  readonly generators: Generators;
  readonly host: FilesHost;
}

/** Turns a process's refusal into one for a person. */
async function refusing<T>(code: RefusalCode, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SampleRefused) throw new Refused(code, error.sentence);
    throw error;
  }
}

/** A playground's own generator, brought as an .onnx file. */
export class GeneratorControl {
  constructor(
    private stored: GeneratorView | null,
    private readonly options: GeneratorOptions,
  ) {}

  view(): GeneratorView | null {
    return this.stored;
  }

  /**
   * Tries a file and makes it the playground's generator.
   * @param by the client of the person who brings it, if they are here.
   * @param reading what the file leaves open, as somebody chose it. @throws Refused
   */
  async bring(
    model: Uint8Array,
    name: string,
    by: number | null,
    reading: GeneratorReading = {},
  ): Promise<GeneratorView> {
    const file = blobOf(model);
    const known = { hash: file.hash, reading };
    const info = await refusing('malformed', this.options.generators.check(known, model));
    const view = {
      ...known,
      name: fileName(name, limits.generatorName, 'generator.onnx'),
      size: model.length,
      info,
    };
    await this.keep(view, by, file);
    return view;
  }

  /** Tries the present file with another reading. @throws Refused, and nothing changes. */
  async read(reading: GeneratorReading): Promise<GeneratorView> {
    const { generators } = this.options;
    const before = this.present();
    const known = { hash: before.hash, reading };
    const info = await refusing(
      'malformed',
      this.fileOf(before).then((model) => generators.check(known, model)),
    );
    const view = { ...before, ...known, info };
    await this.keep(view, null);
    return view;
  }

  /** @throws Refused */
  remove(by: number | null): Promise<void> {
    this.present();
    return this.keep(null, by);
  }

  /** @throws Refused */
  sample(request: SampleRequest): Promise<SampleResult> {
    const { stored } = this;
    if (!stored) throw new Refused('not-allowed', 'Nobody has brought a generator into this playground');
    const load = () => this.fileOf(stored);
    return refusing('not-allowed', this.options.generators.sample(stored, load, request));
  }

  private present(): GeneratorView {
    if (!this.stored) throw new Refused('not-found', 'This playground has no generator of its own');
    return this.stored;
  }

  private async fileOf({ hash }: GeneratorView): Promise<Uint8Array> {
    const file = await this.options.storage.blob(hash);
    if (!file) throw new SampleRefused('The file of this generator is gone. Bring it again');
    return file;
  }

  private keep(view: GeneratorView | null, by: number | null, file?: Blob): Promise<void> {
    const { host, storage, playground } = this.options;
    return host.serially(async () => {
      const before = this.stored;
      const isAnother = before?.hash !== view?.hash || file !== undefined;
      await storage.saveGenerator(playground, view, file);
      this.stored = view;
      const what = { kind: 'generator', name: (view ?? before)?.name ?? '', isHere: view !== null } as const;
      await host.changed({ event: 'generator', data: view }, isAnother ? what : null, by);
    });
  }
}
