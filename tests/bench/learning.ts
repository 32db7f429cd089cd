import { RandomStream } from '@/lib/random';
import { loadDataset } from '@/server/datasets';
import { chosenCases, defaultBatch, recipeOf } from './cases';
import { Classifier } from './classifier';
import { BareLoop } from './loop';
import { dataFolder, options, report, round } from './report';

/** What models have learned, judged from outside: figures for tests/bench/RESULTS.md. */
const heldBack = 615;
const samples = 500;
const sampleBatch = 50;
/** A class counts as covered if the judge sees it in at least this share of the samples. */
const coveredShare = 0.01;
const steps = Number(options.steps ?? 3000);
const textSteps = [100, 200, 300, 600, 1200, steps].filter(
  (each, i, all) => each <= steps && all.indexOf(each) === i,
);

const shares = (classes: readonly number[]) =>
  Array.from({ length: 10 }, (_, label) => classes.filter((each) => each === label).length / classes.length);

async function judgeImages(): Promise<void> {
  const set = await loadDataset('fashion-mnist', {
    dataDir: '',
    source: dataFolder(),
    progress: () => {},
  });
  const trained = set.count - heldBack;
  const judge = await Classifier.train(set, trained);
  const real = await judge.judge(set.images.subarray(trained * 784));
  const hits = real.classes.filter((label, i) => label === set.labels[trained + i]).length;
  const about = { bench: 'learning', judge: 'convolutional classifier' };
  report({
    ...about,
    what: 'real images',
    learnedFrom: trained,
    accuracy: round(hits / heldBack),
    confidence: round(real.confidence),
  });
  for (const each of chosenCases()) {
    if (each.model === 'autoencoder' || each.model === 'char-rnn') continue;
    const recipe = recipeOf(each, defaultBatch);
    const loop = await BareLoop.create('onnx-cpu', recipe);
    const random = new RandomStream(7, 'judged');
    const draw = async () => {
      const classes: number[] = [];
      let confidence = 0;
      for (let i = 0; i < samples; i += sampleBatch) {
        const length = sampleBatch * (recipe.values as { codingSize: number }).codingSize;
        const latents = Float32Array.from({ length }, () => random.normal());
        const verdict = await judge.judge(await loop.images(latents));
        classes.push(...verdict.classes);
        confidence += (verdict.confidence * sampleBatch) / samples;
      }
      const covered = shares(classes).filter((share) => share >= coveredShare).length;
      return { confidence: round(confidence), classesCovered: covered / 10 };
    };
    report({ ...about, model: each.model, steps: 0, ...(await draw()) });
    const stepMs = await loop.train(steps);
    report({ ...about, model: each.model, steps, stepMs: round(stepMs, 1), ...(await draw()) });
    await loop.close();
  }
  await judge.close();
}

async function judgeText(): Promise<void> {
  const [each] = chosenCases().filter(({ model }) => model === 'char-rnn');
  if (!each) return;
  const recipe = recipeOf({ ...each, values: { recurrentDropout: 0 } }, defaultBatch);
  const loop = await BareLoop.create('onnx-cpu', recipe);
  let done = 0;
  for (const until of textSteps) {
    while (done < until) done += await loop.chunk(until - done);
    const [loss = Number.NaN, accuracy = Number.NaN] = await loop.evaluate();
    report({
      bench: 'learning',
      model: 'char-rnn',
      steps: until,
      validationLoss: round(loss),
      validationAccuracy: round(accuracy),
    });
  }
  report({ bench: 'learning', model: 'char-rnn', steps: done, text: await loop.text('ROMEO:\n', 400) });
  await loop.close();
}

await judgeText();
await judgeImages();
