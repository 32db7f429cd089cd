import { limits } from '@/lib/protocol/limits';
import type { Concerning, Join, Joined, LogEntry } from '@/lib/protocol/messages';
import type { Command } from '@/lib/runs/status';
import type { StoredPlayground } from '@/server/storage/storage';
import { type PageRoom, pageActs, visitActs } from './acts';
import type { Broadcast, Connection } from './connection';
import { everyone, seatOf } from './deeds';
import { type Edited, Editor } from './document/editor';
import { decodeStateVector } from './document/updates';
import { explores } from './explore/explored';
import { Explorer } from './explore/explorer';
import { type FilesHost, GeneratorControl } from './files/generator';
import { OwnDataControl } from './files/ownData';
import { IdleWatch } from './idleWatch';
import { Activity, choiceBetween } from './people/activity';
import { freshClient, stillKnown } from './people/clients';
import { Ephemera } from './people/ephemera';
import { type Member, Roster, takes, watch } from './people/roster';
import { SerialQueue } from './queue';
import { Refused, RoomClosed } from './refused';
import { RunControl } from './run/control';
import { Past } from './run/past';
import type { Visit } from './seat';
import type { RoomServices } from './services';

/** One loaded playground. Everything that changes what is stored goes through its queue. SPEC.md has the rules. */
export class Room {
  private readonly queue = new SerialQueue();
  private readonly roster: Roster;
  private readonly activity: Activity;
  private readonly control: RunControl;
  private readonly generator: GeneratorControl;
  private readonly past: Past;
  private readonly ownData: OwnDataControl;
  private readonly explorer: Explorer;
  private readonly ephemera: Ephemera;
  private readonly editor: Editor;
  private readonly idle: IdleWatch;
  private isClosed = false;

  private constructor(
    private readonly id: string,
    stored: StoredPlayground,
    private readonly services: RoomServices,
    private readonly onClosed: () => void,
  ) {
    this.roster = new Roster(services.now);
    this.activity = new Activity(stored.log, services.now);
    this.editor = new Editor(stored.updates, {
      playground: id,
      storage: services.storage,
      activity: this.activity,
      queue: this.queue,
      check: (member, changed) => {
        this.ephemera.assertFree(member, changed);
        this.ownData.check();
      },
      nameOf: (set) => this.ownData.nameOf(set),
      mark: () => this.control.mark(),
      report: (error) => this.report(error),
      fail: () => this.fail(),
    });
    this.ephemera = new Ephemera({
      send: (data) => this.broadcast({ event: 'presence', data }),
      check: (live) => this.editor.check(live),
      moved: ({ person }) => {
        this.control.follow(this.shown, false);
        this.explorer.follow(person);
      },
      commit: (member, control, value) =>
        this.queue.run(async () => this.publish(member, await this.editor.set(member, control, value))),
      report: (error) => this.report(error),
    });
    const { runs, generators, readers, storage, costLimits, lastCheckpointMs } = services;
    const host = this.runHost();
    const { projection } = this.content;
    const shared = { playground: id, projection, storage, costLimits, lastCheckpointMs, runs, host };
    this.control = new RunControl(stored.run, shared);
    this.past = new Past(id, storage, this.control);
    const files = { playground: id, storage, host: this.filesHost() };
    this.generator = new GeneratorControl(stored.generator, { ...files, generators });
    this.ownData = new OwnDataControl(stored.ownData, {
      ...files,
      readers,
      named: () => this.editor.document.ownData(),
      running: () => this.control.view()?.spec.recipe ?? null,
    });
    const seen = { decided: () => this.shown, now: services.now };
    this.explorer = new Explorer({ ...host, ...seen, control: this.control, generator: this.generator });
    const isIdle = () => !this.isClosed && this.roster.size === 0 && !this.control.isBusy();
    this.idle = new IdleWatch(services.idleMs, isIdle, () => {
      this.queue.run(() => this.unloadIfIdle()).catch(host.report);
    });
  }

  /** @throws Refused `not-found` for an unknown id. */
  static async load(id: string, services: RoomServices, onClosed: () => void): Promise<Room> {
    const stored = await services.storage.load(id, limits.logEntries);
    if (!stored) throw new Refused('not-found', 'This link opens no playground');
    const room = new Room(id, stored, services, onClosed);
    const { migration } = room.editor.document;
    if (migration) await services.storage.append(id, migration, []);
    if (await room.control.recover())
      await room.record(null, {
        kind: 'ended',
        state: 'paused',
        message: 'The server was restarted. Resume goes on from the last checkpoint',
      });
    room.idle.restart();
    return room;
  }

  /** A seat for requests over HTTP. @param session the session of the page here that the request comes from, if any. */
  visit(session: string | null): Visit {
    const client = session === null ? null : this.services.sessions.read(this.id, session)?.client;
    return seatOf(everyone, this.visitActs(client ?? null));
  }

  /** The same with what people hold and move at this moment. */
  private get shown() {
    return this.editor.shown(this.ephemera.live());
  }

  /** Fulfils once `connection` was welcomed. @throws RoomClosed, Refused */
  enter(request: Join, connection: Connection): Promise<void> {
    return this.queue.run(async () => {
      if (this.isClosed) throw new RoomClosed();
      const known = decodeStateVector(request.stateVector);
      const before = request.session === null ? null : this.services.sessions.read(this.id, request.session);
      const session = stillKnown(before, known, this.editor.document);
      if (session) this.supersede(session.client);
      if (this.roster.size >= limits.peoplePerRoom) throw Refused.full();
      const client = session?.client ?? freshClient(this.roster, this.editor.document);
      const member = this.roster.add(client, request, session?.color ?? null, connection);
      const acts = { ...this.visitActs(client), ...pageActs(this.forPages, member) };
      connection.welcome(this.snapshotFor(member, request.stateVector), seatOf(everyone, acts));
      for (const frame of this.control.frames()) if (takes(member, frame)) connection.frame(frame);
      this.control.expect(this.content.recipe);
      this.broadcast({ event: 'people', data: this.roster.people() }, member);
      if (!session && member.isArrival) await this.record(member, { kind: 'joined' });
    });
  }

  /** Fulfils when everything that happened so far is on disk. The room takes no more part in anything. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.ephemera.close();
    this.idle.stop();
    this.explorer.close();
    await this.queue.idle();
    await this.control.saved();
    this.idle.stop();
  }

  private serially<T>(task: () => Promise<T>): Promise<T> {
    return this.queue.run(() => {
      this.assertOpen();
      return task();
    });
  }

  /** A page that comes back has lost its earlier connection, even if the server hasn't noticed. */
  private supersede(client: number): void {
    const before = this.roster.get(client);
    if (!before) return;
    this.roster.remove(client);
    void this.ephemera.release(before);
    this.explorer.look(before.connection, null);
    before.connection.close(null);
  }

  private snapshotFor(member: Member, stateVector: Uint8Array): Joined {
    const { person } = member;
    const { costLimits, runs, sessions } = this.services;
    return {
      you: person,
      session: sessions.issue(this.id, person),
      people: this.roster.people(),
      presence: this.roster.presenceForOthers(person.client),
      log: this.activity.recent(),
      run: this.control.view(),
      generator: this.generator.view(),
      ownData: this.ownData.view(),
      capacity: { ...costLimits, speed: runs.speed },
      now: this.services.now(),
      update: this.editor.document.encode(stateVector),
      stateVector: this.editor.document.stateVector(),
    };
  }

  /** What people have decided, as it is now. */
  private get content() {
    return this.editor.document.content;
  }

  private visitActs(by: number | null): Visit {
    const { control, past, generator, ownData } = this;
    return visitActs({ control, past, generator, ownData, content: () => this.content }, by);
  }

  private readonly forPages: PageRoom = {
    edit: (member, update) => this.queue.run(() => this.edit(member, update)),
    execute: (member, command, about) => this.queue.run(() => this.execute(member, command, about)),
    sample: async (request, source) => {
      this.assertOpen();
      return source === 'run' ? this.control.sample(request) : this.generator.sample(request);
    },
    move: (member, place) => this.isHere(member) && this.ephemera.move(member, place),
    hold: (member, hold) => {
      this.assertOpen();
      if (this.isHere(member)) this.ephemera.hold(member, hold);
    },
    release: (member) => this.ephemera.release(member),
    rename: (member, name) => {
      if (!this.isHere(member)) return;
      this.roster.rename(member, name);
      this.broadcast({ event: 'people', data: this.roster.people() });
    },
    look: (member, at) => this.isHere(member) && this.explorer.look(member.connection, at),
    now: () => this.services.now(),
    watch: (member, wanted) => {
      const news = this.isHere(member) ? watch(member, wanted, this.control.newest()) : [];
      for (const frame of news) member.connection.frame(frame);
    },
    history: () => this.control.history(),
    leave: (member) => this.leave(member),
  };

  private isHere(member: Member): boolean {
    return this.roster.get(member.person.client) === member;
  }

  private leave(member: Member): void {
    if (!this.isHere(member)) return;
    this.roster.remove(member.person.client);
    this.explorer.look(member.connection, null);
    const released = this.ephemera.release(member);
    this.activity.forget(member.person.client);
    // What they held stays in their hand until the document has it.
    void released.then(() => this.broadcast({ event: 'people', data: this.roster.people() }));
    this.idle.restart();
  }

  private async edit(member: Member, update: Uint8Array): Promise<void> {
    this.assertOpen();
    await this.publish(member, await this.editor.edit(member, update), member);
  }

  /** Tells everybody, `except` one, of an edit that is on disk. */
  private async publish(member: Member, edited: Edited | null, except?: Member): Promise<void> {
    if (!edited) return;
    const { before, update, entries } = edited;
    this.broadcast({ event: 'update', data: update }, except);
    for (const data of entries) this.broadcast({ event: 'log', data });
    this.control.follow(this.shown, choiceBetween(before, this.content) !== null);
    this.control.expect(this.content.recipe);
    if (explores(before, this.content)) this.explorer.follow(member.person);
    if (this.control.isExtendedBy(before.recipe, this.content))
      await this.execute(member, 'resume').catch((error) => this.report(error));
  }

  private assertOpen(): void {
    if (this.isClosed)
      throw new Refused('internal', 'The server is closing this playground. Reload the page');
  }

  /** Nothing can be read any more: everyone has to come again. */
  private fail(): void {
    const refusal = { code: 'internal', sentence: 'The server can not read this playground now' } as const;
    for (const { connection } of [...this.roster.all()]) connection.close(refusal);
    this.unload();
  }

  private async execute(member: Member, command: Command, about: Concerning = {}): Promise<void> {
    this.assertOpen();
    const mark = this.control.mark(command);
    const { content } = this;
    const aside = await this.control.execute(command, content, about);
    this.control.expect(content.recipe);
    await this.record(member, { kind: 'command', command, network: about.network, aside }, mark);
  }

  private async record(member: Member | null, what: LogEntry['what'], mark: LogEntry['at'] = null) {
    const entry = this.activity.describe(member?.person ?? null, what, mark);
    await this.services.storage.append(this.id, null, [entry]);
    this.activity.keep([entry]);
    this.broadcast({ event: 'log', data: entry });
  }

  private recordSoon(what: LogEntry['what'], mark: LogEntry['at'] = null): void {
    this.queue.run(() => this.record(null, what, mark)).catch((error) => this.report(error));
  }

  private broadcast(message: Broadcast, except?: Member): void {
    const [first, ...others] = this.roster.connections(except);
    first?.send(message, others);
  }

  /** Handlers of a run's reports. */
  private runHost() {
    return {
      changed: () => {
        this.broadcast({ event: 'run', data: this.control.view() });
        this.explorer.learned();
        this.explorer.follow();
        this.idle.restart();
      },
      frame: (frame: Parameters<Connection['frame']>[0]) => {
        for (const member of this.roster.all()) if (takes(member, frame)) member.connection.frame(frame);
        this.explorer.learned();
      },
      ended: (what: LogEntry['what']) => this.recordSoon(what),
      collapse: (what: LogEntry['what'], at: LogEntry['at']) => this.recordSoon(what, at),
      report: (error: unknown) => this.report(error),
    };
  }

  private filesHost(): FilesHost {
    return {
      serially: (task) => this.serially(task),
      changed: async (message, what, by) => {
        this.broadcast(message);
        this.explorer.follow();
        if (what) await this.record((by !== null && this.roster.get(by)) || null, what);
      },
    };
  }

  /** Once nobody was here and nothing was training for a while. */
  private async unloadIfIdle(): Promise<void> {
    await this.control.saved();
    if (!this.isClosed && this.roster.size === 0 && !this.control.isBusy()) this.unload();
  }

  private unload(): void {
    this.isClosed = true;
    this.ephemera.stop();
    this.idle.stop();
    this.explorer.close();
    this.control.release();
    this.editor.document.destroy();
    this.onClosed();
  }

  private report(error: unknown): void {
    const { stack, message } = error as Error;
    this.services.log(`Playground ${this.id.slice(0, 4)}...: ${stack ?? message}`);
  }
}
