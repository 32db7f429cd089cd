import { encodeModel, node, valueInfo } from '@/server/engine/onnx/proto';
import * as ort from '@/server/engine/onnx/runtime';

/** Rows and columns of both matrices: large enough that the arithmetic outweighs all else. */
const side = 1024;
/** Long enough that a busy machine has a quiet moment. */
const measuredMs = 2000;

/**
 * FLOPs a second that this machine reaches in a float32 matrix product of 1024 x 1024 with so many threads, by
 * ONNX Runtime: the best of many, since whatever else the machine does only lowers it.
 */
export async function matrixPeak(threads: number): Promise<number> {
  const matrix = (name: string) => valueInfo(name, 'float32', [side, side]);
  const model = encodeModel({
    name: 'peak',
    node: [node('Gemm', ['a', 'b'], 'product')],
    initializer: [],
    input: [matrix('a'), matrix('b')],
    output: [matrix('product')],
  });
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: threads });
  const values = Float32Array.from({ length: side * side }, (_, i) => (i % 7) - 3);
  const operand = new ort.Tensor('float32', values, [side, side]);
  let bestMs = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + measuredMs; performance.now() < end; ) {
    const began = performance.now();
    await session.run({ a: operand, b: operand });
    bestMs = Math.min(bestMs, performance.now() - began);
  }
  await session.release();
  return (1000 * 2 * side ** 3) / bestMs;
}
