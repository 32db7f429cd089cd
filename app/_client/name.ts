import { remember, remembered } from '@/lib/memory';
import { limits } from '@/lib/protocol/limits';

const KEY = 'colatent:name';
const moods = ['Bright', 'Calm', 'Curious', 'Daring', 'Gentle', 'Jolly', 'Keen', 'Lucky', 'Nimble', 'Quiet'];
const beings = ['Badger', 'Crane', 'Dolphin', 'Falcon', 'Hare', 'Lynx', 'Magpie', 'Otter', 'Panda', 'Robin'];

function pick(words: readonly string[]): string {
  return words[Math.floor(Math.random() * words.length)] ?? 'Curious';
}

/** The name of the last visit, or a friendly random one, which is then kept. */
export function ownName(): string {
  const kept = remembered(KEY)?.trim();
  if (kept) return kept.slice(0, limits.nameCharacters);
  const proposed = `${pick(moods)} ${pick(beings)}`;
  keepName(proposed);
  return proposed;
}

export function keepName(name: string): void {
  remember(KEY, name);
}
