import { type DataType, type } from './proto';
import type { Scope } from './scope';

/** A tensor: where it is and of which type. */
export interface Place {
  readonly place: string;
  readonly dtype: DataType;
}

/** The inside of a loop. */
export interface Frame {
  readonly scope: Scope;
  /** Which step this is, from 0; an int32 scalar. */
  readonly step: string;
  /** A tensor from outside the loop. */
  capture(outer: Place): string;
}

/**
 * Runs `body` `count` times (int32 scalar) in one frame of TensorFlow's executor: Enter opens it, each carried
 * value goes round Merge, Switch, the body and NextIteration, and Exit leaves with the last one.
 * @returns where the carried values are in the end.
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
