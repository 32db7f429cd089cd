import { say } from '@/lib/text/sentence';
import { Refused } from '@/server/rooms/refused';
import type { Visit } from '@/server/rooms/seat';
import type { RoomExchange } from './exchange';
import type { Ingress } from './ingress';

/** Files that come at once from one address, or into one playground; a further one is refused. */
const maxComing = 8;

/** Puts an answer out. `parties`: whom the file comes from, and for whom. */
type Uploading<Deed extends keyof Visit> = (
  exchange: RoomExchange<Deed, 'playground'>,
  parties: readonly string[],
) => Promise<void>;

/** The files on their way here: few at once of an address and of a playground, so that nobody who is slow holds up others. */
export class Coming {
  private readonly counts = new Map<string, number>();

  constructor(private readonly ingress: Ingress) {}

  /** @throws Refused `too-fast` where too many are coming already. */
  among =
    <Deed extends keyof Visit>(handle: Uploading<Deed>) =>
    async (exchange: RoomExchange<Deed, 'playground'>): Promise<void> => {
      const parties = [
        `address ${this.ingress.addressOf(exchange.request)}`,
        `playground ${exchange.params.playground}`,
      ];
      if (parties.some((party) => this.of(party) >= maxComing))
        throw new Refused(
          'too-fast',
          say('{n} files are coming already. Wait until one has arrived', { n: maxComing }),
        );
      for (const party of parties) this.counts.set(party, this.of(party) + 1);
      try {
        await handle(exchange, parties);
      } finally {
        for (const party of parties) {
          if (this.of(party) > 1) this.counts.set(party, this.of(party) - 1);
          else this.counts.delete(party);
        }
      }
    };

  private of(party: string): number {
    return this.counts.get(party) ?? 0;
  }
}
