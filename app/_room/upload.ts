import { type OwnDraft, type UploadForm, type UploadNews, uploadNewsSchema } from '@/lib/protocol/ownData';
import { refusalIn } from '@/lib/text/refusedAnswer';
import { type Sentence, SentenceError } from '@/lib/text/sentence';
import { pack } from './pack';
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

/** The refusal in an answer without progress. */
function refusalOf({ status, responseText }: XMLHttpRequest): Sentence {
  try {
    return refusalIn(status, JSON.parse(responseText));
  } catch {
    return refusalIn(status, {});
  }
}

interface Question {
  readonly method: 'POST' | 'PUT';
  /** Path below the playground's address. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Blob | null;
}

/** Only XMLHttpRequest tells how much of a body is sent. */
function send(
  room: Room,
  { method, path, query, body }: Question,
  report: (stage: UploadStage) => void,
  signal: AbortSignal,
): Promise<OwnDraft> {
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const fail = (sentence: Sentence) => reject(new SentenceError(sentence));
    request.upload.onprogress = ({ loaded, total }) => report({ kind: 'sending', done: loaded, total });
    request.upload.onload = () => report({ kind: 'reading', done: 0, total: 0 });
    request.onprogress = () => {
      const news = request.status === 200 ? lastNews(request.responseText) : null;
      if (news?.kind === 'progress') report({ ...news, kind: 'reading' });
    };
    request.onload = () => {
      if (request.status !== 200 && request.status !== 201) return fail(refusalOf(request));
      const news = lastNews(request.responseText);
      if (news?.kind === 'draft') resolve(news.draft);
      else fail(news?.kind === 'refused' ? news.sentence : 'The file did not arrive whole. Try again');
    };
    request.onerror = () => fail('No answer came from the server. Try again once it is connected');
    signal.addEventListener('abort', () => {
      request.abort();
      reject(signal.reason);
    });
    request.open(method, `${room.files}/${path}?${new URLSearchParams(query)}`);
    request.setRequestHeader('accept', 'application/x-ndjson');
    request.setRequestHeader('x-colatent-session', room.connection.session ?? '');
    request.send(body);
  });
}

const queryOf = ({ encoding, ...images }: UploadForm) => ({
  ...images,
  side: String(images.side),
  ...(encoding && { encoding }),
});

/**
 * Packs what was dropped, sends it, and waits until the server has read it. It isn't taken into the playground yet.
 * @throws Error with what is wrong with it, or the signal's reason.
 */
export async function draftOwnData(
  room: Room,
  dropped: readonly Dropped[],
  form: UploadForm,
  report: (stage: UploadStage) => void,
  signal: AbortSignal,
): Promise<OwnDraft> {
  const { name, body } = await pack(
    dropped,
    (done, total) => report({ kind: 'packing', done, total }),
    signal,
  );
  const query = { name, draft: 'new', ...queryOf(form) };
  return send(room, { method: 'POST', path: 'datasets', query, body }, report, signal);
}

/** Has what was sent read otherwise. @throws Error with what is wrong with it, or the signal's reason. */
export function readOtherwise(
  room: Room,
  { id }: OwnDraft,
  form: UploadForm,
  report: (stage: UploadStage) => void,
  signal: AbortSignal,
): Promise<OwnDraft> {
  report({ kind: 'reading', done: 0, total: 0 });
  const question = { method: 'PUT', path: `drafts/${id}`, query: queryOf(form), body: null } as const;
  return send(room, question, report, signal);
}
