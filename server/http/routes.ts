import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { presetOf, recipeOfPreset } from '@/lib/catalog/presets';
import { encodeLinkCard, linkCardHeader } from '@/lib/protocol/linkCard';
import { playgroundIdSchema } from '@/lib/protocol/messages';
import type { Rooms } from '@/server/rooms/rooms';
import type { Storage } from '@/server/storage/storage';
import { answerJson } from './answers';
import { DatasetFiles } from './datasetFiles';
import type { Ingress } from './ingress';
import { LinkCards } from './linkCards';
import { AddressRates, remember } from './rates';
import { Transfers } from './transfers';

/** Playgrounds that one address may create: so many at once, then one every `1 / perSecond` seconds. */
const creations = { burst: 120, perSecond: 1 };
/** Compressed blobs kept in memory, about 1 MB each; the oldest goes first. */
const compressedBlobs = 8;

const compress = promisify(gzip);

/** What shows pages: Next, or a stand-in. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Answers 404 with a page. */
  notFound(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface HttpOptions {
  readonly rooms: Rooms;
  readonly storage: Storage;
  readonly pages: Pages;
  readonly ingress: Ingress;
  /** Files that are served as they are, among them the site's sign. */
  readonly publicFolder: string;
  readonly version: string;
  /** Development tools need looser rules for scripts. */
  readonly isDevelopment: boolean;
  log(line: string): void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function securityHeaders(isDevelopment: boolean): Record<string, string> {
  const policy = [
    "default-src 'self'",
    // Next puts its data into inline scripts; nothing that a person wrote is ever rendered as HTML.
    `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    // A playground's address is its key: no other site hears of it. With "no-referrer" a browser would
    // hide from this server, too, which of its pages a form comes from.
    'referrer-policy': 'same-origin',
  };
}

/** `null` for what is no path of this server: two slashes, of either kind, begin the name of another host. */
function pathOf({ url = '/' }: IncomingMessage): string | null {
  if (/^[/\\]{2}/.test(url) || !URL.canParse(url, 'http://server')) return null;
  return new URL(url, 'http://server').pathname;
}

/** Everything that this server answers over HTTP. */
class Site {
  private readonly creators: AddressRates;
  private readonly transfers: Transfers;
  private readonly datasetFiles: DatasetFiles;
  private readonly linkCards: LinkCards;
  private readonly compressed = new Map<string, Promise<Buffer>>();

  constructor(private readonly options: HttpOptions) {
    const { rooms, ingress, publicFolder } = options;
    this.creators = new AddressRates(creations, ingress);
    this.transfers = new Transfers(rooms, ingress);
    this.datasetFiles = new DatasetFiles(ingress);
    this.linkCards = new LinkCards(rooms, ingress, publicFolder);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pathname = pathOf(request);
    delete request.headers[linkCardHeader];
    if (pathname === null) return this.options.pages.notFound(request, response);
    const [, first, second, third, ...rest] = pathname.split('/');
    if (first === 'api' && second === 'playgrounds' && third !== undefined && rest.length > 0)
      return this.transfers.answer(request, response, third, rest);
    if (first === 'api' && rest.length === 0) return this.api(request, response, second ?? '', third);
    if (first === 'p' && second !== undefined) {
      if (!(await this.isPlayground(second))) return this.options.pages.notFound(request, response);
      // One that can't be read has a page all the same, which says why.
      const card = await this.linkCards.of(second, request).catch(() => null);
      if (card) request.headers[linkCardHeader] = encodeLinkCard(card);
    }
    return this.options.pages.handle(request, response);
  }

  private async isPlayground(id: string): Promise<boolean> {
    return playgroundIdSchema.safeParse(id).success && (await this.options.rooms.exists(id));
  }

  private async api(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    id: string | undefined,
  ): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (name === 'health' && id === undefined && isRead) return this.health(response);
    if (name === 'origin' && id === undefined && isRead) return this.origin(request, response);
    if (name === 'blobs' && id !== undefined && isRead) return this.blob(request, response, id);
    if (name === 'previews' && id !== undefined && isRead && (await this.isPlayground(id)))
      return this.linkCards.answer(response, id);
    if (name === 'datasets' && id !== undefined && isRead)
      return this.datasetFiles.answer(request, response, id);
    if (name === 'playgrounds' && id === undefined && request.method === 'POST')
      return this.create(request, response);
    answerJson(response, 404, { error: `No such address: ${request.method} /api/${name}` });
  }

  private async health(response: ServerResponse): Promise<void> {
    const { storage, version, log } = this.options;
    try {
      await storage.has('');
      answerJson(response, 200, { status: 'ok', version, uptime: Math.round(process.uptime()) });
    } catch (error) {
      log(`The storage does not answer: ${(error as Error).message}`);
      answerJson(response, 503, { status: 'failing', version });
    }
  }

  /** Whether pages of `?of=` may act here, so that a page that can't connect knows why. */
  private origin(request: IncomingMessage, response: ServerResponse): void {
    const origin = new URL(request.url ?? '/', 'http://server').searchParams.get('of') ?? '';
    answerJson(response, 200, { accepted: this.options.ingress.accepts(request, origin) });
  }

  private async create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { ingress, rooms } = this.options;
    const { search, searchParams } = new URL(request.url ?? '/', 'http://server');
    const isForm = request.headers.accept?.includes('text/html') ?? false;
    const lead = (path: string): void => {
      response.writeHead(303, { location: ingress.basePath + path, 'cache-control': 'no-store' }).end();
    };
    // A form is led to a page that tries by itself and says what is wrong.
    const refuse = (status: number, code: string, error: string): void =>
      isForm ? lead(`/new${search}`) : answerJson(response, status, { code, error });
    if (!ingress.isOwnOrigin(request))
      return refuse(403, 'origin', 'Playgrounds are created from their own site only');
    if (!this.creators.allow(request))
      return refuse(429, 'too-fast', 'Too many new playgrounds at once. Wait a moment');
    const wanted = searchParams.get('preset');
    const preset = wanted === null ? null : presetOf(wanted);
    if (wanted !== null && !preset) return refuse(400, 'not-found', 'There is no preset of this name');
    const id = await rooms.create(preset && recipeOfPreset(preset));
    if (request.headers.accept?.includes('application/json')) {
      response.setHeader('location', `${ingress.basePath}/p/${id}`);
      return answerJson(response, 201, { id });
    }
    lead(`/p/${id}`);
  }

  /** What a hash names never changes, so a browser keeps it for good. */
  private async blob(request: IncomingMessage, response: ServerResponse, hash: string): Promise<void> {
    const bytes = await this.options.storage.blob(hash);
    if (!bytes) return answerJson(response, 404, { error: 'No such blob' });
    const headers = {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      // Whoever knows the hash may read it, so a recipe's code may learn from it in a page of another site.
      'access-control-allow-origin': '*',
    };
    if (!/\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '')) {
      response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
      return;
    }
    const zipped = await remember(this.compressed, hash, compressedBlobs, () => compress(bytes));
    response
      .writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': zipped.length })
      .end(zipped);
  }
}

/** The server's request handler; it answers every request and never throws. */
export function createHttpHandler(options: HttpOptions): Handler {
  const site = new Site(options);
  const headers = Object.entries(securityHeaders(options.isDevelopment));
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    request.url = options.ingress.inside(request.url ?? '/');
    site.answer(request, response).catch((error: unknown) => {
      options.log(`${request.method} failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { error: 'The server failed. Try again' });
    });
  };
}
