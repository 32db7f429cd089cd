import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nonceHeader } from '@/lib/protocol/nonce';

/** @param isDevelopment development tools need looser rules for scripts. */
function policyOf(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    // Inline scripts, in which Next puts its data, are the server's own only: nobody can guess the nonce.
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Says what a browser may do with the answer. Next and the layout learn the nonce from the request's headers. */
export function secure(request: IncomingMessage, response: ServerResponse, isDevelopment: boolean): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = policyOf(nonce, isDevelopment);
  request.headers['content-security-policy'] = policy;
  request.headers[nonceHeader] = nonce;
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  // A playground's address is its key: no other site hears of it. With "no-referrer" a browser would
  // hide from this server, too, which of its pages a form comes from.
  response.setHeader('referrer-policy', 'same-origin');
}
