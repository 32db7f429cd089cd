import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Worker } from 'node:worker_threads';
import { isDatasetFile } from '@/server/datasets/files';
import { answerJson } from './answers';
import type { Ingress } from './ingress';
import { AddressRates } from './rates';

/** Files that one address may take away: a class runs its notebooks at once. */
const downloads = { burst: 200, perSecond: 5 };

export type MakeDatasetFile = (name: string) => Promise<Uint8Array>;

/** Makes files in a thread of their own. @param file the built thread, `dist/datasetFile.js`. */
export const makeInThread =
  (file: string): MakeDatasetFile =>
  async (name) => {
    const thread = new Worker(file, { workerData: name });
    const [bytes] = (await once(thread, 'message')) as [Uint8Array];
    return bytes;
  };

/** Hands out the data sets that the server makes itself, for programs that learn from them elsewhere. */
export class DatasetFiles {
  private readonly rates: AddressRates;
  /** Some 5 MB when all are there. */
  private readonly made = new Map<string, Promise<Uint8Array>>();

  constructor(
    private readonly make: MakeDatasetFile,
    ingress: Ingress,
  ) {
    this.rates = new AddressRates(downloads, ingress);
  }

  async answer(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (!isDatasetFile(name)) return answerJson(response, 404, { error: `No such data set: ${name}` });
    if (!this.rates.allow(request))
      return answerJson(response, 429, { error: 'Too many files at once. Wait a moment' });
    const bytes = await this.bytesOf(name);
    const headers = {
      'content-type': name.endsWith('.txt') ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': bytes.length,
      'cache-control': 'public, max-age=86400',
      // Pages of other sites may learn from them, too.
      'access-control-allow-origin': '*',
    };
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : bytes);
  }

  private bytesOf(name: string): Promise<Uint8Array> {
    const known = this.made.get(name);
    if (known) return known;
    const made = this.make(name);
    this.made.set(name, made);
    // A failure is not kept.
    made.catch(() => this.made.delete(name));
    return made;
  }
}
