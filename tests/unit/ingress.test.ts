import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ingress, type IngressOptions } from '@/server/http/ingress';

function reached(options: Partial<IngressOptions>, headers: Record<string, string>) {
  const request = new IncomingMessage(new Socket());
  request.headers = headers;
  return { ingress: new Ingress({ origins: [], hops: 0, basePath: '', ...options }), request };
}

/** Whether a page of `origin` may act, by the headers of a request. */
function isOwn(options: Partial<IngressOptions>, headers: Record<string, string>): boolean {
  const { ingress, request } = reached(options, headers);
  return ingress.isOwnOrigin(request);
}

const host = fc.domain();

test('a page acts on the host that it came from, by either scheme, and on no other', () => {
  fc.assert(
    fc.property(host, host, fc.constantFrom('http', 'https'), (own, other, scheme) => {
      expect(isOwn({}, { host: own, origin: `${scheme}://${own}` })).toBe(true);
      expect(isOwn({}, { host: own, origin: `${scheme}://${other}` })).toBe(own === other);
    }),
  );
});

test('a proxy that changes Host needs to be told of: by the public address, or as one to believe', () => {
  const proxied = {
    host: '127.0.0.1:3000',
    origin: 'https://lab.example',
    'x-forwarded-host': 'lab.example',
  };
  expect(isOwn({}, proxied)).toBe(false);
  expect(isOwn({ origins: ['https://lab.example'] }, proxied)).toBe(true);
  expect(isOwn({ hops: 1 }, proxied)).toBe(true);
  expect(isOwn({ origins: ['https://other.example'] }, proxied)).toBe(false);
});

test('pages that hide where they are from do not act; programs do', () => {
  expect(isOwn({}, { host: 'a.example', origin: 'null' })).toBe(false);
  expect(isOwn({}, { host: 'a.example', 'sec-fetch-site': 'cross-site' })).toBe(false);
  expect(isOwn({}, { host: 'a.example' })).toBe(true);
});

test('what was forwarded counts only from proxies that are believed, the farthest of them', () => {
  const headers = {
    host: 'inner',
    'x-forwarded-for': '6.6.6.6, 1.1.1.1, 2.2.2.2',
    'x-forwarded-host': 'forged.example, lab.example, inner.example',
    'x-forwarded-proto': 'https, https, http',
  };
  const seen = (hops: number) => {
    const { ingress, request } = reached({ hops }, headers);
    Object.defineProperty(request.socket, 'remoteAddress', { value: '3.3.3.3' });
    return [ingress.addressOf(request), ingress.originOf(request)];
  };
  expect(seen(0)).toEqual(['3.3.3.3', 'http://inner']);
  expect(seen(1)).toEqual(['2.2.2.2', 'http://inner.example']);
  expect(seen(2)).toEqual(['1.1.1.1', 'https://lab.example']);
});

test('a path is found behind the base path, whether the proxy takes it off or not', () => {
  const segment = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  fc.assert(
    fc.property(segment, fc.array(segment), fc.constantFrom('', '?a=/lab'), (base, parts, query) => {
      const { ingress } = reached({ basePath: `/${base}` }, {});
      const path = `/${parts.join('/')}${query}`;
      expect(ingress.inside(`/${base}${path}`)).toBe(path);
      if (parts[0] !== base) expect(ingress.inside(path)).toBe(path);
    }),
  );
  const { ingress } = reached({ basePath: '/lab' }, {});
  expect([ingress.inside('/lab'), ingress.inside('/lab?x'), ingress.inside('/labs')]).toEqual([
    '/',
    '/?x',
    '/labs',
  ]);
});
