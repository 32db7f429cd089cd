import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may act for a person: it comes from a page of this server, or from no page at all.
 * A browser names the page's origin in every WebSocket handshake and POST; other programs name none.
 */
export function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] !== 'cross-site';
  try {
    return new URL(origin).host === host;
  } catch {
    return false; // "null": a page that hides where it is from
  }
}
