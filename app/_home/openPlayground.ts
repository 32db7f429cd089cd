import { addressOf } from '@/lib/address';
import { type RefusedAnswer, refusalIn } from '@/lib/text/refusedAnswer';
import { SentenceError } from '@/lib/text/sentence';

/** A playground could not be opened; says why. */
export class OpeningFailed extends SentenceError {
  override readonly name = 'OpeningFailed';
}

/** The server doesn't take this page for one of its own: a proxy in between gives it another name. */
export class OriginRefused extends OpeningFailed {}

/** Makes a playground, with a preset's recipe or the default one. @returns its path. @throws OpeningFailed */
export async function createPlayground(preset: string | null): Promise<string> {
  const query = preset === null ? '' : `?preset=${encodeURIComponent(preset)}`;
  const address = addressOf(`/api/playgrounds${query}`);
  const headers = { accept: 'application/json' };
  const response = await fetch(address, { method: 'POST', headers }).catch(() => null);
  if (!response) throw new OpeningFailed('No answer came from the server. Try again once it is connected');
  const answer: RefusedAnswer & { id?: string } = await response.json().catch(() => ({}));
  const refusal = refusalIn(response.status, answer);
  if (answer.code === 'origin') throw new OriginRefused(refusal);
  if (!response.ok || answer.id === undefined) throw new OpeningFailed(refusal);
  return addressOf(`/p/${answer.id}`);
}

/** The link that opens a fresh playground with a preset. */
export const presetPath = (preset: string): string => addressOf(`/new?preset=${encodeURIComponent(preset)}`);
