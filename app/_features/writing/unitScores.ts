/** What a unit of a text model may follow, as a number at each character. */
export type Criterion = 'line' | 'word' | 'name' | 'quote' | 'variance';

/** Characters of the line that have been read; a line's end begins the next one. */
function linePlaces(characters: readonly string[]): number[] {
  let place = 0;
  return characters.map((character) => {
    place = character === '\n' ? 0 : place + 1;
    return place;
  });
}

function wordPlaces(characters: readonly string[]): number[] {
  let place = 0;
  return characters.map((character) => {
    place = /[\p{L}\p{N}'-]/u.test(character) ? place + 1 : 0;
    return place;
  });
}

/** 1 within lines that name a speaker: those that end in a colon. */
function inNames(characters: readonly string[]): number[] {
  return characters
    .join('')
    .split(/(?<=\n)/)
    .flatMap((line) => Array.from(line, () => (/:\s*$/.test(line) ? 1 : 0)));
}

function inQuotes(characters: readonly string[]): number[] {
  let isInside = false;
  return characters.map((character) => {
    if (character === '"' || character === '“' || character === '”') isInside = !isInside;
    return isInside ? 1 : 0;
  });
}

/** The numbers that units are compared with; `null` for a criterion of the unit alone. */
export function signalOf(criterion: Criterion, text: string): number[] | null {
  const characters = [...text];
  switch (criterion) {
    case 'line':
      return linePlaces(characters);
    case 'word':
      return wordPlaces(characters);
    case 'name':
      return inNames(characters);
    case 'quote':
      return inQuotes(characters);
    case 'variance':
      return null;
  }
}

/** Activations of a layer: int8 [characters, units], 127 for 1. */
export interface Activations {
  readonly units: number;
  readonly values: Int8Array;
}

/** One unit's activations, -1 to 1. */
export function columnOf({ units, values }: Activations, unit: number): Float32Array {
  return Float32Array.from(
    { length: values.length / units },
    (_, i) => (values[i * units + unit] ?? 0) / 127,
  );
}

const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / Math.max(1, values.length);
};

export function variance(values: ArrayLike<number>): number {
  const middle = mean(values);
  return mean(Float64Array.from(values, (each) => (each - middle) ** 2));
}

/** Pearson's, -1 to 1; 0 where one of both never changes. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [middleA, middleB] = [mean(a), mean(b)];
  const spread = Math.sqrt(variance(a) * variance(b));
  if (spread < 1e-12) return 0;
  const products = Float64Array.from(a, (each, i) => (each - middleA) * ((b[i] as number) - middleB));
  return mean(products) / spread;
}

export interface UnitScore {
  readonly unit: number;
  /** A correlation, or a variance. */
  readonly score: number;
}

/** All units of a layer, the one that meets the criterion best first; a correlation counts whatever its sign. */
export function rankUnits(activations: Activations, criterion: Criterion, text: string): UnitScore[] {
  const signal = signalOf(criterion, text);
  return Array.from({ length: activations.units }, (_, unit) => {
    const column = columnOf(activations, unit);
    return { unit, score: signal ? correlation(column, signal) : variance(column) };
  }).sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
}
