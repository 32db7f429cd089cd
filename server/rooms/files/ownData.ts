import { modelOf, type Recipe } from '@/lib/catalog/models';
import { ownHashOf } from '@/lib/catalog/ownData';
import { limits } from '@/lib/protocol/limits';
import type { OwnData, OwnDraft } from '@/lib/protocol/ownData';
import { needOf } from '@/lib/room/ownDataUse';
import { say } from '@/lib/text/sentence';
import type { Upload, UploadReaders } from '@/server/processes/runs/runs';
import type { Storage } from '@/server/storage/storage';
import type { LoadedDocument } from '../document/document';
import { Refused } from '../refused';
import { fileName } from './fileName';
import type { FilesHost } from './generator';
import { OwnDrafts } from './ownDrafts';

interface OwnDataOptions {
  readonly playground: string;
  readonly storage: Storage;
  readonly readers: UploadReaders;
  readonly host: FilesHost;
  /** The models that the document lets learn from own data. */
  readonly named: () => ReturnType<LoadedDocument['ownData']>;
  /** The recipe of the present run. */
  readonly running: () => Recipe | null;
}

type Progress = (done: number, total: number) => void;

/** The data sets that people brought into a playground. */
export class OwnDataControl {
  readonly drafts: OwnDrafts;
  private stored: readonly OwnData[];

  constructor(
    stored: readonly OwnData[],
    private readonly options: OwnDataOptions,
  ) {
    this.stored = stored;
    this.drafts = new OwnDrafts(options.readers);
  }

  view(): OwnData[] {
    return [...this.stored];
  }

  /** What people call it, if it is a data set of this playground's own. */
  nameOf(id: string): string | undefined {
    return this.stored.find((each) => each.id === id)?.name;
  }

  /** @throws Refused if the document lets a model learn from what isn't here. */
  check(): void {
    const stranger = this.options.named().find(({ id }) => this.nameOf(id) === undefined);
    if (stranger)
      throw new Refused(
        'invalid-edit',
        say("{model} names a data set that this playground doesn't have any more", {
          model: modelOf(stranger.model).label,
        }),
      );
  }

  /** Reads an upload, to be shown before it is taken. @throws Refused */
  draft(upload: Upload, progress: Progress): Promise<OwnDraft> {
    this.assertRoom();
    const name = fileName(upload.name, limits.ownDataName, 'data');
    return this.drafts.make({ ...upload, name }, progress);
  }

  /**
   * Makes a draft a data set of the playground.
   * @param by the client of the person who brings it, if they are here. @throws Refused
   */
  async take(draft: string, by: number | null): Promise<OwnData> {
    this.assertRoom();
    const { data, content, preview } = await this.drafts.take(draft);
    const { playground, storage, host } = this.options;
    await host.serially(async () => {
      const others = this.stored.filter((each) => each.id !== data.id);
      this.assertRoom(others);
      const files = [
        { hash: ownHashOf(data.id), bytes: content },
        { hash: data.preview, bytes: preview },
      ];
      await storage.addOwnData(playground, data, files);
      this.stored = [...others, data];
      await this.tell(data.name, true, by);
    });
    return data;
  }

  /** Reads an upload and takes it, unless whoever sends it gives up. @throws Refused */
  async bring(upload: Upload, by: number | null, progress: Progress): Promise<OwnData> {
    const { id } = await this.draft(upload, progress);
    try {
      upload.signal.throwIfAborted();
      return await this.take(id, by);
    } finally {
      await this.drafts.discard(id);
    }
  }

  /** @throws Refused if it isn't here, or something needs it. */
  remove(id: string, by: number | null): Promise<void> {
    const { playground, storage, host } = this.options;
    return host.serially(async () => {
      const data = this.stored.find((each) => each.id === id);
      if (!data) throw new Refused('not-found', 'This playground has no such data set');
      const need = needOf(data, this.options.named(), this.options.running());
      if (need !== null) throw new Refused('not-allowed', need);
      await storage.removeOwnData(playground, data.id);
      this.stored = this.stored.filter((each) => each !== data);
      await this.tell(data.name, false, by);
    });
  }

  private assertRoom(others = this.stored): void {
    if (others.length >= limits.ownDataSets)
      throw new Refused(
        'not-allowed',
        say('A playground holds at most {most} data sets of its own. Remove one first', {
          most: limits.ownDataSets,
        }),
      );
  }

  private tell(name: string, isHere: boolean, by: number | null): Promise<void> {
    const message = { event: 'ownData', data: this.view() } as const;
    return this.options.host.changed(message, { kind: 'data', name, isHere }, by);
  }
}
