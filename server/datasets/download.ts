import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listed, own, type Sentence, SentenceError, say } from '@/lib/text/sentence';
import { DownloadError } from './dataset';

/** Tries on one address; a broken connection goes on where it broke. */
const attemptsPerAddress = 3;
/** Milliseconds between two tries. */
const retryMs = 300;
/** Milliseconds without a byte after which a connection counts as broken. */
const stallMs = 30_000;

/** A file as its publisher describes it. */
export interface RemoteFile {
  readonly name: string;
  readonly bytes: number;
  /** The algorithm and the sum in hex, lower case. */
  readonly checksum: readonly ['md5' | 'sha256', string];
}

/** A connection that broke; another try may go better. */
class ConnectionError extends SentenceError {}
/** A server that can only send the whole file. */
class ResumeError extends SentenceError {}
/** An address that can't help, however often it is asked. */
class AddressError extends SentenceError {}

/** Bytes of a file; 0 if there is none. */
export const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

async function checksumOf(file: string, algorithm: RemoteFile['checksum'][0]): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function reasonOf(error: unknown): Sentence {
  if (error instanceof SentenceError) return error.sentence;
  const { message, cause } = error as Error;
  return own(cause instanceof Error ? `${message}: ${cause.message}` : message);
}

/** Asks for the bytes from `offset` on. @returns the response and where its bytes belong. */
async function request(address: string, offset: number, signal: AbortSignal) {
  const headers: HeadersInit = offset > 0 ? { range: `bytes=${offset}-` } : {};
  const response = await fetch(address, { headers, signal });
  if (response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${offset}-`))
    return { response, offset };
  if (response.status === 200) return { response, offset: 0 };
  await response.body?.cancel();
  if (response.status === 206 || response.status === 416)
    throw new ResumeError(say("The server can't go on from byte {byte}", { byte: offset }));
  const status = own(`${response.status} ${response.statusText}`.trim());
  throw new AddressError(say('The server answered {status}', { status }));
}

/** Appends what is missing to `part`, or writes it anew if the server sends the whole file. */
async function receive(file: RemoteFile, address: string, part: string, received: (bytes: number) => void) {
  const abort = new AbortController();
  const stalled = () =>
    abort.abort(new ConnectionError(say('No byte came for {seconds} s', { seconds: stallMs / 1000 })));
  let timer = setTimeout(stalled, stallMs);
  try {
    const { response, offset } = await request(address, await sizeOf(part), abort.signal);
    const target = await open(part, offset > 0 ? 'a' : 'w');
    try {
      let bytes = offset;
      for await (const chunk of response.body ?? []) {
        clearTimeout(timer);
        timer = setTimeout(stalled, stallMs);
        bytes += chunk.length;
        if (bytes > file.bytes)
          throw new AddressError(say('The server sent more than {bytes} bytes', { bytes: file.bytes }));
        await target.write(chunk);
        received(bytes);
      }
      if (bytes < file.bytes)
        throw new ConnectionError(
          say('The connection ended after {bytes} of {total} bytes', { bytes, total: file.bytes }),
        );
    } finally {
      await target.close();
    }
  } finally {
    clearTimeout(timer);
  }
}

/** @throws AddressError if the file at `place` is another one. */
async function verify({ checksum: [algorithm, published] }: RemoteFile, place: string): Promise<void> {
  const found = await checksumOf(place, algorithm);
  if (found !== published)
    throw new AddressError(
      say('The file has {algorithm} {found}, not {published} as published', {
        algorithm: own(algorithm.toUpperCase()),
        found: own(found),
        published: own(published),
      }),
    );
}

async function isWhole(file: RemoteFile, place: string): Promise<boolean> {
  if ((await sizeOf(place)) !== file.bytes) return false;
  return verify(file, place).then(
    () => true,
    () => false,
  );
}

/** One address, several tries. What broke off stays for the next try; what is wrong goes. */
async function fetchFrom(file: RemoteFile, address: string, part: string, received: (bytes: number) => void) {
  for (let attempt = 1; ; attempt++) {
    try {
      const size = await sizeOf(part);
      if (size > file.bytes) await rm(part);
      if (size !== file.bytes) await receive(file, address, part, received);
      return await verify(file, part);
    } catch (error) {
      const wrong = error instanceof AddressError;
      // A server that can't resume gets a fresh start; a wrong file is of no use to anyone.
      if (wrong || error instanceof ResumeError) await rm(part, { force: true });
      if (wrong || attempt === attemptsPerAddress) throw error;
      await delay(retryMs);
    }
  }
}

/**
 * Brings `file` into `folder`, from the first of its `addresses` that has it: streamed to `<name>.part`, resumed if it
 * broke off, checked by size and checksum, then renamed. A file that is there and passes the same checks is kept.
 * @returns its path.
 * @throws DownloadError with the reason for each address.
 */
export async function download(
  file: RemoteFile,
  addresses: readonly string[],
  folder: string,
  received: (bytes: number) => void,
): Promise<string> {
  const target = path.join(folder, file.name);
  if (await isWhole(file, target)) return target;
  await mkdir(folder, { recursive: true });
  const part = `${target}.part`;
  const reasons: Sentence[] = [];
  for (const address of addresses) {
    try {
      await fetchFrom(file, address, part, received);
      await rename(part, target);
      return target;
    } catch (error) {
      reasons.push(say('{address}: {reason}', { address: own(address), reason: reasonOf(error) }));
    }
  }
  const [first = 'There is no address of it', ...others] = reasons;
  throw new DownloadError(
    say('{name} could not be downloaded. {reasons}', {
      name: own(file.name),
      reasons: listed([first, ...others], '{first}. {other}'),
    }),
  );
}
