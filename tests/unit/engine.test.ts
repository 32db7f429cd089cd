import {
  add,
  cumsum,
  matMul,
  mean,
  mul,
  relu,
  sub,
  type Tensor2D,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createSession, executorOf } from '@/server/engine/executors';
import { type Graph, print, verify } from '@/server/engine/ir/graph';
import { GraphError } from '@/server/engine/ir/tensors';
import { optimize } from '@/server/engine/passes/optimize';
import { ExecutorError } from '@/server/engine/program';
import { TraceError, trace } from '@/server/engine/trace/trace';

const float = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;

/** One dense layer under SGD: the smallest graph that has all stages. */
function layerStep() {
  return trace({ w: float(3, 2) }, { x: float(4, 3), rate: float() }, ({ w }, { x, rate }) => {
    const { value, grads } = valueAndGrads((kernel) => mean(relu(matMul(x as Tensor2D, kernel as Tensor2D))))(
      [w as Tensor2D],
    );
    return {
      state: { w: sub(w as Tensor2D, mul(grads[0] as Tensor2D, rate as Tensor2D)) },
      outputs: { loss: value },
    };
  });
}

describe('trace', () => {
  test('records kernels, gradients included', async () => {
    const graph = await layerStep();
    expect(graph.nodes.map(({ kernel }) => kernel)).toEqual(
      expect.arrayContaining(['BatchMatMul', 'Relu', 'Mean', 'Step', 'Sub']),
    );
    expect(graph.nextState[0]?.value.shape).toEqual([3, 2]);
  });

  test('an op outside the table fails with its name and the line that called it', async () => {
    const broken = trace({}, { x: float(3) }, (_, { x }) => ({ outputs: { y: cumsum(x as Tensor2D) } }));
    await expect(broken).rejects.toBeInstanceOf(TraceError);
    await expect(broken).rejects.toThrow(
      /^Cumsum is not in the engine's table of kernels; called at .*engine\.test\.ts/,
    );
  });

  test('reading a value fails with the op whose result was read', async () => {
    const reading = trace({}, { x: float(3) }, (_, { x }) => {
      relu(x as Tensor2D).dataSync();
      return { outputs: {} };
    });
    await expect(reading).rejects.toThrow(/it read the result of Relu at .*engine\.test\.ts/);
  });

  test('a missing next state is named', async () => {
    const forgetful = trace({ w: float(2) }, {}, () => ({ state: {}, outputs: {} }));
    await expect(forgetful).rejects.toThrow('The step returned no next state w');
  });

  test('a failed trace leaves the engine usable', async () => {
    await trace({}, { x: float(3) }, (_, { x }) => ({ outputs: { y: cumsum(x as Tensor2D) } })).catch(
      () => {},
    );
    expect((await layerStep()).nodes.length).toBeGreaterThan(0);
  });
});

describe('optimize', () => {
  test('merges, folds and fuses', async () => {
    expect(print(optimize(await layerStep()))).toMatchInlineSnapshot(`
      "state w = %0: float32[3,2]
      input x = %1: float32[4,3]
      input rate = %2: float32[]
        %22: float32[] = constant 0.125
        %3: float32[4,2] = BatchMatMul(%1, %0)
        %6: float32[4,2] = Relu(%3)
        %8: float32[] = Mean(%6)
        %16: float32[4,2] = Step(%3) alpha=0
        %18: float32[4,2] = Multiply(%16, %22)
        %23: float32[] = Neg(%2)
        %24: float32[4,2] = Multiply(%18, %23)
        %21: float32[3,2] = _FusedMatMul(%1, %24, %0) transposeA=true
      next w = %21: float32[3,2]
      output loss = %8: float32[]"
    `);
  });

  test('merges a computation that is written twice', async () => {
    const twice = await trace({}, { x: float(2, 2) }, (_, { x }) => {
      const square = () => matMul(x as Tensor2D, x as Tensor2D);
      return { outputs: { y: add(relu(square()), square()) } };
    });
    expect(twice.nodes.filter(({ kernel }) => kernel === 'BatchMatMul')).toHaveLength(2);
    expect(optimize(twice).nodes.filter(({ kernel }) => kernel === 'BatchMatMul')).toHaveLength(1);
  });

  test('keeps a result that is an input itself', async () => {
    const through = optimize(
      await trace({ w: float(2) }, {}, ({ w }) => ({ state: { w: w as Tensor2D }, outputs: {} })),
    );
    expect(through.nextState[0]?.value).toEqual(through.state[0]?.value);
  });
});

test('a model that an executor refuses is an error that says which and what helps', async () => {
  const broken = createSession(executorOf('onnx-cpu'), Uint8Array.of(1, 2, 3));
  await expect(broken).rejects.toBeInstanceOf(ExecutorError);
  await expect(broken).rejects.toThrow(/^onnx-cpu can't run here: .*npm ci$/s);
});

describe('verify', () => {
  const value = (id: number, ...shape: number[]) => ({ id, shape, dtype: 'float32' as const });
  const empty: Graph = { state: [], inputs: [], constants: [], nodes: [], nextState: [], outputs: [] };
  const neg = (from: number, to: number) =>
    ({ kernel: 'Neg', attributes: {}, inputs: [value(from)], outputs: [value(to)] }) as const;

  test.each<[string, Graph, string]>([
    ['a value used too early', { ...empty, nodes: [neg(0, 1)] }, 'Neg uses %0 before it is made'],
    [
      'a value made twice',
      { ...empty, inputs: [{ name: 'x', value: value(0) }], nodes: [neg(0, 0)] },
      '%0 is made twice',
    ],
    [
      'a constant of a wrong size',
      { ...empty, constants: [{ value: value(0, 2), data: Float32Array.of(1) }] },
      'Constant %0 of [2] holds 1 values',
    ],
    [
      'a state that changes its shape',
      {
        ...empty,
        state: [{ name: 'w', value: value(0, 2) }],
        inputs: [{ name: 'x', value: value(1, 3) }],
        nextState: [{ name: 'w', value: value(1, 3) }],
      },
      'State w was float32[2], becomes float32[3]',
    ],
  ])('refuses %s', (_, graph, message) => {
    expect(() => verify(graph)).toThrow(GraphError);
    expect(() => verify(graph)).toThrow(message);
  });
});
