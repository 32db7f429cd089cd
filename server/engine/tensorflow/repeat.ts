import { type DataType, type } from './proto';
import type { Scope } from './scope';

/** A tensor in a GraphDef: its place (scope.ts) and its type. */
export interface Place {
  readonly place: string;
  readonly dtype: DataType;
}

/** What a loop's body is written with. */
export interface Frame {
  readonly scope: Scope;
  /** The place of the number of the present step, counted from 0; an int32 scalar. */
  readonly step: string;
  /** Brings a tensor from outside into the loop. @returns its place inside. */
  capture(outer: Place): string;
}

/**
 * A loop in TensorFlow's dataflow primitives (Abadi et al. 2016, "TensorFlow: a system for large-scale machine
 * learning", 3.4): Enter opens an execution frame, each carried value goes round Merge, Switch, the body and
 * NextIteration, and Exit leaves the frame with the last one.
 * @param count the place of the number of steps, an int32 scalar.
 * @param carried initial values of what each step hands to the next.
 * @param body writes one step, and returns the places of the next carried values, in their order.
 * @returns the places of the carried values after the last step.
 */
export function repeat(
  outer: Scope,
  count: string,
  carried: readonly Place[],
  body: (frame: Frame, carried: readonly string[]) => readonly string[],
): string[] {
  const frame = { frame_name: { s: outer.list.fresh('frame') } };
  const enter = ({ place, dtype }: Place, constant: boolean) =>
    outer.node('Enter', [place], { T: type(dtype), ...frame, is_constant: { b: constant } });
  const index: Place = { place: outer.ints([0], []), dtype: 'int32' };
  const rounds = [index, ...carried].map((initial) => {
    const next = outer.list.fresh('NextIteration');
    const T = type(initial.dtype);
    return { next, T, merge: outer.node('Merge', [enter(initial, false), next], { T, N: { i: 2 } }) };
  });
  const limit = enter({ place: count, dtype: 'int32' }, true);
  const less = outer.node('Less', [rounds[0]?.merge as string, limit], { T: type('int32') });
  const goesOn = outer.node('LoopCond', [less]);
  const switches = rounds.map(({ merge, T }) => outer.node('Switch', [merge, goesOn], { T }));
  const [first, ...given] = switches.map((each) => `${each}:1`) as [string, ...string[]];
  const step = outer.node('Identity', [first], { T: type('int32') });
  const scope = outer.inside(step);
  // What is captured enters every round, even the one that the condition ends: there, too, it must wait for the step.
  const capture = (place: Place) => scope.after([step], enter(place, true), place.dtype);
  const following = scope.node('AddV2', [step, scope.ints([1], [])], { T: type('int32') });
  [following, ...body({ scope, step, capture }, given)].forEach((place, i) => {
    const { T, next } = rounds[i] as (typeof rounds)[number];
    scope.node('NextIteration', [place], { T }, next);
  });
  return switches
    .slice(1)
    .map((each, i) => outer.node('Exit', [each], { T: type((carried[i] as Place).dtype) }));
}
