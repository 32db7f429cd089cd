import { encodeFrame, FrameError, type FrameHeader } from './frames';

type TextHeader = Extract<FrameHeader, { kind: 'text' }>;
type WrittenHeader = Extract<FrameHeader, { kind: 'written' }>;

/** What a text model has written, and at each place what it might have written instead. */
export interface Passage {
  readonly temperature: number;
  readonly text: string;
  /** uint8, one a character (code point): how probable it was, 255 certain. */
  readonly probabilities: Uint8Array<ArrayBuffer>;
  /** The likeliest characters at each place, falling, places in a row; as many at each. */
  readonly best: string;
  /** uint8, one for each of `best`. */
  readonly bestProbabilities: Uint8Array<ArrayBuffer>;
}

/** What a text model wrote by itself, as a frame; the first passage is the one shown small. @throws FrameError */
export function encodeWritings(
  about: Pick<TextHeader, 'run' | 'step' | 'prompt'>,
  [first, ...others]: readonly [Passage, ...Passage[]],
): Uint8Array<ArrayBuffer> {
  const named = ({ temperature, text, best }: Passage) => ({ temperature, text, best });
  const parts = [first, ...others].flatMap((each) => [each.probabilities, each.bestProbabilities]);
  const payload = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    payload.set(part, offset);
    offset += part.length;
  }
  return encodeFrame({ kind: 'text', ...about, ...named(first), others: others.map(named) }, payload);
}

/** One passage, and what is to be known of it, as a frame. @throws FrameError */
export function encodeWritten(about: Omit<WrittenHeader, keyof Passage | 'kind'>, passage: Passage) {
  const { temperature, text, best, probabilities, bestProbabilities } = passage;
  const payload = new Uint8Array([...probabilities, ...bestProbabilities]);
  return encodeFrame({ kind: 'written', ...about, temperature, text, best }, payload);
}

/** The passages of a text frame. @throws FrameError if the payload is too short. */
export function decodeWritings(
  header: Pick<TextHeader, (keyof Passage & keyof TextHeader) | 'others'>,
  payload: ArrayBuffer,
): Passage[] {
  let offset = 0;
  const take = (text: string): Uint8Array<ArrayBuffer> => {
    const { length } = [...text];
    if (offset + length > payload.byteLength)
      throw new FrameError(`A text of ${length} characters needs as many bytes after ${offset}`);
    const part = new Uint8Array(payload, offset, length);
    offset += length;
    return part;
  };
  return [header, ...(header.others ?? [])].map(({ temperature, text, best = '' }) => ({
    temperature,
    text,
    probabilities: take(text),
    best,
    bestProbabilities: take(best),
  }));
}
