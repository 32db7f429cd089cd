import { characterKinds, kindOfCharacter } from '@/lib/catalog/characters';
import type { ProjectionSettings } from '@/lib/catalog/projections';
import { layerFor } from '@/lib/catalog/sources';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { Codings, Source } from '../../observers/cloud';
import type { ShownFrame, SubjectsMaker } from '../task';
import type { Windows } from '../windows';
import type { TextWriter } from './writer';

/** Weights times characters at most: a larger model gets a shorter excerpt, down to `fewest` characters. */
const mostReadWeights = 1e9;
const fewest = 200;
/** The least probability that a loss is computed of, so that it is finite. */
const leastProbability = 1e-12;

interface Network {
  readonly vocabulary: readonly string[];
  readonly hiddenUnits: readonly number[];
}

/** Characters of the excerpt for a model of this size, so that reading it doesn't hold up the training. */
export function excerptLength({ vocabulary, hiddenUnits }: Network): number {
  const inputs = [vocabulary.length, ...hiddenUnits];
  const weights = hiddenUnits.reduce((sum, units, i) => sum + 3 * units * ((inputs[i] as number) + units), 0);
  const affordable = Math.round(mostReadWeights / weights);
  return Math.min(limits.mostPoints, Math.max(fewest, affordable));
}

/** A text model's hidden states after each character of an excerpt of its validation text. */
export class HiddenStates implements SubjectsMaker {
  readonly cadence = [1_000, 0.01] as const;
  /** One more than there are points: the last one is only a target. */
  private readonly text: readonly string[];
  private readonly characters: readonly string[];
  /** Kinds of those characters, and which of them each is. */
  private readonly classes: readonly string[];
  private readonly categories: Float32Array;
  private isTold = false;

  constructor(
    private readonly run: string,
    windows: Windows,
    private readonly writer: TextWriter,
    private readonly network: Network,
  ) {
    this.text = [...windows.excerpt(excerptLength(network) + 1)];
    this.characters = this.text.slice(0, -1);
    const kinds = this.characters.map(kindOfCharacter);
    const present = characterKinds.filter((kind) => kinds.includes(kind));
    this.classes = present;
    this.categories = Float32Array.from(kinds, (kind) => present.indexOf(kind));
  }

  source({ layer: chosen, count }: ProjectionSettings): Source {
    const layer = layerFor(this.network.hiddenUnits.length, chosen);
    const length = Math.min(Number(count), this.characters.length);
    return { id: 'hidden', layer, codings: (step) => this.codings(layer, length, step) };
  }

  isBehind(): boolean {
    return !this.isTold;
  }

  /** The frame of the characters, once. */
  async make(step: number): Promise<ShownFrame | null> {
    if (this.isTold) return null;
    this.isTold = true;
    const header = { kind: 'subjects', run: this.run, step, count: this.characters.length } as const;
    const payload = new TextEncoder().encode(this.characters.join(''));
    return { frame: 'subjects', step, bytes: encodeFrame(header, payload) };
  }

  /** Cross-entropy of the next character after each state, in nats. */
  private async codings(layer: number, length: number, step: number): Promise<Codings> {
    const text = this.text.slice(0, length + 1).join('');
    const { states, units, probabilities } = await this.writer.follow(text, layer, step);
    return {
      rows: states.slice(0, length * units),
      size: units,
      channels: {
        class: this.categories.slice(0, length),
        loss: Float32Array.from(
          probabilities.subarray(1),
          (each) => -Math.log(Math.max(each, leastProbability)),
        ),
        time: Float32Array.from({ length }, (_, place) => place),
      },
      classes: this.classes,
    };
  }
}
