import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** How requests reach this server, as its operator says: directly, or through proxies. */
export interface IngressOptions {
  /** Origins under which people open the pages, such as `https://lab.example`, beside that of the request's own Host. */
  readonly origins: readonly string[];
  /** Proxies between people and this server whose `X-Forwarded-*` headers are believed. */
  readonly hops: number;
  /** The path under which a proxy shows this server, such as `/lab`; empty for the root. */
  readonly basePath: string;
}

/** What a request is about, whichever proxies it came through. */
export class Ingress {
  constructor(private readonly options: IngressOptions) {}

  get basePath(): string {
    return this.options.basePath;
  }

  /** The path and query behind the base path; some proxies take it off themselves. */
  inside(url: string): string {
    const { basePath } = this.options;
    if (basePath === '' || !url.startsWith(basePath)) return url;
    const rest = url.slice(basePath.length);
    if (rest === '' || rest.startsWith('?')) return `/${rest}`;
    return rest.startsWith('/') ? rest : url;
  }

  /** The address of the person's own machine, for limits. */
  addressOf(request: IncomingMessage): string {
    return proxyAddr(request, (_, hop) => hop < this.options.hops) ?? '';
  }

  /** The origin under which people see this server, for links that leave it. */
  originOf(request: IncomingMessage): string {
    const [told] = this.options.origins;
    if (told !== undefined) return told;
    const scheme = this.forwarded(request, 'x-forwarded-proto') === 'https' ? 'https' : 'http';
    const [host = 'localhost'] = this.hostsOf(request);
    return `${scheme}://${host}`;
  }

  /**
   * Whether a request may act for a person: it comes from a page of this server, or from no page at all.
   * A browser names the page's origin in every WebSocket handshake and POST; other programs name none.
   */
  isOwnOrigin(request: IncomingMessage): boolean {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin === undefined) return site !== 'cross-site';
    return this.accepts(request, origin);
  }

  /** Whether pages of `origin` may act here. "null", of a page that hides where it is from, may not. */
  accepts(request: IncomingMessage, origin: string): boolean {
    if (!URL.canParse(origin)) return false;
    const own = [...this.options.origins.map((each) => new URL(each).host), ...this.hostsOf(request)];
    return own.includes(new URL(origin).host);
  }

  /** Names that the request gives this server, what people see first. */
  private hostsOf(request: IncomingMessage): string[] {
    const hosts = [this.forwarded(request, 'x-forwarded-host'), request.headers.host];
    return hosts.filter((host) => host !== undefined && URL.canParse(`http://${host}`)) as string[];
  }

  /** What the proxy nearest to people wrote, of those that are believed. */
  private forwarded({ headers }: IncomingMessage, name: string): string | undefined {
    const value = headers[name];
    if (this.options.hops === 0 || value === undefined) return undefined;
    const values = String(value).split(',');
    return values[Math.max(0, values.length - this.options.hops)]?.trim();
  }
}
