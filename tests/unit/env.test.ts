import { expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from '@/server/env';

test('everything has a default, and empty counts as unset', () => {
  const defaults = readEnvironment({});
  expect(defaults).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    COLATENT_DATA: './data',
    COLATENT_EXECUTOR: 'auto',
    COLATENT_MAX_MEMORY: 4096,
    COLATENT_MAX_STEP_GFLOPS: 500,
  });
  expect(readEnvironment({ PORT: '', HOST: ' ', COLATENT_EXECUTOR: '', COLATENT_DATASETS: '' })).toEqual(
    defaults,
  );
});

test('what is set is taken', () => {
  const set = {
    PORT: '8080',
    HOST: '0.0.0.0',
    COLATENT_MAX_RUNS: '5',
    COLATENT_MAX_MEMORY: '512',
    COLATENT_MAX_STEP_GFLOPS: '0.5',
    COLATENT_DATASETS: 'https://mirror.example/data',
  };
  expect(readEnvironment(set)).toMatchObject({
    ...set,
    PORT: 8080,
    COLATENT_MAX_RUNS: 5,
    COLATENT_MAX_MEMORY: 512,
    COLATENT_MAX_STEP_GFLOPS: 0.5,
  });
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['PORT', '1.5'],
  ['COLATENT_MAX_RUNS', '0'],
  ['COLATENT_MAX_MEMORY', '0'],
  ['COLATENT_MAX_STEP_GFLOPS', 'plenty'],
  ['COLATENT_EXECUTOR', 'abacus'],
  ['COLATENT_DATASETS', '/nowhere/at/all'],
])('%s=%s is refused in one line that names both', (name, value) => {
  const read = () => readEnvironment({ [name]: value });
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(new RegExp(`^${name} .*"${value}"$`));
});
