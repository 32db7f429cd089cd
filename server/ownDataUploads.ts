import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits } from '@/lib/protocol/limits';
import { type UploadForm, type UploadNews, uploadFormSchema } from '@/lib/protocol/ownData';
import { answerJson } from './answers';
import { Refused } from './rooms/refused';
import type { Room } from './rooms/room';

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

/**
 * Takes a text or images from the request's body into the playground: `?name=&side=&colour=&encoding=`.
 * @throws Refused, unless the page listens to how it goes on: then the last line of the answer says why.
 */
export async function bringOwnData(
  room: Room,
  request: IncomingMessage,
  response: ServerResponse,
  session: string | null,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://server');
  const name = searchParams.get('name') ?? '';
  if (Number(request.headers['content-length'] ?? 0) > limits.ownArchiveBytes)
    throw new Refused('too-large', `${name} has more than ${limits.ownArchiveBytes / 2 ** 20} MB`);
  const isListening = request.headers.accept?.includes(newsType) ?? false;
  const tell = (news: UploadNews) => {
    if (!response.headersSent)
      response.writeHead(200, { 'content-type': newsType, 'cache-control': 'no-store' });
    response.write(`${JSON.stringify(news)}\n`);
  };
  const upload = {
    name,
    form: formOf(searchParams),
    body: request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
    signal: goneSignal(response),
  };
  try {
    const progress = (done: number, total: number) => tell({ kind: 'progress', done, total });
    const data = await room.ownData.bring(upload, session, isListening ? progress : () => {});
    if (!isListening) return answerJson(response, 201, data);
    tell({ kind: 'brought', data });
    response.end();
  } catch (error) {
    if (upload.signal.aborted) return;
    if (!(error instanceof Refused && isListening)) throw error;
    // What of it is still on its way is of no use.
    if (!response.headersSent) response.setHeader('connection', 'close');
    request.resume();
    tell({ kind: 'refused', message: error.message });
    response.end();
  }
}
