import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Refused } from '@/server/rooms/refused';
import type { Storage } from '@/server/storage/storage';
import type { Exchange } from './exchange';
import { remember } from './rates';

/** Compressed blobs kept in memory, about 1 MB each; the oldest goes first. */
const compressedBlobs = 8;

const compress = promisify(gzip);

/** What is named by the hash of its content: it never changes, so a browser keeps it for good. */
export class Blobs {
  private readonly compressed = new Map<string, Promise<Buffer>>();

  constructor(private readonly storage: Storage) {}

  readonly answer = async ({ request, response, params: { hash } }: Exchange<'hash'>): Promise<void> => {
    const bytes = await this.storage.blob(hash);
    if (!bytes) throw new Refused('not-found', 'No such blob');
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
  };
}
