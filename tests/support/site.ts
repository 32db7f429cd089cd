import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createHttpHandler } from '@/server/http/handler';
import { Ingress, type IngressOptions } from '@/server/http/ingress';
import { type Pages, type Route, routesOf } from '@/server/http/routes';
import { attachSockets } from '@/server/sockets/page';
import { openRooms, type TestRooms } from './rooms';

export interface TestSite extends Omit<TestRooms, 'restart'> {
  readonly url: string;
  /** What it answers. */
  readonly routes: readonly Route[];
}

/** HTTP and sockets over fake runs and a real folder, in this process; pages say only which was asked for. */
export async function openSite(
  reached: Partial<IngressOptions> = {},
  onPage: (request: IncomingMessage) => void = () => {},
): Promise<TestSite> {
  const inner = await openRooms();
  const { rooms, storage, said } = inner;
  const log = (line: string): void => void said.push(line);
  const pages: Pages = {
    handle: async (request, response) => {
      onPage(request);
      response.end(`page ${request.url}`);
    },
    notFound: async (_, response) => void response.writeHead(404).end('no such playground'),
  };
  const ingress = new Ingress({ origins: [], hops: 0, basePath: '', ...reached });
  const publicFolder = fileURLToPath(new URL('../../public', import.meta.url));
  const parts = { rooms, storage, pages, ingress, publicFolder, version: '1.2.3', log };
  const server = createServer(createHttpHandler({ ...parts, isDevelopment: false }));
  const sockets = attachSockets(server, rooms, ingress, log);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    await sockets.close();
    if (server.listening) await new Promise((done) => server.close(done));
    await inner.close();
  };
  return { ...inner, url: `http://127.0.0.1:${port}`, routes: routesOf(parts), close };
}
