import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { datasetFiles } from '@/lib/code/sources';
import { own, say } from '@/lib/text/sentence';
import { madeFile } from '@/server/datasets/made';
import { Refused } from '@/server/rooms/refused';
import type { Exchange } from './exchange';

const names: readonly string[] = Object.values(datasetFiles);

/** Hands out a data set that the project makes itself, for programs that learn from it elsewhere. */
export async function datasetFile({ request, response, params: { name } }: Exchange<'name'>): Promise<void> {
  if (!names.includes(name))
    throw new Refused('not-found', say('No such data set: {name}', { name: own(name) }));
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
