import type { IncomingMessage } from 'node:http';
import { Rate } from '@/server/rooms/rate';
import { Refused } from '@/server/rooms/refused';
import type { Ingress } from './ingress';

/**
 * Rates of one address: `burst` at once, then one every `1 / perSecond` seconds; beyond, it is refused with
 * `complaint`.
 */
const limits = {
  /** Playgrounds that it creates. */
  creation: { burst: 120, perSecond: 1, complaint: 'Too many new playgrounds at once. Wait a moment' },
  /** Data sets of the project's own: a class runs its notebooks at once. */
  dataset: { burst: 200, perSecond: 5, complaint: 'Too many files at once. Wait a moment' },
  /** Files that it takes away: a training pauses for each. */
  download: { burst: 20, perSecond: 1, complaint: 'Too many files at once. Wait a moment' },
  /** Files that it brings. */
  upload: { burst: 60, perSecond: 0.2, complaint: 'Too many files at once. Wait a moment' },
  /** What runs have shown: a class behind one address scrubs through a run together. */
  past: { burst: 1000, perSecond: 100, complaint: 'Too much at once. Wait a moment' },
} as const;
export type RateName = keyof typeof limits;

/** Addresses remembered for a limit; the one that came first is forgotten beyond. */
const addresses = 10_000;

/** The entry of `key`, made if missing; beyond `size` entries the oldest is dropped. */
export function remember<T>(map: Map<string, T>, key: string, size: number, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > size && !oldest.done) map.delete(oldest.value);
  return value;
}

/** Counts what each address does, by rate. */
export class AddressRates {
  private readonly rates: Readonly<Record<RateName, Map<string, Rate>>> = {
    creation: new Map(),
    dataset: new Map(),
    download: new Map(),
    upload: new Map(),
    past: new Map(),
  };

  constructor(private readonly ingress: Ingress) {}

  /** Counts one more. @throws Refused `too-fast` beyond the rate. */
  count(name: RateName, request: IncomingMessage): void {
    const { burst, perSecond, complaint } = limits[name];
    const rate = () => new Rate(perSecond, burst);
    if (!remember(this.rates[name], this.ingress.addressOf(request), addresses, rate).allow())
      throw new Refused('too-fast', complaint);
  }
}
