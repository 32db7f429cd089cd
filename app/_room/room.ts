import { addressOf } from '@/lib/address';
import { parameterOf } from '@/lib/catalog/models';
import type { NumberParameter } from '@/lib/catalog/parameters';
import type { GeneratorReading, GeneratorView } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import type { Capacity, Concerning, Joined, LogEntry, Look, Person, RunView } from '@/lib/protocol/messages';
import type { OwnData, OwnDraft } from '@/lib/protocol/ownData';
import type { Sampler } from '@/lib/protocol/sampling';
import { setValue } from '@/lib/room/edit';
import { type Command, isActive, isEnded, stepsOf } from '@/lib/runs/status';
import { refusalIn } from '@/lib/text/refusedAnswer';
import { own, type Sentence, SentenceError, say } from '@/lib/text/sentence';
import { ServerClock } from './clock';
import { Connection } from './connection';
import { Editing } from './editing';
import { createFrameStore } from './frameStore';
import { Hand } from './hand';
import { keepName, ownName, ownToken } from './name';
import { Notices } from './notices';
import { PresenceBoard } from './presence';
import {
  createPacer,
  type RequestOf,
  type ResultOf,
  readSample,
  SampleFailed,
  type SampleKind,
} from './sampling';
import { SharedView } from './shared';
import { createStore } from './store';

/** Entries of the activity log kept on the page; older ones go. */
const LOG_ENTRIES = 500;
/** Milliseconds between two samples asked for, a little more than the server demands. */
const SAMPLE_PERIOD_MS = 1200 / limits.samplesPerSecond;

/** A file or a folder that was dropped or picked. */
export type Dropped = FileSystemEntry | File;

/** A playground on this page: document, presence, frames and connection. */
export class Room {
  readonly frames = createFrameStore();
  readonly people = createStore<readonly Person[]>([]);
  readonly you = createStore<Person | null>(null);
  /** Oldest first. */
  readonly log = createStore<readonly LogEntry[]>([]);
  /** The run that the views show: the present one, or the one whose past this person looks at. */
  readonly run = createStore<RunView | null>(null);
  /** The playground's run, as all see it. */
  readonly present = createStore<RunView | null>(null);
  /** The generator that somebody brought into this playground. */
  readonly generator = createStore<GeneratorView | null>(null);
  /** The data sets that people brought into this playground, oldest first. */
  readonly ownData = createStore<readonly OwnData[]>([]);
  /** Files dropped on the page, to be brought as a data set; `null` while nobody wants to bring any. */
  readonly bringing = createStore<readonly Dropped[] | null>(null);
  /** What was read of this person's upload and isn't taken yet. */
  readonly draft = createStore<OwnDraft | null>(null);
  /** What this server lets a run use; `null` until joined. */
  readonly capacity = createStore<Capacity | null>(null);
  /** The command that waits for the server's answer. */
  readonly pending = createStore<Command | null>(null);
  /** The view that this person asked to see large; `null` once it is. */
  readonly wantedView = createStore<string | null>(null);
  /** Whether the list of keyboard shortcuts is open. */
  readonly listsShortcuts = createStore(false);
  readonly notices = new Notices();
  readonly presence: PresenceBoard = new PresenceBoard(
    (place) => this.connection.sendPlace(place),
    (hold) => this.hand.heard(hold),
  );
  private readonly editing = new Editing({
    send: (update) => this.connection.sendUpdate(update),
    restart: () => this.connection.restart(),
    held: () => this.presence.controlsHeld(),
    keep: (again, control) => this.keepFor(again, control),
    notify: (text) => this.notify(text),
  });
  readonly document = this.editing.document;
  readonly outbox = this.editing.outbox;
  /** The control that this person holds. */
  readonly hand = new Hand({
    document: this.document,
    hold: (hold) => this.connection.hold(hold),
    release: () => this.connection.release(),
    saved: () => this.outbox.saved(),
    lost: (refusal) =>
      this.notify(
        refusal?.sentence ??
          'You held this for long without moving it, and lost it. Let go and take it again',
      ),
  });
  /** The document with the live values of controls that are being moved. */
  readonly shared = new SharedView(this.document, [this.presence, this.hand]);
  readonly connection: Connection;
  private looking: Look | null = null;
  private readonly sampleTurn = createPacer(SAMPLE_PERIOD_MS);
  /** The server's clock, as this page reads it. */
  readonly clock: ServerClock = new ServerClock(() => this.connection.askClock());
  private readonly watch = (): void => this.connection.watch(this.frames.watching.topics.get());

  constructor(private readonly playground: string) {
    this.connection = new Connection({
      introduction: () => ({
        playground: this.playground,
        name: ownName(),
        visitor: ownToken(),
        stateVector: this.document.stateVector(),
        watch: [...this.frames.watching.topics.get()],
      }),
      joined: (joined, sent) => this.join(joined, sent),
      lost: () => this.outbox.close(),
      update: (update) => this.document.receive(update),
      people: (people) => this.meet(people),
      presence: (peers) => this.presence.receive(peers),
      log: (entry) => this.note(entry),
      run: (run) => this.show(run),
      generator: (generator) => this.generator.set(generator),
      ownData: (data) => this.ownData.set(data),
      frame: (frame) => this.frames.accept(frame),
    });
    this.frames.watching.topics.subscribe(this.watch);
    this.frames.moment.subscribe(() => {
      if (this.frames.moment.get() === null) this.run.set(this.present.get());
    });
  }

  open(): void {
    this.connection.open();
  }

  close(): void {
    this.connection.close();
    this.outbox.close();
    this.presence.close();
    this.hand.close();
    this.clock.close();
  }

  async command(command: Command, about: Concerning = {}): Promise<void> {
    if (this.pending.get() !== null) return;
    this.pending.set(command);
    const answer = await this.connection.sendCommand(command, about);
    this.pending.set(null);
    if (!answer)
      this.notify('There is no connection to the server at the moment. Try again when it is back.');
    else if (!answer.ok) this.notify(answer.sentence);
  }

  /** Goes on with the run that has ended. Where all its epochs are done, it gets as many again as it began with. */
  async goOn(): Promise<void> {
    const epochs = this.moreEpochs();
    if (epochs !== null) {
      const { document } = this;
      document.closeUndoStep();
      document.edit((doc, origin) => setValue(doc, epochs.model, 'epochs', epochs.value, origin));
      document.closeUndoStep();
      await this.outbox.saved();
      // The server takes it from there where nothing else has changed.
      const state = this.present.get()?.status.state;
      if (state === undefined || !isEnded(state)) return;
    }
    await this.command('resume');
  }

  /** The epochs with which a run that has done all of them has steps to take again; `null` if it has some left. */
  private moreEpochs() {
    const run = this.present.get();
    const { pace, history } = this.frames.get('metrics') ?? {};
    if (!run || run.isApart || run !== this.run.get() || !pace || !history) return null;
    const { model, values } = run.spec.recipe;
    const now = this.document.read((doc) => doc.getMap('recipe').toJSON()[model]?.epochs);
    if (stepsOf(Number(now), pace.stepsPerEpoch) > history.step) return null;
    const { max } = parameterOf(model, 'epochs') as NumberParameter;
    return { model, value: Math.min(max, Math.floor(history.step / pace.stepsPerEpoch) + values.epochs) };
  }

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return this.clock.now();
  }

  /** A sample by the run's present weights, of latents, images or a prompt. @throws SampleFailed */
  async sample<Kind extends SampleKind>(
    request: RequestOf<Kind>,
    sampler: Sampler = 'run',
  ): Promise<ResultOf<Kind>> {
    await this.sampleTurn();
    const answer = await this.connection.sample(sampler, request);
    if (!answer) throw new SampleFailed('No answer came from the server. Try again once it is connected');
    if (!answer.ok) throw new SampleFailed(answer.sentence);
    return readSample<Kind>(request.kind, answer.sampled);
  }

  /** Tells the server what this page shows of what the room explores; `null` for nothing. */
  look(at: Look | null): void {
    this.looking = at;
    this.connection.look(at);
  }

  /** Where a file of the run's weights is fetched from. */
  exportAddress(name: string): string {
    return `${this.files}/exports/${name}`;
  }

  /** Makes an .onnx file, with its weights' files, this playground's generator. @throws Error with what is wrong. */
  async bringGenerator(...files: File[]): Promise<void> {
    const { oneOnnx } = await import('./oneOnnx');
    const { name, body } = await oneOnnx(files);
    await this.transfer(`generator?name=${encodeURIComponent(name)}`, 'POST', body);
  }

  /** Changes how the present generator's file is read, for all. @throws Error if it can't be read so. */
  readGenerator(reading: GeneratorReading): Promise<void> {
    const given = Object.entries(reading).map(([key, value]) => `${key}=${value}`);
    return this.transfer(`generator?${given.join('&')}`, 'PATCH');
  }

  removeGenerator(): Promise<void> {
    return this.transfer('generator', 'DELETE');
  }

  /** Where a run's curve and reel are fetched from; all earlier runs without one. */
  runAddress(run?: string): string {
    return `${this.files}/runs${run === undefined ? '' : `/${run}`}`;
  }

  removeOwnData(id: OwnData['id']): Promise<void> {
    return this.transfer(`datasets/${id}`, 'DELETE');
  }

  /** Takes what was read of an upload into the playground. */
  takeDraft(id: OwnDraft['id']): Promise<void> {
    return this.transfer(`drafts/${id}`, 'POST');
  }

  discardDraft(id: OwnDraft['id']): Promise<void> {
    return this.transfer(`drafts/${id}`, 'DELETE');
  }

  /** Under which address this playground's files are brought and fetched. */
  get files(): string {
    return addressOf(`/api/playgrounds/${this.playground}`);
  }

  private async transfer(path: string, method: string, body?: Blob): Promise<void> {
    const headers = { 'x-colatent-session': this.connection.session ?? '' };
    const response = await fetch(`${this.files}/${path}`, { method, headers, body }).catch(() => null);
    if (!response) throw new SentenceError('No answer came from the server. Try again once it is connected');
    if (response.ok) return;
    throw new SentenceError(refusalIn(response.status, await response.json().catch(() => ({}))));
  }

  async rename(name: string): Promise<void> {
    keepName(name);
    const answer = await this.connection.rename(name);
    if (answer && !answer.ok) this.notify(answer.sentence);
  }

  /** Tells this page's person something. */
  notify(sentence: Sentence): void {
    this.notices.tell(sentence);
  }

  private join(joined: Joined, sent: number): void {
    this.clock.hear(joined.now, sent);
    if (!this.editing.join(joined)) return;
    this.you.set(joined.you);
    this.people.set(joined.people);
    this.presence.replace(joined.presence, joined.you.client);
    this.log.set(joined.log);
    this.capacity.set(joined.capacity);
    this.generator.set(joined.generator);
    this.ownData.set(joined.ownData);
    this.show(joined.run);
    if (this.looking) this.connection.look(this.looking);
    this.watch();
    this.hand.joined();
    this.editing.makeAgain();
  }

  /** Keeps what somebody would do to what somebody else holds until they let go, and for a little while after. */
  private keepFor(again: () => void, control: string): void {
    const holder = this.presence.holderOf(control);
    const name = own(this.people.get().find(({ client }) => client === holder)?.name ?? '');
    const sentence = say('{name} holds what you have changed. Your change waits until they let go', { name });
    const notice = this.notices.tell(sentence, { label: 'Make my change now', act: again, about: control });
    const follow = () => {
      if (this.presence.holderOf(control) !== null) return;
      close();
      this.notices.expire(notice);
    };
    const close = this.presence.onHold(follow);
    follow();
  }

  private meet(people: readonly Person[]): void {
    this.people.set(people);
    this.presence.keep(people);
    const me = people.find((person) => person.client === this.you.get()?.client);
    if (me) this.you.set(me);
  }

  /** Adds an entry, or replaces the one with its id (a change that went on). */
  private note(entry: LogEntry): void {
    const others = this.log.get().filter((each) => each.id !== entry.id);
    this.log.set([...others, entry].slice(-LOG_ENTRIES));
  }

  /** Shows the present run, unless this person looks at the past of the one before. */
  private show(run: RunView | null): void {
    this.present.set(run);
    const shown = this.run.get();
    const isLookedAt = this.frames.moment.get() !== null && shown !== null;
    this.run.set(isLookedAt && shown.spec.id !== run?.spec.id ? this.setAside(shown) : run);
    this.frames.setRun(run);
  }

  private setAside(run: RunView): RunView {
    if (!isActive(run.status.state)) return run;
    const step = this.frames.get('metrics')?.history.step ?? 0;
    return { ...run, status: { state: 'stopped', step } };
  }
}
