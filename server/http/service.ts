import type { Storage } from '@/server/storage/storage';
import { answerJson } from './answers';
import type { Handle } from './exchange';
import type { Ingress } from './ingress';

/** Whether the server can do its work. */
export const health =
  (storage: Storage, version: string, log: (line: string) => void): Handle<never> =>
  async ({ response }) => {
    try {
      await storage.has('');
      answerJson(response, 200, { status: 'ok', version, uptime: Math.round(process.uptime()) });
    } catch (error) {
      log(`The storage does not answer: ${(error as Error).message}`);
      answerJson(response, 503, { status: 'failing', version });
    }
  };

/** Whether pages of `?of=` may act here, so that a page that can't connect knows why. */
export const origin =
  (ingress: Ingress): Handle<never> =>
  ({ request, response, query }) =>
    answerJson(response, 200, { accepted: ingress.accepts(request, query.get('of') ?? '') });
