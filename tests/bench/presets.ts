import { modelOf } from '@/lib/catalog/models';
import { presets, recipeOfPreset } from '@/lib/catalog/presets';
import type { FrameHeader } from '@/lib/protocol/frames';
import { BareLoop } from './loop';
import { options, report, round } from './report';

/** What each preset really does: its metrics at growing steps, and how much its pictures differ. */
const stages = [0, 10, 30, 100, 300, 500, 800, 1200, 2000, 3000, 5000];
const last = Number(options.steps ?? 500);
const wanted = options.presets?.split(',');

/** The mean difference of two pictures' pixels, 0 to 1; 0 if all pictures are the same. */
function diversity(pixels: Uint8Array, count: number): number {
  const size = pixels.length / count;
  let sum = 0;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++)
      for (let p = 0; p < size; p++)
        sum += Math.abs((pixels[a * size + p] as number) - (pixels[b * size + p] as number));
  return sum / ((count * (count - 1)) / 2) / size / 255;
}

/** Of the pictures alone: codings may follow them. */
function diversityOf(header: Extract<FrameHeader, { kind: 'images' }>, payload: ArrayBuffer): number {
  const { count, height, width, channels } = header;
  return diversity(new Uint8Array(payload, 0, count * height * width * channels), count);
}

for (const preset of presets) {
  if (wanted && !wanted.includes(preset.id)) continue;
  const loop = await BareLoop.create('onnx-cpu', recipeOfPreset(preset));
  const began = performance.now();
  for (const stage of stages.filter((each) => each <= last)) {
    while (loop.step < stage) await loop.chunk(stage - loop.step);
    const metrics = modelOf(preset.model).metrics.map(({ key }) => [key, loop.results[key]?.at(-1)]);
    const { header, payload } = await loop.shown();
    report({
      bench: 'presets',
      preset: preset.id,
      step: stage,
      ms: round(performance.now() - began, 0),
      ...Object.fromEntries(metrics),
      ...(header.kind === 'images' && { diversity: round(diversityOf(header, payload), 4) }),
      ...(header.kind === 'text' && { text: header.text.slice(0, 120) }),
    });
  }
  await loop.close();
}
