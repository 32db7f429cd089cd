/** A playground could not be opened; the message says why. */
export class OpeningFailed extends Error {
  override readonly name = 'OpeningFailed';
}

/** Makes a playground, with a preset's recipe or the default one. @returns its path. @throws OpeningFailed */
export async function createPlayground(preset: string | null): Promise<string> {
  const address = `/api/playgrounds${preset === null ? '' : `?preset=${encodeURIComponent(preset)}`}`;
  const headers = { accept: 'application/json' };
  const response = await fetch(address, { method: 'POST', headers }).catch(() => null);
  if (!response) throw new OpeningFailed('No answer came from the server. Try again once it is connected');
  const answer: { id?: string; error?: string } = await response.json().catch(() => ({}));
  if (!response.ok || answer.id === undefined)
    throw new OpeningFailed(answer.error ?? `The server answered with status ${response.status}`);
  return `/p/${answer.id}`;
}

/** The link that opens a fresh playground with a preset. */
export const presetPath = (preset: string): string => `/new?preset=${encodeURIComponent(preset)}`;
