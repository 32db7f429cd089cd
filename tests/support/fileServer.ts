import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a test's server does with a request, e.g. breaks off in the middle. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on a free port of this machine; remembers what was asked for. */
export interface FileServer {
  /** Ends in a slash. */
  readonly address: string;
  readonly requests: { readonly path: string; readonly range: string | undefined }[];
  close(): Promise<void>;
}

export async function serve(handler: Handler): Promise<FileServer> {
  const requests: { path: string; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', range: request.headers.range });
    handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error(`Expected a TCP address, got ${bound}`);
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends `content`, or the part of it that was asked for. */
export function sendRange(content: Uint8Array): Handler {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const part = content.subarray(from);
    const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': part.length, ...(from > 0 && range) });
    response.end(part);
  };
}

/** Announces all of `content`, sends the first `bytes` and breaks the connection. */
export function breakOff(content: Uint8Array, bytes: number): Handler {
  return (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, bytes), () => response.socket?.end());
  };
}
