import { costOf } from '@/lib/catalog/cost';
import { isOf, type Recipe } from '@/lib/catalog/models';
import type { ExecutorId } from './program';

/**
 * FLOPs of a step below which a second thread within one operator costs more than it brings. Measured: with
 * ONNX Runtime 26 MFLOP lose and 87 gain; TensorFlow, which works on several operators at once, loses with 87.
 */
const soloFlops = { onnx: 50e6, tensorflow: 500e6 };

/** Threads within one operator that suit a recipe, at most so many. */
export function threadsFor(recipe: Recipe, executor: ExecutorId, most: number | undefined) {
  const isTensorflow = executor === 'tensorflow';
  const { flopsPerStep } = costOf(recipe);
  // A recurrence is many small operators, whose gates are worked on at once.
  const isSolo = isTensorflow
    ? flopsPerStep < soloFlops.tensorflow || isOf('text', recipe)
    : flopsPerStep < soloFlops.onnx;
  return isSolo ? 1 : most;
}
