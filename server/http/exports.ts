import { exportFilesOf } from '@/lib/catalog/exports';
import { answerJson } from './answers';
import type { RoomExchange } from './exchange';

/** The files that can be made of the playground's run; none without one. */
export function listExports({ room, response }: RoomExchange): void {
  const run = room.control.view();
  answerJson(response, 200, run ? exportFilesOf(run.spec.recipe.model) : []);
}

export async function exportFile({ room, response, params: { file } }: RoomExchange<'file'>): Promise<void> {
  const bytes = await room.control.export(file);
  const model = room.control.view()?.spec.recipe.model ?? 'model';
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${model}-${file.replace(/[^\w.-]/g, '')}"`,
    'content-length': bytes.length,
    'cache-control': 'no-store',
  };
  response.writeHead(200, headers).end(bytes);
}
