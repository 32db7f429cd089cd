import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { ownDataSchema } from '@/lib/protocol/ownData';
import { RoomClient } from '../support/client';
import { drawn, zipped } from '../support/pictures';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startServer();
  id = await server.createPlayground();
});
afterAll(() => server.close());

const red = { r: 200, g: 20, b: 20 };
const encode = (text: string) => new TextEncoder().encode(text);
const lines = (count: number) => 'To be, or not to be.\n'.repeat(count);

async function send(name: string, body: Uint8Array, { query = '' } = {}) {
  const response = await fetch(
    `${server.url}/api/playgrounds/${id}/datasets?name=${encodeURIComponent(name)}${query}`,
    { method: 'POST', headers: { connection: 'close' }, body: body as Uint8Array<ArrayBuffer> },
  );
  return { status: response.status, answer: (await response.json()) as { error?: string } };
}
const brought = async (...sent: Parameters<typeof send>) => ownDataSchema.parse((await send(...sent)).answer);
const refusal = async (name: string, body: Uint8Array) => (await send(name, body)).answer.error;
const blob = async (hash: string) =>
  new Uint8Array(await (await fetch(`${server.url}/api/blobs/${hash}`)).arrayBuffer());

test('R70 a text in another encoding is read as what is likely, or as one chooses', async () => {
  const bytes = Buffer.from(`${lines(300)}Motörhead rocks.\n`, 'latin1');
  const data = await brought('latin.txt', bytes);
  expect(data).toMatchObject({ reading: { encodings: ['windows-1252'], isUncertain: true } });
  // From the line on that tells encodings apart.
  expect(new TextDecoder().decode(await blob(data.preview))).toBe('Motörhead rocks.\n');
  const other = await brought('latin.txt', bytes, { query: '&encoding=windows-1251' });
  expect(new TextDecoder().decode(await blob(other.preview))).toBe('Motцrhead rocks.\n');
  const { status } = await send('latin.txt', bytes, { query: '&encoding=klingon' });
  expect(status).toBe(422);
});

test('R70 texts in an archive are joined in the order of their names; images beside them are left out', async () => {
  const files = {
    'book/10.txt': encode('Ten.\n'.repeat(600)),
    'book/2.md': Buffer.from(`\uFEFF${'Two.\r\n'.repeat(600)}`, 'utf16le'),
    'book/cover.png': await drawn(20, 20, red),
    '__MACOSX/book/._2.md': encode('left by a system'),
  };
  const data = await brought('book.zip', zipped(files));
  expect(data).toMatchObject({ kind: 'text', characters: 6000 });
  expect(data).toMatchObject({
    reading: {
      texts: 2,
      encodings: ['utf-16le', 'utf-8'],
      leftOut: [{ reason: 'is an image among texts', count: 1, names: ['book/cover.png'] }],
    },
  });
  expect(new TextDecoder().decode(await blob(data.preview))).toBe('Two.\n'.repeat(400));
  const word = zipped({ '[Content_Types].xml': encode('<xml/>'), 'word/document.xml': encode('<xml/>') });
  expect(await refusal('letter.docx', word)).toBe(
    'letter.docx is a document of a word processor or an electronic book. Save it as plain text',
  );
});

test('R71 a text with nothing to predict is refused when it comes', async () => {
  expect(await refusal('a.txt', encode('a'.repeat(6000)))).toBe(
    "a.txt can't be learned from. The text has one character alone, so there is nothing to predict.",
  );
});

test('R71 settings that leave no room for a window are refused by Train, with what to set', async () => {
  const ada = await RoomClient.join(server.url, id, 'Ada');
  const { id: dataset } = await brought('short.txt', encode('abcde'.repeat(1000)));
  await ada.edit((doc) => {
    doc.getMap('recipe').set('model', 'char-rnn');
    const values = doc.getMap('recipe').get('char-rnn') as Y.Map<unknown>;
    values.set('dataset', dataset);
    values.set('windowLength', 300);
  });
  await expect(ada.command('train')).rejects.toThrow(
    'The validation part has 250 characters, too few for a window of 300. Set Window length to 249 or less, or ' +
      'Validation share to 7 % or more.',
  );
  ada.close();
});
