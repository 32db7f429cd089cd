import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

type Optimizer = { minimize: (typeof tf.Optimizer.prototype)['minimize'] };

/** `tf` whose optimizers tell of every step that they take. */
function watched(stepped: () => void) {
  const watch =
    <Options extends unknown[]>(make: (...options: Options) => Optimizer) =>
    (...options: Options) => {
      const optimizer = make(...options);
      const minimize: Optimizer['minimize'] = (...arguments_) => {
        stepped();
        return optimizer.minimize(...arguments_);
      };
      return { minimize };
    };
  const { sgd, momentum, rmsprop, adam } = tf.train;
  return {
    ...tf,
    train: { sgd: watch(sgd), momentum: watch(momentum), rmsprop: watch(rmsprop), adam: watch(adam) },
  };
}

/**
 * Runs a TensorFlow.js program in plain JavaScript.
 * @param body answers its one request for data; @param result an expression of what it defines.
 * @returns what it printed, how often an optimizer moved weights, and the expression's value.
 */
export async function runTensorflowjs<Result>(source: string, body: BodyInit, result = 'null') {
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const said: string[] = [];
  let updates = 0;
  const program = new AsyncFunction(
    'tf',
    'fetch',
    'console',
    `${source.replace(/^import .*$/m, '')}\nreturn ${result};`,
  );
  const log = (...words: unknown[]) => void said.push(words.join(' '));
  const value: Result = await program(
    watched(() => {
      updates += 1;
    }),
    async () => new Response(body),
    { log },
  );
  return { said, updates, value };
}
