import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeLinkCard, linkCardHeader } from '@/lib/protocol/linkCard';
import { playgroundIdSchema } from '@/lib/protocol/messages';
import { Refused } from '@/server/rooms/refused';
import type { Rooms } from '@/server/rooms/rooms';
import type { Storage } from '@/server/storage/storage';
import { Blobs } from './blobs';
import { Coming } from './coming';
import { Creation } from './creation';
import { datasetFile } from './datasetFiles';
import type { Exchange, Handle, NamesIn, RoomExchange } from './exchange';
import { exportFile, listExports } from './exports';
import type { Ingress } from './ingress';
import { LinkCards } from './linkCards';
import { bringOwnData, discardDraft, readDraftAnew, removeOwnData, takeDraft } from './ownData';
import { bringGenerator, readGenerator, removeGenerator } from './ownGenerator';
import { pastCurve, pastRuns, reelIndex, reelPack } from './pastRuns';
import type { RateName } from './rates';
import { health, origin } from './service';

/** What shows pages: Next, or a stand-in. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Answers 404 with a page. */
  notFound(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface SiteParts {
  readonly rooms: Rooms;
  readonly storage: Storage;
  readonly pages: Pages;
  readonly ingress: Ingress;
  /** Files that are served as they are, among them the site's sign. */
  readonly publicFolder: string;
  readonly version: string;
  log(line: string): void;
}

/** GET answers HEAD, too. What is neither GET nor `any` comes from pages of this server, or from no page. */
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'any';

/** One address of the server. */
export interface Route {
  readonly method: Method;
  /** As find-my-way has it: `:name` is one piece of the path, `*` the rest of it. */
  readonly path: string;
  /** What of an address's rates it counts for. */
  readonly rate: RateName | null;
  readonly handle: Handle;
  /** How it answers what is refused, if not by a status and JSON. */
  readonly refuse?: (exchange: Exchange, refused: Refused) => void;
}

const on = <Path extends string>(
  method: Method,
  path: Path,
  rate: RateName | null,
  handle: Handle<NamesIn<Path>>,
  refuse?: Route['refuse'],
): Route => ({ method, path, rate, handle: handle as Handle, refuse });

/** Names the page's session, so that the log tells who brought or removed a file. */
const sessionHeader = 'x-colatent-session';

const isId = (id: string): boolean => playgroundIdSchema.safeParse(id).success;

function noSuchAddress({ request }: Exchange<never>): never {
  const { pathname } = new URL(request.url ?? '/', 'http://server');
  throw new Refused('not-found', `No such address: ${request.method} ${pathname}`);
}

/** Makes the routes of a playground, with a path behind its own address. */
const routesWithin =
  (rooms: Rooms) =>
  <Path extends string>(
    method: Method,
    path: Path,
    rate: RateName | null,
    handle: (exchange: RoomExchange<NamesIn<Path>>) => Promise<void> | void,
  ): Route => ({
    method,
    path: `/api/playgrounds/:playground/${path}`,
    rate,
    async handle(exchange) {
      const { playground = '' } = exchange.params;
      if (!isId(playground)) throw new Refused('not-found', 'This link opens no playground');
      const session = exchange.request.headers[sessionHeader]?.toString() ?? null;
      const inside = { ...exchange, room: await rooms.find(playground), session };
      await (handle as (exchange: RoomExchange<string>) => Promise<void> | void)(inside);
    },
  });

/** Everything that this server answers over HTTP. */
export function routesOf({ rooms, storage, pages, ingress, publicFolder, version, log }: SiteParts): Route[] {
  const blobs = new Blobs(storage);
  const cards = new LinkCards(rooms, ingress, publicFolder);
  const creation = new Creation(rooms, ingress);
  const coming = new Coming(ingress);
  const within = routesWithin(rooms);
  const exists = async (id: string) => isId(id) && (await rooms.exists(id));
  return [
    on('GET', '/api/health', null, health(storage, version, log)),
    on('GET', '/api/origin', null, origin(ingress)),
    on('GET', '/api/blobs/:hash', null, blobs.answer),
    on('GET', '/api/datasets/:name', 'dataset', datasetFile),
    on('GET', '/api/previews/:playground', null, async (exchange) => {
      const { playground } = exchange.params;
      return (await exists(playground)) ? cards.answer(exchange, playground) : noSuchAddress(exchange);
    }),

    on('POST', '/api/playgrounds', 'creation', creation.answer, creation.refuse),
    within('GET', 'exports', null, listExports),
    within('GET', 'exports/:file', 'download', exportFile),
    within('GET', 'runs', 'past', pastRuns),
    within('GET', 'runs/:run/curve', 'past', pastCurve),
    within('GET', 'runs/:run/reel', 'past', reelIndex),
    within('GET', 'runs/:run/reel/:topic', 'past', reelPack),
    within('POST', 'generator', 'upload', coming.among(bringGenerator)),
    within('PATCH', 'generator', 'upload', coming.among(readGenerator)),
    within('DELETE', 'generator', null, removeGenerator),
    within('POST', 'datasets', 'upload', coming.among(bringOwnData)),
    within('DELETE', 'datasets/:data', null, removeOwnData),
    within('PUT', 'drafts/:draft', null, readDraftAnew),
    within('POST', 'drafts/:draft', null, takeDraft),
    within('DELETE', 'drafts/:draft', null, discardDraft),

    on('any', '/api', null, noSuchAddress),
    on('any', '/api/*', null, noSuchAddress),
    on('any', '/p/:playground', null, async ({ request, response, params: { playground } }) => {
      if (!(await exists(playground))) return pages.notFound(request, response);
      // One that can't be read has a page all the same, which says why.
      const card = await cards.of(playground, request).catch(() => null);
      if (card) request.headers[linkCardHeader] = encodeLinkCard(card);
      return pages.handle(request, response);
    }),
    on('any', '/*', null, ({ request, response }) => pages.handle(request, response)),
  ];
}
