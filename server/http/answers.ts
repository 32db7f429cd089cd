import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RefusalCode } from '@/lib/protocol/messages';
import { inEnglish, type Sentence } from '@/lib/text/sentence';
import type { Refused } from '@/server/rooms/refused';
import type { Exchange } from './exchange';

const statuses: Readonly<Partial<Record<RefusalCode, number>>> = {
  malformed: 422,
  'not-allowed': 409,
  'not-found': 404,
  origin: 403,
  'too-fast': 429,
  'too-large': 413,
};

export function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** Whether a request changes nothing, and so may come from any page. */
export const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

export function answerRefused({ request, response }: Exchange<never>, refused: Refused): void {
  letGo(request, response);
  answerJson(response, statuses[refused.code] ?? 500, {
    code: refused.code,
    error: refused.message,
    sentence: refused.sentence,
  });
}

/** Something went wrong that nobody can be told more of. */
export function answerFailed(response: ServerResponse): void {
  const sentence: Sentence = 'The server failed. Try again';
  answerJson(response, 500, { code: 'internal', error: inEnglish(sentence), sentence });
}

/** Discards the rest of a refused request's body. To be called before the answer begins. */
export function letGo(request: IncomingMessage, response: ServerResponse): void {
  if (isRead(request)) return;
  if (!response.headersSent) response.setHeader('connection', 'close');
  request.resume();
}
