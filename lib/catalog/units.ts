import { type Part, type Sentence, say } from '../text/sentence';

/** What a number of the recipe counts: by itself, beside a value that stands elsewhere, and behind a value. */
const units = {
  '': { alone: '', behind: null },
  numbers: { alone: '{n|number|numbers}', behind: '{value} {value|number|numbers}' },
  units: { alone: '{n|unit|units}', behind: '{value} {value|unit|units}' },
  characters: { alone: '{n|character|characters}', behind: '{value} {value|character|characters}' },
  steps: { alone: '{n|step|steps}', behind: '{value} {value|step|steps}' },
  filters: { alone: '{n|filter|filters}', behind: '{value} {value|filter|filters}' },
  pixels: { alone: '{n|pixel|pixels}', behind: '{value} {value|pixel|pixels}' },
  layers: { alone: '{n|layer|layers}', behind: '{value} {value|layer|layers}' },
  images: { alone: '{n|image|images}', behind: '{value} {value|image|images}' },
  windows: { alone: '{n|window|windows}', behind: '{value} {value|window|windows}' },
  passes: { alone: '{n|pass|passes}', behind: '{value} {value|pass|passes}' },
  neighbours: { alone: '{n|neighbour|neighbours}', behind: '{value} {value|neighbour|neighbours}' },
  points: { alone: '{n|point|points}', behind: '{value} {value|point|points}' },
  '%': { alone: '%', behind: '{value} %' },
  '×': { alone: '×', behind: '{value} ×' },
} as const;

export type Unit = keyof typeof units;

/** The unit as it stands beside a value: step of 1, steps of 2. */
export const unitOf = (unit: Unit, value: number): Sentence => say(units[unit].alone, { n: value });

/** A value, or several in a row, with the unit: 1 step, 2 steps. */
export function withUnit(value: Part, unit: Unit): Part {
  const { behind } = units[unit];
  return behind === null ? value : say(behind, { value });
}
