import type { IncomingMessage, ServerResponse } from 'node:http';
import createRouter from 'find-my-way';
import { linkCardHeader } from '@/lib/protocol/linkCard';
import { Refused } from '@/server/rooms/refused';
import { answerFailed, answerRefused } from './answers';
import type { Exchange } from './exchange';
import { AddressRates } from './rates';
import { type Route, routesOf, type SiteParts } from './routes';
import { secure } from './security';

/** Characters of one piece of a path: as many as Node lets a request have bytes before its body. */
const pieceCharacters = 16 * 1024;

/** `null` for what is no path of this server: two slashes, of either kind, begin the name of another host. */
function addressOf({ url = '/' }: IncomingMessage): URL | null {
  if (/^[/\\]{2}/.test(url) || !URL.canParse(url, 'http://server')) return null;
  return new URL(url, 'http://server');
}

function routerOf(routes: readonly Route[]) {
  const router = createRouter({ maxParamLength: pieceCharacters });
  // Found, then performed here: what it would call is not used.
  const none = () => undefined;
  for (const route of routes) {
    if (route.method === 'any') router.all(route.path, none, route);
    else router.on(route.method === 'GET' ? ['GET', 'HEAD'] : route.method, route.path, none, route);
  }
  return router;
}

/** Finds the route that a request belongs to, and sees to its rules. */
class Site {
  private readonly router: ReturnType<typeof routerOf>;
  private readonly rates: AddressRates;

  constructor(private readonly parts: SiteParts) {
    this.router = routerOf(routesOf(parts));
    this.rates = new AddressRates(parts.ingress);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pages } = this.parts;
    const address = addressOf(request);
    delete request.headers[linkCardHeader];
    if (address === null) return pages.notFound(request, response);
    const method = (request.method ?? 'GET') as Parameters<typeof this.router.find>[0];
    const found = this.router.find(method, address.pathname);
    // A path that is no text, or a method that no route knows.
    if (!found) return pages.handle(request, response);
    const params = found.params as Record<string, string>;
    await this.perform(found.store, { request, response, params, query: address.searchParams });
  }

  private async perform(route: Route, exchange: Exchange): Promise<void> {
    const { request } = exchange;
    try {
      const changes = route.method !== 'GET' && route.method !== 'any';
      if (changes && !this.parts.ingress.isOwnOrigin(request))
        throw new Refused('origin', 'Playgrounds are created and changed from their own site only');
      if (route.rate) this.rates.count(route.rate, request);
      await route.handle(exchange);
    } catch (error) {
      if (route.otherwise) await route.otherwise(exchange, error);
      else if (error instanceof Refused) answerRefused(exchange, error);
      else throw error;
    }
  }
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The server's request handler; it answers every request and never throws. */
export function createHttpHandler(parts: SiteParts & { readonly isDevelopment: boolean }): Handler {
  const site = new Site(parts);
  return (request, response) => {
    secure(request, response, parts.isDevelopment);
    request.url = parts.ingress.inside(request.url ?? '/');
    site.answer(request, response).catch((error: unknown) => {
      parts.log(`${request.method} failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (response.headersSent) response.destroy();
      else answerFailed(response);
    });
  };
}
