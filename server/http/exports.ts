import { answerJson } from './answers';
import type { RoomExchange } from './exchange';

/** The files that can be made of the playground's run; none without one. */
export function listExports({ seat, response }: RoomExchange<'exports'>): void {
  answerJson(response, 200, seat.exports());
}

export async function exportFile({ seat, response, params }: RoomExchange<'export', 'file'>): Promise<void> {
  const { name, bytes } = await seat.export(params.file);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '')}"`,
    'content-length': bytes.length,
    'cache-control': 'no-store',
  };
  response.writeHead(200, headers).end(bytes);
}
