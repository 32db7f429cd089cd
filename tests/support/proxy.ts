import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import { connect } from 'node:net';
import { freePort } from './server';

interface Proxy {
  readonly url: string;
  /** Whether lines that stay open are passed on. */
  upgrades: boolean;
  close(): Promise<void>;
}

/** A reverse proxy as one sets up in a hurry: the server behind it hears its own address as Host. */
export async function openProxy(target: string): Promise<Proxy> {
  const { host, hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    const onward = ask({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, socket) => {
    if (!proxy.upgrades) return socket.end('HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\n\r\n');
    const onward = connect(Number(port), hostname);
    const lines = Object.entries({ ...request.headers, host }).map(([name, value]) => `${name}: ${value}`);
    onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    onward.pipe(socket).pipe(onward);
    for (const each of [onward, socket]) each.on('error', () => each.destroy());
  });
  const own = await freePort();
  server.listen(own, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const proxy = { url: `http://127.0.0.1:${own}`, upgrades: true, close };
  return proxy;
}
