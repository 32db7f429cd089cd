import { presetOf, recipeOfPreset } from '@/lib/catalog/presets';
import { Refused } from '@/server/rooms/refused';
import type { Rooms } from '@/server/rooms/rooms';
import { answerJson, answerRefused } from './answers';
import type { Exchange } from './exchange';
import type { Ingress } from './ingress';

const accepts = ({ request }: Exchange<never>, type: string): boolean =>
  request.headers.accept?.includes(type) ?? false;

/** Creates a playground, of `?preset=` or the default one: a program hears its id, a form is led to it. */
export class Creation {
  constructor(
    private readonly rooms: Rooms,
    private readonly ingress: Ingress,
  ) {}

  readonly answer = async (exchange: Exchange<never>): Promise<void> => {
    const { response, query } = exchange;
    const wanted = query.get('preset');
    const preset = wanted === null ? null : presetOf(wanted);
    if (wanted !== null && !preset)
      return this.tell(exchange, () =>
        answerJson(response, 400, { code: 'not-found', error: 'There is no preset of this name' }),
      );
    const id = await this.rooms.create(preset && recipeOfPreset(preset));
    if (!accepts(exchange, 'application/json')) return this.lead(exchange, `/p/${id}`);
    response.setHeader('location', `${this.ingress.basePath}/p/${id}`);
    answerJson(response, 201, { id });
  };

  readonly otherwise = (exchange: Exchange<never>, error: unknown): void => {
    if (!(error instanceof Refused)) throw error;
    this.tell(exchange, () => answerRefused(exchange, error));
  };

  /** A form is led to a page that tries by itself and says what is wrong. */
  private tell(exchange: Exchange<never>, answer: () => void): void {
    const { search } = new URL(exchange.request.url ?? '/', 'http://server');
    if (accepts(exchange, 'text/html')) this.lead(exchange, `/new${search}`);
    else answer();
  }

  private lead({ response }: Exchange<never>, path: string): void {
    response.writeHead(303, { location: this.ingress.basePath + path, 'cache-control': 'no-store' }).end();
  }
}
