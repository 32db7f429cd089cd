import { Tensor } from '@tensorflow/tfjs-core';

/** Tensors in lists and records, nested as one likes; numbers among them stay as they are. */
export type Tree = Tensor | number | readonly Tree[] | { readonly [name: string]: Tree };

/** A tree's tensors, from left to right. */
export function leavesOf(tree: Tree): Tensor[] {
  if (tree instanceof Tensor) return [tree];
  return typeof tree === 'number' ? [] : Object.values(tree).flatMap(leavesOf);
}

/** The same tree with other tensors, in the order of `leavesOf`. @throws RangeError if their number differs. */
export function withLeaves<T extends Tree>(tree: T, leaves: readonly Tensor[]): T {
  const count = leavesOf(tree).length;
  if (leaves.length !== count) throw new RangeError(`Expected ${count} tensors, not ${leaves.length}`);
  const left = leaves.values();
  const rebuilt = (each: Tree): Tree => {
    if (each instanceof Tensor) return left.next().value ?? each;
    if (typeof each === 'number') return each;
    if (isList(each)) return each.map(rebuilt);
    return Object.fromEntries(Object.entries(each).map(([name, branch]) => [name, rebuilt(branch)]));
  };
  return rebuilt(tree) as T;
}

const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);
