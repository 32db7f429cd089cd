import type { IncomingMessage } from 'node:http';
import { datasets } from '@/lib/catalog/datasets';
import { modelOf, type Recipe } from '@/lib/catalog/models';
import type { LinkCard } from '@/lib/protocol/linkCard';
import type { Rooms } from '@/server/rooms/rooms';
import type { Exchange } from './exchange';
import type { Ingress } from './ingress';
import { Preview } from './preview';
import { remember } from './rates';

/** Previews kept in memory, some 50 kB each; the oldest goes first. */
const previews = 64;

/** What links to playgrounds show in other programs: a title, a sentence, a picture. */
export class LinkCards {
  private readonly drawn = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly rooms: Rooms,
    private readonly ingress: Ingress,
    private readonly publicFolder: string,
  ) {}

  /** @throws Refused for an unknown playground. */
  async of(playground: string, request: IncomingMessage): Promise<LinkCard> {
    const { content, control } = await this.rooms.find(playground);
    const site = this.ingress.originOf(request) + this.ingress.basePath;
    const { hash } = new Preview(control.frames(), this.publicFolder);
    const recipe = control.view()?.spec.recipe ?? content.recipe;
    const picture = `${site}/api/previews/${playground}?${hash}`;
    return { title: content.meta.title, about: aboutOf(recipe), picture, site };
  }

  /** Answers with the preview of now, as a PNG file. */
  async answer({ response }: Exchange<never>, playground: string): Promise<void> {
    const { control } = await this.rooms.find(playground);
    const preview = new Preview(control.frames(), this.publicFolder);
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
  }
}

function aboutOf({ model, dataset: id }: Recipe): string {
  const name = modelOf(model).label;
  const dataset = datasets.find((each) => each.id === id)?.label;
  return `${name}${dataset ? `, learning from ${dataset}` : ''}. Open the link: everyone in it tunes, trains and explores it together.`;
}
