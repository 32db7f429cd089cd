import { datasets } from '@/lib/catalog/datasets';
import { modelOf, type Recipe } from '@/lib/catalog/models';
import type { LinkCard } from '@/lib/protocol/linkCard';
import type { RoomExchange } from './exchange';
import type { Ingress } from './ingress';
import { Preview } from './preview';
import { remember } from './rates';

/** Previews kept in memory, some 50 kB each; the oldest goes first. */
const previews = 64;

/** Link cards of playgrounds, as other programs show them: a title, a sentence, a picture. */
export class LinkCards {
  private readonly drawn = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly ingress: Ingress,
    private readonly publicFolder: string,
  ) {}

  of({ seat, request, params: { playground } }: RoomExchange<'card', 'playground'>): LinkCard {
    const { title, recipe, frames } = seat.card();
    const site = this.ingress.originOf(request) + this.ingress.basePath;
    const { hash } = new Preview(frames, this.publicFolder);
    const picture = `${site}/api/previews/${playground}?${hash}`;
    return { title, about: aboutOf(recipe), picture, site };
  }

  /** Answers with the preview of now, as a PNG file. */
  readonly answer = async ({ seat, response }: RoomExchange<'card'>): Promise<void> => {
    const preview = new Preview(seat.card().frames, this.publicFolder);
    const draw = () => preview.draw();
    const drawing = remember(this.drawn, preview.hash, previews, draw);
    // A failure is not kept.
    drawing.catch(() => this.drawn.delete(preview.hash));
    const bytes = await drawing;
    const headers = {
      'content-type': 'image/png',
      'content-length': bytes.length,
      'cache-control': 'public, max-age=600',
    };
    response.writeHead(200, headers).end(bytes);
  };
}

function aboutOf({ model, dataset: id }: Recipe): string {
  const name = modelOf(model).label;
  const dataset = datasets.find((each) => each.id === id)?.label;
  return `${name}${dataset ? `, learning from ${dataset}` : ''}. Open the link: everyone in it tunes, trains and explores it together.`;
}
