import { FolderOpen, Upload } from 'lucide-react';
import { type Ref, useCallback, useEffect, useRef, useState } from 'react';
import { useOwnData, useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { bring } from '@/app/_room/bring';
import type { Dropped } from '@/app/_room/room';
import { draftOwnData, readOtherwise, type UploadStage } from '@/app/_room/upload';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import { limits } from '@/lib/protocol/limits';
import { type OwnData, plainForm, type UploadForm } from '@/lib/protocol/ownData';
import { type Sentence, sentenceOf } from '@/lib/text/sentence';
import { ImageFormFields } from './ImageFormFields';
import { OwnDataDraft } from './OwnDataDraft';
import { OwnDataItem } from './OwnDataItem';

/** The data sets that people brought, and the way to bring another one. */
export function OwnDataDialog() {
  const t = useText();
  const room = useRoom();
  const all = useOwnData();
  const [form, setForm] = useState(plainForm);
  const [shown, setShown] = useState<OwnData['id'] | null>(all.at(-1)?.id ?? null);
  const upload = useUpload(form, setShown);
  const { draft } = upload;
  return (
    <Dialog title={t('Your own data')} open onClose={() => room.bringing.set(null)}>
      {upload.stage ? (
        <Progress stage={upload.stage} onCancel={upload.cancel} />
      ) : draft ? (
        <OwnDataDraft draft={draft} onForm={upload.change} onTake={upload.take} onDiscard={upload.discard} />
      ) : (
        <Pick form={form} onForm={setForm} onPick={(files) => void bring(room, files)} />
      )}
      <p role="alert" className="mt-3 text-sm wrap-break-word text-bad empty:hidden">
        {upload.problem && t.say(upload.problem)}
      </p>
      {upload.waiting > 0 && (
        <p role="status" className="mt-3 text-sm text-ink-soft">
          {t('{n} {n|thing|things} dropped meanwhile {n|comes|come} next', { n: upload.waiting })}
        </p>
      )}
      {all.length > 0 && (
        <ul aria-label={t('Data sets in this playground')} className="mt-4 border-t border-line">
          {all.toReversed().map((data) => (
            <OwnDataItem
              key={data.id}
              data={data}
              isShown={shown === data.id}
              onShow={() => setShown(shown === data.id ? null : data.id)}
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

/** Runs one task at a time, which can be cancelled; what fails is the problem until the next one. */
function useTask(onEnd: () => void) {
  const room = useRoom();
  const [problem, setProblem] = useState<Sentence | null>(null);
  const running = useRef<AbortController>(null);
  const [isRunning, setRunning] = useState(false);
  const run = (task: (signal: AbortSignal) => Promise<unknown>) => {
    if (running.current) return;
    const abort = new AbortController();
    running.current = abort;
    setRunning(true);
    setProblem(null);
    task(abort.signal)
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        setProblem(sentenceOf(error));
        // What waits begins at once, and takes the place of the problem.
        if (room.bringing.get()?.length) room.notify(sentenceOf(error));
      })
      .finally(() => {
        running.current = null;
        setRunning(false);
        onEnd();
      });
  };
  const cancel = useCallback(() => running.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  return { run, cancel, isRunning, problem, forget: () => setProblem(null) };
}

/** One upload at a time; what is dropped on the page is read at once, and taken when somebody has seen what it is. */
function useUpload(form: UploadForm, onTaken: (id: OwnData['id']) => void) {
  const room = useRoom();
  const dropped = useStore(room.bringing);
  const [stage, setStage] = useState<UploadStage | null>(null);
  const draft = useStore(room.draft);
  const { run, cancel, isRunning, problem, forget } = useTask(() => setStage(null));
  const start = (files: readonly Dropped[]) =>
    run(async (signal) => {
      setStage({ kind: 'packing', done: 0, total: 0 });
      room.draft.set(await draftOwnData(room, files, form, setStage, signal));
    });
  const change = (next: UploadForm) =>
    run(async (signal) => {
      if (!draft) return;
      room.draft.set(await readOtherwise(room, draft, next, setStage, signal));
    });
  const take = () =>
    run(async () => {
      if (!draft) return;
      await room.takeDraft(draft.id);
      room.draft.set(null);
      onTaken(draft.data.id);
    });
  const discard = () => {
    if (draft) void room.discardDraft(draft.id).catch(() => undefined);
    room.draft.set(null);
    forget();
  };
  const begin = useRef(start);
  begin.current = start;
  // What is dropped while something is read or looked at waits for its turn.
  useEffect(() => {
    if (!dropped?.length || isRunning || draft) return;
    room.bringing.set([]);
    begin.current(dropped);
  }, [dropped, isRunning, draft, room]);
  const waiting = isRunning || draft ? (dropped?.length ?? 0) : 0;
  return { stage, draft, problem, waiting, change, take, discard, cancel };
}

interface PickProps {
  form: UploadForm;
  onForm(form: UploadForm): void;
  onPick(files: readonly File[]): void;
}

function Pick({ form, onForm, onPick }: PickProps) {
  const t = useText();
  const room = useRoom();
  const isFull = useOwnData().length >= limits.ownDataSets;
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <section
      aria-label={t('Bring data')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const dropped = [...event.dataTransfer.items];
        void bring(
          room,
          dropped.flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []),
        );
      }}
      className="rounded-xl border border-dashed border-line-strong p-4"
    >
      <p className="text-sm text-ink-soft">
        {t(
          'Drop texts (up to 20 MB) or images: one or many at once, a folder or a zip. Texts are joined in the order of their names, folders of images become classes. Everyone with the link can learn from it.',
        )}
      </p>
      <ImageFormFields form={form} onForm={onForm} />
      <FilePicker ref={files} label={t('Data files')} onPick={onPick} />
      <FilePicker ref={folder} label={t('Data folder')} onPick={onPick} isFolder />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button icon={Upload} variant="primary" disabled={isFull} onClick={() => files.current?.click()}>
          {t('Choose files')}
        </Button>
        <Button icon={FolderOpen} disabled={isFull} onClick={() => folder.current?.click()}>
          {t('Choose a folder')}
        </Button>
      </div>
      {isFull && (
        <p className="mt-2 text-sm text-ink-soft">
          {t('A playground holds at most {most} data sets of its own. Remove one first.', {
            most: limits.ownDataSets,
          })}
        </p>
      )}
    </section>
  );
}

interface FilePickerProps {
  ref: Ref<HTMLInputElement>;
  label: string;
  isFolder?: boolean;
  onPick(files: readonly File[]): void;
}

function FilePicker({ ref, label, isFolder, onPick }: FilePickerProps) {
  return (
    <input
      ref={ref}
      type="file"
      multiple
      {...(isFolder && { webkitdirectory: '' })}
      aria-label={label}
      className="sr-only"
      tabIndex={-1}
      onChange={(event) => {
        const picked = [...(event.target.files ?? [])];
        event.target.value = '';
        if (picked.length > 0) onPick(picked);
      }}
    />
  );
}

function Progress({ stage, onCancel }: { stage: UploadStage; onCancel(): void }) {
  const t = useText();
  const { kind, done, total } = stage;
  const labels = { packing: t('Packing'), sending: t('Sending'), reading: t('Reading') };
  const amounts = (value: number) =>
    kind === 'sending'
      ? t.number(value / 1e6, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
      : t.number(value);
  return (
    <section aria-label={t('Bring data')} className="rounded-xl border border-line p-4">
      <p className="flex justify-between gap-4 text-sm" aria-live="polite">
        <span>{labels[kind]}</span>
        <span className="text-ink-soft tabular-nums">
          {total > 0 &&
            t(kind === 'sending' ? '{done} of {total} MB' : '{done} of {total} files', {
              done: amounts(done),
              total: amounts(total),
            })}
        </span>
      </p>
      <progress
        aria-label={labels[kind]}
        className="mt-3 mb-4 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-ink"
        {...(total > 0 ? { value: done, max: total } : {})}
      />
      <Button onClick={onCancel}>{t('Cancel')}</Button>
    </section>
  );
}
