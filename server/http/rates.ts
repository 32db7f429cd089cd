import type { IncomingMessage } from 'node:http';
import { Rate } from '@/server/rooms/rate';
import type { Ingress } from './ingress';

/** Addresses remembered for a limit; the one that came first is forgotten beyond. */
const addresses = 10_000;

/** A map that forgets what it has held longest beyond `size` entries. */
export function remember<T>(map: Map<string, T>, key: string, size: number, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > size && !oldest.done) map.delete(oldest.value);
  return value;
}

/** What one address may do: so many at once, then one every `1 / perSecond` seconds. */
export class AddressRates {
  private readonly rates = new Map<string, Rate>();

  constructor(
    private readonly limit: { readonly burst: number; readonly perSecond: number },
    private readonly ingress: Ingress,
  ) {}

  /** Whether one more is within the rate; if so, it is counted. */
  allow(request: IncomingMessage): boolean {
    const { burst, perSecond } = this.limit;
    const rate = () => new Rate(perSecond, burst);
    return remember(this.rates, this.ingress.addressOf(request), addresses, rate).allow();
  }
}
