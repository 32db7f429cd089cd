import { type ImageForm, type OwnData, type UploadNews, uploadNewsSchema } from '@/lib/protocol/ownData';
import { type Parcel, pack } from './pack';
import type { Dropped, Room } from './room';

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

/** Only XMLHttpRequest tells how much of a body is sent. */
function send(
  room: Room,
  { name, body }: Parcel,
  form: ImageForm,
  report: (stage: UploadStage) => void,
  signal: AbortSignal,
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
    const query = new URLSearchParams({ name, ...form, side: String(form.side) });
    request.open('POST', `${room.files}/datasets?${query}`);
    request.setRequestHeader('accept', 'application/x-ndjson');
    request.setRequestHeader('x-colatent-session', room.connection.session ?? '');
    request.send(body);
  });
}

/**
 * Packs what was dropped, sends it, and waits until the server has read it.
 * @throws Error with what is wrong with it, or the signal's reason.
 */
export async function bringOwnData(
  room: Room,
  dropped: readonly Dropped[],
  form: ImageForm,
  report: (stage: UploadStage) => void,
  signal: AbortSignal,
): Promise<OwnData> {
  const parcel = await pack(dropped, (done, total) => report({ kind: 'packing', done, total }), signal);
  return send(room, parcel, form, report, signal);
}
