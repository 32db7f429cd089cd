import type { EncodingId } from '@/lib/catalog/encodings';
import type { Recipe } from '@/lib/catalog/models';
import {
  type OwnData,
  plainForm,
  type UploadForm,
  type UploadNews,
  uploadNewsSchema,
} from '@/lib/protocol/ownData';
import { setDataset } from '@/lib/room/edit';
import { ownDataIn } from '@/lib/room/schema';
import { type Parcel, pack } from './pack';
import type { Dropped, Room } from './room';
import { reached } from './store';

/** How far an upload has come; `done` and `total` are files, or bytes while they are sent. */
export interface UploadStage {
  readonly kind: 'packing' | 'sending' | 'reading';
  readonly done: number;
  readonly total: number;
}

/** The newest whole line of the answer. */
function lastNews(answer: string): UploadNews | null {
  const line = answer.slice(0, answer.lastIndexOf('\n')).split('\n').at(-1);
  if (!line) return null;
  return uploadNewsSchema.safeParse(JSON.parse(line)).data ?? null;
}

/** What an answer without news says. */
function refusalOf(request: XMLHttpRequest): string {
  try {
    return (JSON.parse(request.responseText) as { error: string }).error;
  } catch {
    return `The server answered with status ${request.status}`;
  }
}

/** How one hears how it goes on, and gives it up. */
type Rest = readonly [report: (stage: UploadStage) => void, signal: AbortSignal];

/** Only XMLHttpRequest tells how much of a body is sent. */
function send(
  room: Room,
  { name, body }: Parcel,
  form: UploadForm,
  ...[report, signal]: Rest
): Promise<OwnData> {
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new Error(message));
    request.upload.onprogress = ({ loaded, total }) => report({ kind: 'sending', done: loaded, total });
    request.upload.onload = () => report({ kind: 'reading', done: 0, total: 0 });
    request.onprogress = () => {
      const news = request.status === 200 ? lastNews(request.responseText) : null;
      if (news?.kind === 'progress') report({ ...news, kind: 'reading' });
    };
    request.onload = () => {
      if (request.status !== 200 && request.status !== 201) return fail(refusalOf(request));
      const news = lastNews(request.responseText);
      if (news?.kind === 'brought') resolve(news.data);
      else fail(news?.kind === 'refused' ? news.message : 'The file did not arrive whole. Try again');
    };
    request.onerror = () => fail('No answer came from the server. Try again once it is connected');
    signal.addEventListener('abort', () => {
      request.abort();
      reject(signal.reason);
    });
    const { encoding, ...images } = form;
    const query = new URLSearchParams({
      name,
      ...images,
      side: String(form.side),
      ...(encoding && { encoding }),
    });
    request.open('POST', `${room.files}/datasets?${query}`);
    request.setRequestHeader('accept', 'application/x-ndjson');
    request.setRequestHeader('x-colatent-session', room.connection.session ?? '');
    request.send(body);
  });
}

/** What this page has brought, as it was sent: it can be read anew while the page is open. */
const sent = new WeakMap<Room, Map<OwnData['id'], Parcel>>();

/** Whether this page still has the file. */
export const canReadAnew = (room: Room, { id }: OwnData): boolean => sent.get(room)?.has(id) ?? false;

async function bring(room: Room, parcel: Parcel, form: UploadForm, ...rest: Rest): Promise<OwnData> {
  const data = await send(room, parcel, form, ...rest);
  const all = sent.get(room) ?? new Map<OwnData['id'], Parcel>();
  sent.set(room, all.set(data.id, parcel));
  return data;
}

/**
 * Sends a text once more, to be read in another encoding, in place of what it was read as before.
 * @throws Error with what is wrong with it.
 */
export async function readAnew(room: Room, before: OwnData, encoding: EncodingId): Promise<OwnData> {
  const parcel = sent.get(room)?.get(before.id);
  if (!parcel) throw new Error('There are no files in it');
  const form = { ...plainForm, encoding };
  const data = await bring(room, parcel, form, () => {}, new AbortController().signal);
  if (data.id === before.id) return data;
  const named = (room.document.read(ownDataIn) ?? []).filter(({ id }) => id === before.id);
  for (const { model } of named)
    room.document.edit((doc, origin) => setDataset(doc, model, data.id as Recipe['dataset'], origin));
  await reached(room.outbox.unsaved, false);
  // A run that learned from it still needs it.
  await room.removeOwnData(before.id).catch(() => undefined);
  return data;
}

/**
 * Packs what was dropped, sends it, and waits until the server has read it.
 * @throws Error with what is wrong with it, or the signal's reason.
 */
export async function bringOwnData(
  room: Room,
  dropped: readonly Dropped[],
  form: UploadForm,
  report: (stage: UploadStage) => void,
  signal: AbortSignal,
): Promise<OwnData> {
  const parcel = await pack(dropped, (done, total) => report({ kind: 'packing', done, total }), signal);
  return bring(room, parcel, form, report, signal);
}
