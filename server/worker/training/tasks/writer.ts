import { limits } from '@/lib/protocol/limits';
import type { SampleRequest } from '@/lib/protocol/sampling';
import type { Passage } from '@/lib/protocol/writings';
import { own, say } from '@/lib/text/sentence';
import type { DataMap, Program } from '@/server/engine/program';
import { SampleError } from '../task';

type TextRequest = Extract<SampleRequest, { kind: 'text' }>;

/** Characters of one engine call. Texts are read and written in whole blocks, counted from their beginning. */
const block = 100;
/** Cached states at ends of blocks, so that a longer text need not be read from its beginning; the oldest goes. */
const keptMemories = 24;

interface Reading {
  readonly vocabulary: readonly string[];
  readonly letterCase: 'lower' | 'as-is';
  readonly cell: 'gru' | 'lstm';
  readonly hiddenUnits: readonly number[];
}

/** How characters are drawn. */
type Draw = Pick<TextRequest, 'temperature' | 'topK' | 'seed'>;

/** The carried state after the first `at` characters. */
interface Memory {
  readonly at: number;
  readonly memory: DataMap;
}

interface Block {
  /** Index of its first character in the whole text. */
  readonly at: number;
  /** Everything read and written up to its end. */
  readonly ids: readonly number[];
  readonly result: DataMap;
}

/** Reads and writes texts with a text model's present weights, block by block. */
export class TextWriter {
  private readonly index: ReadonlyMap<string, number>;
  private readonly memories = new Map<string, DataMap>();
  /** The step of the weights by which the cached states were computed. */
  private remembered = -1;

  constructor(
    private readonly program: Program,
    private readonly reading: Reading,
  ) {
    this.index = new Map(reading.vocabulary.map((character, id) => [character, id]));
  }

  /** Goes on from a prompt, as the request says. @param step of the present weights. @throws SampleError */
  async write(request: TextRequest, step: number) {
    const { length, stop = '', pieces = false, written = 0 } = request;
    const { ids: given, unknown, text } = this.read(request.prompt, written);
    const before = written > 0 ? [...text].slice(-written) : [];
    const passage = new PassageBuilder(this.reading.vocabulary, request.temperature);
    const end = given.length + length;
    for await (const { at, ids, result } of this.blocks(given, end, request, this.recall(given, step))) {
      const to = Math.min(at + block, end);
      for (let place = Math.max(at, given.length); place < to; place++) {
        passage.add(ids[place] as number, result.probabilities as Float32Array, place - at);
        if (passage.endsWith(this.inCase(stop.normalize('NFC')), before))
          return { ...passage.finish(), unknown, ended: 'stop' } as const;
      }
      if (pieces && to > given.length && to < end)
        return { ...passage.finish(), unknown, ended: 'piece' } as const;
    }
    return { ...passage.finish(), unknown, ended: 'length' } as const;
  }

  /**
   * A layer's states after each character of a text that it knows, [characters, units], and how probable each was,
   * 0 to 1. Of the layer `output` the probabilities of what follows. @throws SampleError
   */
  async follow(given: string, layer: number | 'output', step: number) {
    const { hiddenUnits, vocabulary } = this.reading;
    const units = layer === 'output' ? vocabulary.length : hiddenUnits[layer];
    if (units === undefined)
      throw new SampleError(
        say('This model has the recurrent layers 0 to {last}, got {layer}', {
          last: hiddenUnits.length - 1,
          layer: typeof layer === 'number' ? layer : own(layer),
        }),
      );
    const { ids, text, unknown } = this.read(given);
    if (text === '')
      throw new SampleError(
        say('The model knows no character of {text}', { text: own(JSON.stringify(given)) }),
      );
    const first = ids.length - [...text].length;
    const name =
      layer === 'output' ? 'probabilities' : layer === hiddenUnits.length - 1 ? 'hidden' : `hidden/${layer}`;
    const states = new Float32Array((ids.length - first) * units);
    const probabilities = new Float32Array(ids.length - first);
    const draw = { temperature: 0, seed: 0 };
    // A place's state is that of the characters before it.
    for await (const { at, result } of this.blocks(ids, ids.length + 1, draw, this.recall([], step))) {
      const { [name]: hidden, probabilities: all } = result as Record<string, Float32Array>;
      for (let row = 0; row < block; row++) {
        const place = at + row - first;
        if (place >= 1 && place <= probabilities.length)
          states.set(hidden?.subarray(row * units, (row + 1) * units) ?? [], (place - 1) * units);
        if (place >= 0 && place < probabilities.length)
          probabilities[place] = all?.[row * vocabulary.length + (ids[at + row] as number)] ?? 0;
      }
    }
    return { states, units, probabilities, text, unknown };
  }

  private inCase(text: string): string {
    return this.reading.letterCase === 'lower' ? text.toLowerCase() : text;
  }

  /** A character as the model's vocabulary has it; `null` if it isn't there. */
  private known(character: string): string[] | null {
    const whole = [...this.inCase(character)];
    // Texts of earlier versions may have letters and accents apart.
    const found = [whole, [...this.inCase(character.normalize('NFD'))]];
    return found.find((each) => each.every((part) => this.index.has(part))) ?? null;
  }

  /**
   * Ids of a prompt, told to begin a line, as the text's own lines do; the text that they stand for; and the
   * characters, each once, that the model doesn't know and leaves out.
   * @param written so many of its last characters the model wrote itself: they stay as they are.
   */
  private read(prompt: string, written = 0): { ids: number[]; text: string; unknown: string } {
    const all = [...prompt];
    const typed = [
      ...all
        .slice(0, all.length - written)
        .join('')
        .normalize('NFC'),
    ];
    const unknown = new Set<string>();
    const text = [...typed, ...all.slice(all.length - written)].flatMap((character) => {
      const known = this.known(character);
      if (!known) unknown.add(character);
      return known ?? [];
    });
    const start = this.index.has('\n') ? ['\n'] : [];
    const ids = [...start, ...text].map((character) => this.index.get(character) as number);
    return { ids, text: text.join(''), unknown: [...unknown].join('') };
  }

  /** Runs a text block by block, from a cached state of its beginning to character `end`. */
  private async *blocks(
    given: readonly number[],
    end: number,
    draw: Draw,
    { at, memory }: Memory,
  ): AsyncGenerator<Block> {
    const ids = given.slice(0, at);
    for (; at < end; at += block) {
      const result = await this.program.call('generate', block, {
        last: Int32Array.of(ids.at(-1) ?? 0),
        forced: Int32Array.from({ length: block }, (_, i) => given[at + i] ?? -1),
        temperature: Float32Array.of(draw.temperature),
        topK: Int32Array.of(draw.topK ?? 0),
        seed: Int32Array.of(draw.seed),
        step: Int32Array.of(at),
        ...memory,
      });
      ids.push(...(result.ids ?? []));
      memory = Object.fromEntries(Object.keys(memory).map((name) => [name, result[name] as Float32Array]));
      this.keep(ids, memory);
      yield { at, ids, result };
    }
  }

  private keep(ids: readonly number[], memory: DataMap): void {
    this.memories.set(ids.join(), memory);
    const [oldest] = this.memories.keys();
    if (this.memories.size > keptMemories && oldest !== undefined) this.memories.delete(oldest);
  }

  /** The cached state of the longest beginning of `given`, else that of an empty text. */
  private recall(given: readonly number[], step: number): Memory {
    if (step !== this.remembered) this.memories.clear();
    this.remembered = step;
    for (let at = block * Math.floor(given.length / block); at > 0; at -= block) {
      const memory = this.memories.get(given.slice(0, at).join());
      if (memory) return { at, memory };
    }
    return this.beginning();
  }

  /** The state before any character. */
  private beginning(): Memory {
    const { cell, hiddenUnits } = this.reading;
    const states = cell === 'lstm' ? 2 : 1;
    const entries = hiddenUnits.flatMap((units, layer) =>
      Array.from(
        { length: states },
        (_, i) => [`carried/recurrent/${layer}/${i}`, new Float32Array(units)] as const,
      ),
    );
    return { at: 0, memory: Object.fromEntries(entries) };
  }
}

/** A probability as a byte, 255 certain. */
export const byteOf = (probability: number): number => Math.round(255 * probability);

/** Indices of the `count` largest of `row`, falling. */
function largest(row: Float32Array, count: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < row.length; place++) {
    const value = row[place] as number;
    if (places.length === count && value <= (row[places[count - 1] as number] as number)) continue;
    const rank = places.findIndex((each) => value > (row[each] as number));
    places.splice(rank < 0 ? places.length : rank, 0, place);
    places.length = Math.min(places.length, count);
  }
  return places;
}

/** Collects written characters with their probabilities and the likeliest others. */
class PassageBuilder {
  private readonly characters: string[] = [];
  private readonly probabilities: number[] = [];
  private readonly best: number[] = [];
  private readonly bestProbabilities: number[] = [];

  constructor(
    private readonly vocabulary: readonly string[],
    private readonly temperature: number,
  ) {}

  /** @param all probabilities [rows, vocabulary], of which `row` is the character's. */
  add(id: number, all: Float32Array, row: number): void {
    const { length } = this.vocabulary;
    const own = all.subarray(row * length, (row + 1) * length);
    const best = largest(own, Math.min(limits.bestCharacters, length));
    this.characters.push(this.vocabulary[id] as string);
    this.probabilities.push(byteOf(own[id] as number));
    this.best.push(...best);
    this.bestProbabilities.push(...best.map((each) => byteOf(own[each] as number)));
  }

  /** Whether `stop` ends here, if there is one; it may have begun in what was written before. */
  endsWith(stop: string, before: readonly string[]): boolean {
    if (stop === '') return false;
    const size = [...stop].length;
    return [...before.slice(-size), ...this.characters.slice(-size)].join('').endsWith(stop);
  }

  finish(): Passage {
    return {
      temperature: this.temperature,
      text: this.characters.join(''),
      probabilities: Uint8Array.from(this.probabilities),
      best: this.best.map((id) => this.vocabulary[id]).join(''),
      bestProbabilities: Uint8Array.from(this.bestProbabilities),
    };
  }
}
