import type { NetworkId } from '@/lib/catalog/blocks';
import type { Recipe } from '@/lib/catalog/models';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import { limits } from '@/lib/protocol/limits';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { encodeWritings, type Passage } from '@/lib/protocol/writings';
import type { TextSet } from '@/server/datasets/dataset';
import type { Program } from '@/server/engine/program';
import { charRnn } from '@/server/models/charRnn';
import { Cloud } from '../../observers/cloud';
import {
  type FrameMaker,
  type ModelRequest,
  type Observer,
  type Outputs,
  SampleError,
  type Task,
} from '../task';
import { Windows } from '../windows';
import { HiddenStates } from './hiddenStates';
import { byteOf, TextWriter } from './writer';

type CharRnnRecipe = Extract<Recipe, { model: 'char-rnn' }>;
type ActivationsRequest = Extract<SampleRequest, { kind: 'activations' }>;

/** Windows of one evaluation call. */
const evaluationRows = 50;
/** An epoch is long: this many steps lie between two evaluations. */
const evaluationSteps = 100;
/** Windows that an evaluation looks at; of a long text, the first ones of its validation part. */
const evaluationWindows = 1000;
/** Temperatures of what is shown while it learns: the first one also small, then careful and bold. */
const shownTemperatures = [0.7, 0.3, 1] as const;

/**
 * Milliseconds from one text to the next where a large network writes slowly, and the share of the time that
 * they may take.
 */
const freshMs = 1_500;
const writingShare = [0.08, 0.25] as const;

/**
 * When the next text is due where the last one took `cost` milliseconds: so often that what one reads is of weights that
 * are at most 2 s old, as long as a quarter of the time suffices for that.
 */
export function textCadence(cost: number): FrameMaker['cadence'] {
  const [least, most] = writingShare;
  return [1_000, Math.min(most, Math.max(least, cost / freshMs))];
}

/** Characters read before those that are shown, to warm up the hidden states; together one block of the writer. */
const readBefore = 62;

/** The task of a text model: trains on windows, shows texts that it writes. */
export function textTask(recipe: CharRnnRecipe, set: TextSet): Task {
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
    observe: (run, program, projection) => new TextObserver(run, recipe, windows, program, projection),
  };
}

class TextObserver implements Observer {
  private readonly writer: TextWriter;
  readonly cloud: Cloud;
  readonly subjects: HiddenStates;
  readonly makers: readonly FrameMaker[];

  constructor(
    private readonly run: string,
    private readonly recipe: CharRnnRecipe,
    private readonly windows: Windows,
    private readonly program: Program,
    projection: ProjectionSettings = defaultProjection,
  ) {
    const reading = { ...recipe.values, vocabulary: windows.vocabulary };
    this.writer = new TextWriter(program, reading);
    this.subjects = new HiddenStates(run, windows, new TextWriter(program, reading), reading);
    const pick = (settings: ProjectionSettings) => this.subjects.source(settings);
    this.cloud = new Cloud(run, projection, recipe.values.seed, pick);
    this.makers = [this.texts(), this.subjects, this.cloud];
  }

  assets(): null {
    return null;
  }

  async evaluate(turn: () => Promise<void>): Promise<number[]> {
    const total = Math.min(this.windows.validationCount, evaluationWindows);
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

  async sample(request: ModelRequest, step: number): Promise<SampleResult> {
    switch (request.kind) {
      case 'text': {
        const { temperature: _, ...written } = await this.writer.write(request, step);
        return { kind: 'text', step, ...written };
      }
      case 'activations':
        return this.activations(request, step);
      default:
        throw new SampleError('A text model goes on from a prompt; it draws no images');
    }
  }

  /** Over the last characters of a passage of the validation text. */
  async outputs(_: NetworkId, layer: string, step: number): Promise<Outputs> {
    const text = this.windows.excerpt(readBefore + limits.layerCharacters);
    const place = layer === 'output' ? layer : Number(layer.split('/')[1]);
    const { states, units } = await this.writer.follow(text, place, step);
    const last = [...text].slice(-limits.layerCharacters);
    return { values: states.subarray(-last.length * units), example: { kind: 'text', text: last.join('') } };
  }

  /** What it writes by itself. */
  private texts(): FrameMaker {
    let cost = 0;
    const make = async (step: number) => {
      const start = performance.now();
      const shown = await this.shown(step);
      cost = performance.now() - start;
      return shown;
    };
    return {
      get cadence() {
        return textCadence(cost);
      },
      make,
    };
  }

  private async shown(step: number) {
    const { seed } = this.recipe.values;
    const passages: Passage[] = [];
    for (const temperature of shownTemperatures) {
      const request = {
        kind: 'text',
        prompt: '',
        length: limits.shownCharacters,
        temperature,
        seed,
      } as const;
      const { unknown: _, ended: __, ...passage } = await this.writer.write(request, step);
      passages.push(passage);
    }
    const about = { run: this.run, step, prompt: '' };
    const bytes = encodeWritings(about, passages as [Passage, ...Passage[]]);
    return { frame: 'text', step, bytes } as const;
  }

  private async activations(request: ActivationsRequest, step: number): Promise<SampleResult> {
    const given = request.text ?? this.windows.excerpt(limits.activationCharacters);
    const read = await this.writer.follow(given, request.layer, step);
    const { states, units, probabilities, text, unknown } = read;
    const activations = new Uint8Array(Int8Array.from(states, (each) => Math.round(127 * each)).buffer);
    const layers = this.recipe.values.hiddenUnits.length;
    const shares = Uint8Array.from(probabilities, byteOf);
    return { kind: 'activations', step, text, unknown, layers, units, activations, probabilities: shares };
  }
}
