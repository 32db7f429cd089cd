import { randomBytes } from 'node:crypto';
import { type CostLimits, excessOf } from '@/lib/catalog/cost/limits';
import type { Recipe } from '@/lib/catalog/models';
import type { Join } from '@/lib/protocol/messages';
import { PROTOCOL_VERSION } from '@/lib/protocol/version';
import type { Generators, Runs, UploadReaders } from '@/server/processes/runs/runs';
import type { Storage } from '@/server/storage/storage';
import type { Connection } from './connection';
import { firstUpdate } from './document/document';
import { Sessions } from './people/sessions';
import { Refused, RoomClosed } from './refused';
import { Room } from './room';
import type { Visit } from './seat';
import type { RoomServices } from './services';

export interface RoomsOptions {
  readonly storage: Storage;
  readonly runs: Runs;
  readonly generators: Generators;
  readonly readers: UploadReaders;
  /** What one run may cost; recipes beyond are refused when somebody wants to train them. */
  readonly costLimits: CostLimits;
  log(line: string): void;
  /** Milliseconds that an empty room stays in memory; a reload shouldn't cost its paused run's process. */
  readonly idleMs?: number;
  /** Milliseconds that a training which is set aside gets for a last checkpoint; beyond, the one before counts. */
  readonly lastCheckpointMs?: number;
  /** Milliseconds since 1970. */
  now?(): number;
}

/** @throws Refused for a page that speaks another version, of whose messages nothing else is known. */
export function checkVersion(version: number): void {
  if (version !== PROTOCOL_VERSION)
    throw new Refused('version', 'This page and the server have different versions. Reload the page');
}

/** All loaded playgrounds. Each is loaded at most once at a time. */
export class Rooms {
  private readonly loaded = new Map<string, Promise<Room>>();

  private constructor(private readonly services: RoomServices) {}

  static async open(options: RoomsOptions): Promise<Rooms> {
    const { idleMs = 60_000, lastCheckpointMs = 5_000, now = Date.now } = options;
    const sessions = new Sessions(await options.storage.secret());
    return new Rooms({ ...options, idleMs, lastCheckpointMs, now, sessions });
  }

  /** @returns the id of a new playground with that recipe, or the default one: 128 random bits. */
  async create(recipe: Recipe | null = null): Promise<string> {
    const id = randomBytes(16).toString('base64url');
    await this.services.storage.create(id, firstUpdate(recipe));
    const { runs, costLimits } = this.services;
    // Whoever chose it will soon press Train: its page loads meanwhile.
    if (recipe && !excessOf(recipe, costLimits)) runs.expect(recipe);
    return id;
  }

  exists(id: string): Promise<boolean> {
    return this.services.storage.has(id);
  }

  /**
   * The seat of whoever has no page in the room, which is loaded for a while.
   * @param session what a page in the room proves itself with: the log tells whose it is. @throws Refused
   */
  async visit(id: string, session: string | null = null): Promise<Visit> {
    return (await this.room(id)).visit(session);
  }

  /** Fulfils once `connection` was welcomed. @throws Refused */
  async join(request: Join, connection: Connection): Promise<void> {
    checkVersion(request.version);
    for (;;) {
      const room = await this.room(request.playground);
      try {
        return await room.enter(request, connection);
      } catch (error) {
        if (!(error instanceof RoomClosed)) throw error;
      }
    }
  }

  /** Fulfils when everything is on disk. */
  async close(): Promise<void> {
    const rooms = await Promise.allSettled(this.loaded.values());
    await Promise.all(rooms.map((room) => room.status === 'fulfilled' && room.value.close()));
    this.loaded.clear();
  }

  private room(id: string): Promise<Room> {
    const known = this.loaded.get(id);
    if (known) return known;
    const forget = () => this.loaded.get(id) === loading && this.loaded.delete(id);
    const loading: Promise<Room> = Room.load(id, this.services, forget);
    this.loaded.set(id, loading);
    loading.catch(forget);
    return loading;
  }
}
