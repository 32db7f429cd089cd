import { remember, remembered } from '@/lib/memory';
import { limits } from '@/lib/protocol/limits';
import { cutText } from '@/lib/text/cut';
import { cleanName } from '@/lib/text/names';

const KEY = 'colatent:name';
const TOKEN_KEY = 'colatent:visitor';
const moods = ['Bright', 'Calm', 'Curious', 'Daring', 'Gentle', 'Jolly', 'Keen', 'Lucky', 'Nimble', 'Quiet'];
const beings = ['Badger', 'Crane', 'Dolphin', 'Falcon', 'Hare', 'Lynx', 'Magpie', 'Otter', 'Panda', 'Robin'];

function pick(words: readonly string[]): string {
  return words[Math.floor(Math.random() * words.length)] ?? 'Curious';
}

/** The name of the last visit, or a friendly random one, which is then kept. */
export function ownName(): string {
  const kept = cutText(cleanName(remembered(KEY) ?? ''), limits.nameCharacters);
  if (kept) return kept;
  const proposed = `${pick(moods)} ${pick(beings)}`;
  keepName(proposed);
  return proposed;
}

export function keepName(name: string): void {
  remember(KEY, name);
}

/** 128 random bits by which the server knows all pages of this browser, and nobody else does. */
export function ownToken(): string {
  const kept = remembered(TOKEN_KEY);
  if (kept?.length === 32) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const token = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  remember(TOKEN_KEY, token);
  return token;
}
