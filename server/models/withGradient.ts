import { customGrad, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';
import { leavesOf, type Tree, withLeaves } from '@/server/engine/trace/tree';

/** A function of named tensors, with its gradient written out. */
interface Differentiable<Inputs extends Readonly<Record<string, Tensor>>, Saved extends Tree> {
  /** The value, and what of the forward pass the gradient needs. */
  forward(inputs: Inputs): { readonly value: Tensor; readonly saved: Saved };
  /** From the gradient by the value those by the inputs, each of its input's shape. */
  backward(dValue: Tensor, saved: Saved): { readonly [Name in keyof Inputs]: Tensor };
}

/** The function, as TensorFlow.js calls and differentiates it: by `backward`, not through `forward`. */
export function withGradient<Inputs extends Readonly<Record<string, Tensor>>, Saved extends Tree>({
  forward,
  backward,
}: Differentiable<Inputs, Saved>): (inputs: Inputs) => Tensor {
  return (inputs) => {
    const operation = customGrad((...given) => {
      const { value, saved } = forward(inputs);
      const save = given.at(-1) as GradSaveFunc;
      save(leavesOf(saved));
      const gradFunc = (dValue: Tensor, leaves: Tensor[]) => {
        const gradients = backward(dValue, withLeaves(saved, leaves));
        return Object.keys(inputs).map((name: keyof Inputs) => gradients[name]);
      };
      return { value, gradFunc };
    });
    return operation(...Object.values(inputs));
  };
}
