import type { ServerResponse } from 'node:http';
import { limits } from '@/lib/protocol/limits';
import { type UploadForm, type UploadNews, uploadFormSchema } from '@/lib/protocol/ownData';
import { own, say } from '@/lib/text/sentence';
import { Refused } from '@/server/rooms/refused';
import { answerJson, letGo } from './answers';
import type { Exchange, RoomExchange } from './exchange';

/** The media type by which a page asks for progress; otherwise there is a single answer with a status. */
const newsType = 'application/x-ndjson';

function formOf(query: URLSearchParams): UploadForm {
  const { data } = uploadFormSchema.safeParse({
    side: Number(query.get('side') ?? 28),
    colour: query.get('colour') ?? 'auto',
    classes: query.get('classes') ?? 'auto',
    names: query.get('names') ?? 'auto',
    encoding: query.get('encoding') ?? undefined,
  });
  if (!data)
    throw new Refused(
      'malformed',
      'side must be 28 or 32, colour must be auto, grey or colour, names and encoding one of the encodings',
    );
  return data;
}

/** A signal that aborts if the client leaves before the answer is complete. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => !response.writableFinished && gone.abort());
  return gone.signal;
}

type Progress = (done: number, total: number) => void;
type Last = Exclude<UploadNews, { kind: 'progress' | 'refused' }>;

/**
 * Answers with an upload's progress and result, or with the result alone. @throws Refused unless progress was
 * asked for
 */
async function telling(
  { request, response }: Exchange<never>,
  signal: AbortSignal,
  act: (progress: Progress) => Promise<Last>,
): Promise<void> {
  const isListening = request.headers.accept?.includes(newsType) ?? false;
  const tell = (news: UploadNews) => {
    if (!response.headersSent)
      response.writeHead(200, { 'content-type': newsType, 'cache-control': 'no-store' });
    response.write(`${JSON.stringify(news)}\n`);
  };
  try {
    const last = await act((done, total) => isListening && tell({ kind: 'progress', done, total }));
    if (!isListening) return answerJson(response, 201, last.kind === 'draft' ? last.draft : last.data);
    tell(last);
    response.end();
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Refused && isListening)) throw error;
    letGo(request, response);
    tell({ kind: 'refused', error: error.message, sentence: error.sentence });
    response.end();
  }
}

/**
 * Takes a text or images from the request's body into the playground: `?name=&side=&colour=&classes=&names=&encoding=`; with
 * `draft` only reads them, to be taken later.
 * @param parties whom it comes from and for whom.
 */
export async function bringOwnData(
  exchange: RoomExchange<'draftData' | 'bringData'>,
  parties: readonly string[],
): Promise<void> {
  const { seat, request, response, query } = exchange;
  const name = query.get('name') ?? '';
  if (Number(request.headers['content-length'] ?? 0) > limits.ownArchiveBytes)
    throw new Refused(
      'too-large',
      say('{name} has more than {size} MB', { name: own(name), size: limits.ownArchiveBytes / 2 ** 20 }),
    );
  const upload = {
    name,
    form: formOf(query),
    body: request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
    parties,
    signal: goneSignal(response),
  };
  await telling(exchange, upload.signal, async (progress) =>
    query.has('draft')
      ? { kind: 'draft', draft: await seat.draftData(upload, progress) }
      : { kind: 'brought', data: await seat.bringData(upload, progress) },
  );
}

export async function removeOwnData({ seat, response, params }: RoomExchange<'removeData', 'data'>) {
  await seat.removeData(params.data);
  response.writeHead(204).end();
}

/** Reads a draft anew: `?side=&colour=&classes=&names=&encoding=`. */
export async function readDraftAnew(exchange: RoomExchange<'readDraft', 'draft'>): Promise<void> {
  const { seat, response, params, query } = exchange;
  const how = { form: formOf(query), signal: goneSignal(response) };
  await telling(exchange, how.signal, async (progress) => ({
    kind: 'draft',
    draft: await seat.readDraft(params.draft, how, progress),
  }));
}

/** Makes a draft a data set of the playground. */
export async function takeDraft({ seat, response, params }: RoomExchange<'takeDraft', 'draft'>) {
  answerJson(response, 201, await seat.takeDraft(params.draft));
}

export async function discardDraft({ seat, response, params }: RoomExchange<'discardDraft', 'draft'>) {
  await seat.discardDraft(params.draft);
  response.writeHead(204).end();
}
