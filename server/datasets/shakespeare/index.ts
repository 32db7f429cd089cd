import path from 'node:path';
import { own, say } from '@/lib/text/sentence';
import { DatasetError, type LoadOptions, type TextSet } from '../dataset';
import type { RemoteFile } from '../download';
import { folderOf, type Published, readLocal } from '../published';

/** Bytes that a local folder's text may have; a longer one is refused. */
const maxBytes = 16 * 1024 * 1024;

const input: RemoteFile = {
  name: 'input.txt',
  bytes: 1_115_394,
  checksum: ['sha256', '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed'],
};

/**
 * Tiny Shakespeare: 40,000 lines of William Shakespeare's plays, public domain, as collected by Andrej Karpathy for
 * "The Unreasonable Effectiveness of Recurrent Neural Networks", 2015. The first address leads to a copy.
 */
export const shakespeare: Published = {
  id: 'shakespeare',
  files: [input],
  addresses: ({ name }) => [
    'https://homl.info/shakespeare',
    `https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/${name}`,
  ],
};

/** The plays, from the folder that `folderOf` finds. @throws DatasetError if the file there is no UTF-8 text. */
export async function loadShakespeare(options: LoadOptions): Promise<TextSet> {
  const folder = await folderOf(shakespeare, options);
  options.progress({ label: 'Reading Shakespeare' });
  const bytes = await readLocal(path.join(folder, input.name));
  if (bytes.length > maxBytes)
    throw new DatasetError(
      say('{name} should have at most {most} bytes but has {count}', {
        name: own(input.name),
        most: maxBytes,
        count: bytes.length,
      }),
    );
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new DatasetError(say('{name} should be text in UTF-8 but is not', { name: own(input.name) }));
  }
}
