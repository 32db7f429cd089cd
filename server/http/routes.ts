import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeLinkCard, linkCardHeader } from '@/lib/protocol/linkCard';
import { playgroundIdSchema } from '@/lib/protocol/messages';
import { own, say } from '@/lib/text/sentence';
import { Refused } from '@/server/rooms/refused';
import type { Rooms } from '@/server/rooms/rooms';
import type { Deed, Visit } from '@/server/rooms/seat';
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

/** The handler of pages: Next, or a stand-in in tests. */
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

type Otherwise = (exchange: Exchange, error: unknown) => Promise<void> | void;

/** One address of the server. */
export interface Route {
  readonly method: Method;
  /** As find-my-way has it: `:name` is one piece of the path, `*` the rest of it. */
  readonly path: string;
  /** The rate of an address that it counts towards; `null` for none. */
  readonly rate: RateName | null;
  /** The deeds that it needs in the playground of its path. */
  readonly deeds: readonly Deed[];
  readonly handle: Handle;
  /** Its answer to failures, if not a status and JSON. */
  readonly otherwise?: Otherwise;
}

const on = <Path extends string>(
  method: Method,
  path: Path,
  rate: RateName | null,
  handle: Handle<NamesIn<Path>>,
  otherwise?: Otherwise,
): Route => ({ method, path, rate, deeds: [], handle: handle as Handle, otherwise });

/** The header with the page's session, so that the log says who brought or removed a file. */
const sessionHeader = 'x-colatent-session';

/** Makes the routes that lead into a playground: through a seat there, of which they get the deeds that they name. */
const doorsOf =
  (rooms: Rooms) =>
  <Path extends string, Does extends keyof Visit>(
    method: Method,
    path: Path,
    rate: RateName | null,
    deeds: readonly Does[],
    handle: (exchange: RoomExchange<Does, NamesIn<Path>>) => Promise<void> | void,
    otherwise?: Otherwise,
  ): Route => ({
    method,
    path,
    rate,
    deeds,
    async handle(exchange) {
      const { playground = '' } = exchange.params;
      const session = exchange.request.headers[sessionHeader]?.toString() ?? null;
      const { data: id } = playgroundIdSchema.safeParse(playground);
      if (id === undefined) throw new Refused('not-found', 'This link opens no playground');
      const visit = await rooms.visit(id, session);
      const seat = Object.fromEntries(deeds.map((deed) => [deed, visit[deed]]));
      await handle({ ...exchange, seat } as RoomExchange<Does, NamesIn<Path>>);
    },
    otherwise,
  });

function noSuchAddress({ request }: Exchange<never>): never {
  const { pathname } = new URL(request.url ?? '/', 'http://server');
  throw new Refused(
    'not-found',
    say('No such address: {path}', { path: own(`${request.method} ${pathname}`) }),
  );
}

const inside = '/api/playgrounds/:playground';

/** Everything that this server answers over HTTP. */
export function routesOf({ rooms, storage, pages, ingress, publicFolder, version, log }: SiteParts): Route[] {
  const blobs = new Blobs(storage);
  const cards = new LinkCards(ingress, publicFolder);
  const creation = new Creation(rooms, ingress);
  const coming = new Coming(ingress);
  const door = doorsOf(rooms);
  const page: Handle<never> = ({ request, response }) => pages.handle(request, response);
  const playgroundPage = (exchange: RoomExchange<'card', 'playground'>) => {
    exchange.request.headers[linkCardHeader] = encodeLinkCard(cards.of(exchange));
    return page(exchange);
  };
  // A playground that can't be read has a page all the same, which says why.
  const strangePage: Otherwise = (exchange, error) =>
    error instanceof Refused ? pages.notFound(exchange.request, exchange.response) : page(exchange);
  return [
    on('GET', '/api/health', null, health(storage, version, log)),
    on('GET', '/api/origin', null, origin(ingress)),
    on('GET', '/api/blobs/:hash', null, blobs.answer),
    on('GET', '/api/datasets/:name', 'dataset', datasetFile),
    on('POST', '/api/playgrounds', 'creation', creation.answer, creation.otherwise),
    on('any', '/api', null, noSuchAddress),
    on('any', '/api/*', null, noSuchAddress),
    on('any', '/*', null, page),

    door('any', '/p/:playground', null, ['card'], playgroundPage, strangePage),
    door('GET', '/api/previews/:playground', null, ['card'], cards.answer),
    door('GET', `${inside}/exports`, null, ['exports'], listExports),
    door('GET', `${inside}/exports/:file`, 'download', ['export'], exportFile),
    door('GET', `${inside}/runs`, 'past', ['runs'], pastRuns),
    door('GET', `${inside}/runs/:run/curve`, 'past', ['curve'], pastCurve),
    door('GET', `${inside}/runs/:run/reel`, 'past', ['reel'], reelIndex),
    door('GET', `${inside}/runs/:run/reel/:topic`, 'past', ['reelPack'], reelPack),
    door('POST', `${inside}/generator`, 'upload', ['bringGenerator'], coming.among(bringGenerator)),
    door('PATCH', `${inside}/generator`, 'upload', ['readGenerator'], coming.among(readGenerator)),
    door('DELETE', `${inside}/generator`, null, ['removeGenerator'], removeGenerator),
    door('POST', `${inside}/datasets`, 'upload', ['draftData', 'bringData'], coming.among(bringOwnData)),
    door('DELETE', `${inside}/datasets/:data`, null, ['removeData'], removeOwnData),
    door('PUT', `${inside}/drafts/:draft`, null, ['readDraft'], readDraftAnew),
    door('POST', `${inside}/drafts/:draft`, null, ['takeDraft'], takeDraft),
    door('DELETE', `${inside}/drafts/:draft`, null, ['discardDraft'], discardDraft),
  ];
}
