import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { datasetFiles } from '@/lib/code/sources';
import { madeFile } from '@/server/datasets/made';
import { answerJson } from './answers';
import type { Ingress } from './ingress';
import { AddressRates } from './rates';

/** Files that one address may take away: a class runs its notebooks at once. */
const downloads = { burst: 200, perSecond: 5 };

const names: readonly string[] = Object.values(datasetFiles);

/** Hands out the data sets that the project makes itself, for programs that learn from them elsewhere. */
export class DatasetFiles {
  private readonly rates: AddressRates;

  constructor(ingress: Ingress) {
    this.rates = new AddressRates(downloads, ingress);
  }

  async answer(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (!names.includes(name)) return answerJson(response, 404, { error: `No such data set: ${name}` });
    if (!this.rates.allow(request))
      return answerJson(response, 429, { error: 'Too many files at once. Wait a moment' });
    const file = madeFile(name);
    response.writeHead(200, {
      'content-type': name.endsWith('.txt') ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': (await stat(file)).size,
      'cache-control': 'public, max-age=86400',
      // Pages of other sites may learn from them, too.
      'access-control-allow-origin': '*',
    });
    if (request.method === 'HEAD') return void response.end();
    // Whoever leaves before its end has no use for an answer.
    await pipeline(createReadStream(file), response).catch(() => null);
  }
}
