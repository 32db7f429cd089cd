import type { IncomingMessage } from 'node:http';
import { type GeneratorReading, generatorReadingSchema } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { say } from '@/lib/text/sentence';
import { Refused } from '@/server/rooms/refused';
import { answerJson } from './answers';
import type { RoomExchange } from './exchange';

/** Makes the request's body, an .onnx file, the playground's generator: `?name=&latentSize=&form=`. */
export async function bringGenerator({ seat, request, response, query }: RoomExchange<'bringGenerator'>) {
  const model = await bodyOf(request, limits.generatorBytes);
  const view = await seat.bringGenerator(model, query.get('name') ?? '', readingOf(query));
  answerJson(response, 201, view);
}

/** Reads the generator that is here in another way: `?latentSize=&form=`. */
export async function readGenerator({ seat, response, query }: RoomExchange<'readGenerator'>) {
  answerJson(response, 200, await seat.readGenerator(readingOf(query)));
}

export async function removeGenerator({ seat, response }: RoomExchange<'removeGenerator'>) {
  await seat.removeGenerator();
  response.writeHead(204).end();
}

/** A request's body. @throws Refused beyond `most` bytes, and if it breaks off. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new Refused('too-large', say('A generator has at most {size} MB', { size: most / 2 ** 20 }));
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += (chunk as Uint8Array).length;
      if (size > most) throw tooLarge();
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('malformed', 'The file did not arrive whole. Try again');
  }
  return Buffer.concat(chunks);
}

/** The reading that the query asks for. @throws Refused */
function readingOf(asked: URLSearchParams): GeneratorReading {
  const given = ['latentSize', 'form'].flatMap((key) =>
    asked.has(key) ? [[key, Number(asked.get(key))]] : [],
  );
  const { data } = generatorReadingSchema.safeParse(Object.fromEntries(given));
  if (!data) throw new Refused('malformed', 'There is no such way to read its pictures');
  return data;
}
