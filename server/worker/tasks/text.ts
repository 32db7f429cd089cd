import type { Recipe } from '@/lib/catalog/models';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { RunSpec } from '@/lib/runs/status';
import type { TextSet } from '@/server/datasets/dataset';
import type { DataMap, Program } from '@/server/engine/program';
import { charRnn } from '@/server/models/charRnn';
import { type Observer, SampleError, type Show, type Task } from '../task';
import { Windows } from '../windows';

type CharRnnRecipe = Extract<Recipe, { model: 'char-rnn' }>;
type TextRequest = Extract<SampleRequest, { kind: 'text' }>;

/** Windows of one evaluation call, and characters of one generating call. */
const evaluationRows = 50;
const block = 100;
/** An epoch is long: this many steps lie between two evaluations. */
const evaluationSteps = 100;
const shownTemperature = 0.7;

/** A text model: what it writes by itself, and how well it foretells the validation text. */
export function textTask(spec: RunSpec, recipe: CharRnnRecipe, set: TextSet): Task {
  const { values } = recipe;
  const windows = new Windows(set.text, values);
  return {
    model: charRnn(values, windows.vocabulary.length),
    vocabulary: windows.vocabulary,
    course: windows,
    evaluationSteps,
    feed: (firstStep, count, { learningRate }) => ({
      windows: windows.stack(firstStep, count),
      learningRate: new Float32Array(count).fill(learningRate as number),
      seed: new Int32Array(count).fill(values.seed),
      step: Int32Array.from({ length: count }, (_, i) => firstStep + i),
    }),
    observe: (program) => new TextObserver(spec, recipe, windows, program),
  };
}

class TextObserver implements Observer {
  private readonly index: ReadonlyMap<string, number>;
  readonly shows: readonly Show[] = [{ cadence: [1_000, 0.05], make: (step) => this.shown(step) }];

  constructor(
    private readonly spec: RunSpec,
    private readonly recipe: CharRnnRecipe,
    private readonly windows: Windows,
    private readonly program: Program,
  ) {
    this.index = new Map(windows.vocabulary.map((character, id) => [character, id]));
  }

  assets(): null {
    return null;
  }

  async evaluate(turn: () => Promise<void>): Promise<number[]> {
    const total = this.windows.validationCount;
    const sums = [0, 0];
    for (let first = 0; first < total; first += evaluationRows) {
      const windows = this.windows.validation(first, evaluationRows);
      const { loss, accuracy } = await this.program.call('evaluate', evaluationRows, { windows });
      for (let i = 0; i < Math.min(evaluationRows, total - first); i++) {
        sums[0] = (sums[0] as number) + (loss?.[i] ?? Number.NaN);
        sums[1] = (sums[1] as number) + (accuracy?.[i] ?? Number.NaN);
      }
      await turn();
    }
    return sums.map((sum) => sum / total);
  }

  async sample(request: SampleRequest, step: number): Promise<SampleResult> {
    if (request.kind !== 'text')
      throw new SampleError('A text model goes on from a prompt; it draws no images');
    return { kind: 'text', step, ...(await this.write(request)) };
  }

  private async shown(step: number) {
    const { seed } = this.recipe.values;
    const request = { prompt: '', length: limits.shownCharacters, temperature: shownTemperature, seed };
    const { text, probabilities } = await this.write({ kind: 'text', ...request });
    const { prompt, temperature } = request;
    const header = { kind: 'text', run: this.spec.id, step, prompt, temperature, text } as const;
    return { frame: 'text', bytes: encodeFrame(header, probabilities) } as const;
  }

  /** Ids of a prompt, told to begin a line, as the text's own lines do. @throws SampleError for a character that the text lacks. */
  private idsOf(prompt: string): number[] {
    const { letterCase } = this.recipe.values;
    const read = `\n${letterCase === 'lower' ? prompt.toLowerCase() : prompt}`;
    const characters = [...read].filter((character, i) => i > 0 || this.index.has(character));
    const unknown = characters.find((character) => !this.index.has(character));
    if (unknown !== undefined)
      throw new SampleError(`The text that this model learns from has no ${JSON.stringify(unknown)}`);
    return characters.map((character) => this.index.get(character) as number);
  }

  private async write({ prompt, length, temperature, seed }: TextRequest) {
    const given = this.idsOf(prompt);
    const ids: number[] = [];
    const probabilities: number[] = [];
    let carried = this.emptyMemory();
    let last = 0;
    for (let at = 0; at < given.length + length; at += block) {
      const forced = Int32Array.from({ length: block }, (_, i) => given[at + i] ?? -1);
      const result = await this.program.call('generate', block, {
        last: Int32Array.of(last),
        forced,
        temperature: Float32Array.of(temperature),
        seed: Int32Array.of(seed),
        step: Int32Array.of(at),
        ...carried,
      });
      const { ids: written = [], probabilities: all = [] } = result;
      written.forEach((id, i) => {
        ids.push(id);
        probabilities.push(all[i * this.windows.vocabulary.length + id] as number);
      });
      carried = Object.fromEntries(Object.keys(carried).map((name) => [name, result[name] as Float32Array]));
      last = ids.at(-1) as number;
    }
    const [from, to] = [given.length, given.length + length];
    return {
      text: ids
        .slice(from, to)
        .map((id) => this.windows.vocabulary[id])
        .join(''),
      probabilities: Uint8Array.from(probabilities.slice(from, to), (p) => Math.round(255 * p)),
    };
  }

  /** Carried values before the first character. */
  private emptyMemory(): DataMap {
    const { cell, hiddenUnits } = this.recipe.values;
    const states = cell === 'lstm' ? 2 : 1;
    const entries = hiddenUnits.flatMap((units, layer) =>
      Array.from(
        { length: states },
        (_, i) => [`carried/recurrent/${layer}/${i}`, new Float32Array(units)] as const,
      ),
    );
    return Object.fromEntries(entries);
  }
}
