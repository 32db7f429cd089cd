import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits } from '@/lib/protocol/limits';
import { type UploadForm, type UploadNews, uploadFormSchema } from '@/lib/protocol/ownData';
import { Refused } from '@/server/rooms/refused';
import type { Room } from '@/server/rooms/room';
import { answerJson } from './answers';

/** What a page asks for, to see how the reading goes on; without it, there is one answer with a status. */
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

/** Aborted when the one who asked has gone before the answer was out. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => !response.writableFinished && gone.abort());
  return gone.signal;
}

type Progress = (done: number, total: number) => void;
type Last = Exclude<UploadNews, { kind: 'progress' | 'refused' }>;

/** Answers with what an upload becomes: as it goes on to a page that listens, else at the end. @throws Refused unless it listens */
async function telling(
  request: IncomingMessage,
  response: ServerResponse,
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
    // What of it is still on its way is of no use.
    if (!response.headersSent) response.setHeader('connection', 'close');
    request.resume();
    tell({ kind: 'refused', message: error.message });
    response.end();
  }
}

/**
 * Takes a text or images from the request's body into the playground: `?name=&side=&colour=&classes=&names=&encoding=`; with
 * `draft` only reads them, to be taken later.
 * @param parties whom it comes from and for whom.
 */
export async function bringOwnData(
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
  session: string | null,
  parties: readonly string[],
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://server');
  const name = searchParams.get('name') ?? '';
  if (Number(request.headers['content-length'] ?? 0) > limits.ownArchiveBytes)
    throw new Refused('too-large', `${name} has more than ${limits.ownArchiveBytes / 2 ** 20} MB`);
  const upload = {
    name,
    form: formOf(searchParams),
    body: request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
    parties,
    signal: goneSignal(response),
  };
  const isDraft = searchParams.has('draft');
  await telling(request, response, upload.signal, async (progress) =>
    isDraft
      ? { kind: 'draft', draft: await room.ownData.draft(upload, progress) }
      : { kind: 'brought', data: await room.ownData.bring(upload, session, progress) },
  );
}

/** Reads a draft anew, as the query says. */
export async function readDraftAnew(
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://server');
  const how = { form: formOf(searchParams), signal: goneSignal(response) };
  await telling(request, response, how.signal, async (progress) => ({
    kind: 'draft',
    draft: await room.ownData.drafts.again(id, how, progress),
  }));
}
