import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportedFiles, subjects } from '../support/exports';
import { OnnxPage } from '../support/onnxPage';
import { relativeError } from '../support/parity';

/** WebAssembly sums in another order. */
const TOLERANCE = 1e-4;

let page: OnnxPage;
beforeAll(async () => {
  page = await OnnxPage.open();
});
afterAll(() => page.close());

test.each(subjects)('$name: each call as a file runs in a browser by onnxruntime-web', async (of) => {
  for (const file of await exportedFiles(of)) {
    const answers = await page.answers(file);
    expect(answers).toHaveLength(file.trials.length);
    file.trials.forEach(({ rows, expected }, i) => {
      expect(Object.keys(answers[i] ?? {}).sort()).toEqual(Object.keys(expected).sort());
      for (const [key, { data }] of Object.entries(expected)) {
        const error = relativeError(answers[i]?.[key] as number[], data);
        expect(error, `${file.name}, ${rows} rows: ${key}`).toBeLessThanOrEqual(TOLERANCE);
      }
    });
  }
});
