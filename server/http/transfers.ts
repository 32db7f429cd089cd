import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportFilesOf } from '@/lib/catalog/exports';
import { type GeneratorReading, generatorReadingSchema } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { playgroundIdSchema, type RefusalCode } from '@/lib/protocol/messages';
import { generatorAnswer } from '@/lib/text/generatorAnswer';
import { Refused } from '@/server/rooms/refused';
import type { Room } from '@/server/rooms/room';
import type { Rooms } from '@/server/rooms/rooms';
import { answerJson } from './answers';
import type { Ingress } from './ingress';
import { bringOwnData, readDraftAnew } from './ownDataUploads';
import { PastFiles } from './pastFiles';
import { AddressRates } from './rates';

/** Files that one address may take away: a training pauses for each. */
const downloads = { burst: 20, perSecond: 1 };
/** Files that one address may bring. */
const uploads = { burst: 60, perSecond: 0.2 };
/** Files that come at once from one address, or into one playground; a further one is refused. */
const maxComing = 8;

/** Names the page's session, so that the log tells who brought or removed a file. */
const sessionHeader = 'x-colatent-session';

const statuses: Readonly<Partial<Record<RefusalCode, number>>> = {
  malformed: 422,
  'not-allowed': 409,
  'not-found': 404,
  'too-fast': 429,
  'too-large': 413,
};

/** A request's body. @throws Refused beyond `most` bytes, and if it breaks off. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const tooLarge = () => new Refused('too-large', `A generator has at most ${most / 2 ** 20} MB`);
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Uint8Array).length;
      if (size > most) throw tooLarge();
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('malformed', 'The file did not arrive whole. Try again');
  }
  return Buffer.concat(chunks);
}

/** What is taken out of a playground and brought into it: files too large for a socket. */
export class Transfers {
  private readonly downloadRates: AddressRates;
  private readonly uploadRates: AddressRates;
  private readonly pastFiles: PastFiles;
  private readonly coming = new Map<string, number>();

  constructor(
    private readonly rooms: Rooms,
    private readonly ingress: Ingress,
  ) {
    this.downloadRates = new AddressRates(downloads, ingress);
    this.uploadRates = new AddressRates(uploads, ingress);
    this.pastFiles = new PastFiles(ingress);
  }

  /** Answers `/api/playgrounds/<playground>/<path...>`. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    playground: string,
    path: readonly string[],
  ): Promise<void> {
    try {
      const act = this.actionOf(request.method ?? '', path);
      if (!act) throw new Refused('not-found', `No such address: ${request.method} ${path.join('/')}`);
      if (request.method !== 'GET' && !this.ingress.isOwnOrigin(request))
        return answerJson(response, 403, { error: 'Playgrounds are changed from their own site only' });
      if (!playgroundIdSchema.safeParse(playground).success)
        throw new Refused('not-found', 'This link opens no playground');
      await act(await this.rooms.find(playground), request, response);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // What of a refused upload is still on its way is of no use.
      response.setHeader('connection', 'close');
      request.resume();
      answerJson(response, statuses[error.code] ?? 500, { error: error.message });
    }
  }

  private actionOf(method: string, path: readonly string[]): Action | null {
    const [what, file, ...rest] = path;
    if (what === 'runs' && method === 'GET')
      return (room, request, response) => this.pastFiles.answer(room, request, response, path.slice(1));
    if (rest.length > 0) return null;
    if (what === 'exports' && method === 'GET')
      return file === undefined
        ? async (room, _, response) => list(room, response)
        : (room, request, response) => this.download(room, request, response, file);
    if (what === 'datasets' && file === undefined && method === 'POST') return this.uploading(bringData);
    if (what === 'drafts' && file !== undefined) return draftAction(method, file);
    if (what === 'datasets' && file !== undefined && method === 'DELETE') return removeData(file);
    if (what !== 'generator' || file !== undefined) return null;
    if (method === 'POST') return this.uploading(bringGenerator);
    if (method === 'PATCH') return this.uploading(readGenerator);
    return method === 'DELETE' ? removeGenerator : null;
  }

  private async download(
    room: Room,
    request: IncomingMessage,
    response: ServerResponse,
    file: string,
  ): Promise<void> {
    if (!this.downloadRates.allow(request))
      throw new Refused('too-fast', 'Too many files at once. Wait a moment');
    const bytes = await room.control.export(file);
    const model = room.control.view()?.spec.recipe.model ?? 'model';
    const headers = {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${model}-${file.replace(/[^\w.-]/g, '')}"`,
      'content-length': bytes.length,
      'cache-control': 'no-store',
    };
    response.writeHead(200, headers).end(bytes);
  }

  /** One of few at once of an address and of a playground, so that nobody who is slow holds up others. */
  private uploading(act: Uploading): Action {
    return async (room, request, response) => {
      const parties = [`address ${this.ingress.addressOf(request)}`, `playground ${room.id}`];
      const coming = (party: string) => this.coming.get(party) ?? 0;
      if (parties.some((party) => coming(party) >= maxComing))
        throw new Refused('too-fast', `${maxComing} files are coming already. Wait until one has arrived`);
      if (!this.uploadRates.allow(request))
        throw new Refused('too-fast', 'Too many files at once. Wait a moment');
      for (const party of parties) this.coming.set(party, coming(party) + 1);
      try {
        await act(room, request, response, parties);
      } finally {
        for (const party of parties) {
          if (coming(party) > 1) this.coming.set(party, coming(party) - 1);
          else this.coming.delete(party);
        }
      }
    };
  }
}

type Uploading = (...given: [...Parameters<Action>, parties: readonly string[]]) => Promise<void>;
type Action = (room: Room, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The files that `download` makes of the playground's run; none without one. */
function list({ control }: Room, response: ServerResponse): void {
  const run = control.view();
  answerJson(response, 200, run ? exportFilesOf(run.spec.recipe.model) : []);
}

const bringGenerator: Action = async (room, request, response) => {
  const model = await bodyOf(request, limits.generatorBytes);
  const asked = queryOf(request);
  const view = await room.generator.bring(
    model,
    asked.get('name') ?? '',
    sessionOf(request),
    readingOf(asked),
  );
  answerJson(response, 201, view);
};

const readGenerator: Action = async (room, request, response) => {
  answerJson(response, 200, await room.generator.read(readingOf(queryOf(request))));
};

const removeGenerator: Action = async (room, request, response) => {
  await room.generator.remove(sessionOf(request));
  response.writeHead(204).end();
};

const bringData: Uploading = (room, request, response, parties) =>
  bringOwnData(room, request, response, sessionOf(request), parties);

/** POST takes a draft, PUT reads it anew, DELETE lets it go. */
function draftAction(method: string, draft: string): Action | null {
  if (method === 'PUT') return (room, request, response) => readDraftAnew(room, request, response, draft);
  if (method === 'POST')
    return async (room, request, response) =>
      answerJson(response, 201, await room.ownData.take(draft, sessionOf(request)));
  if (method !== 'DELETE') return null;
  return async (room, _, response) => {
    await room.ownData.drafts.discard(draft);
    response.writeHead(204).end();
  };
}

const removeData =
  (id: string): Action =>
  async (room, request, response) => {
    await room.ownData.remove(id, sessionOf(request));
    response.writeHead(204).end();
  };

const queryOf = ({ url }: IncomingMessage) => new URL(url ?? '/', 'http://server').searchParams;

/** What somebody chose of what a file leaves open. @throws Refused */
function readingOf(asked: URLSearchParams): GeneratorReading {
  const given = ['latentSize', 'form'].flatMap((key) =>
    asked.has(key) ? [[key, Number(asked.get(key))]] : [],
  );
  const { data } = generatorReadingSchema.safeParse(Object.fromEntries(given));
  if (!data) throw new Refused('malformed', generatorAnswer('There is no such way to read its pictures'));
  return data;
}

const sessionOf = ({ headers }: IncomingMessage): string | null => headers[sessionHeader]?.toString() ?? null;
