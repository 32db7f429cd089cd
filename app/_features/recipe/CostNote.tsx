import { useId } from 'react';
import { usePresentRun, useRoom } from '@/app/_hooks/context';
import { useStepsPerSecond } from '@/app/_hooks/metrics';
import { useRecipe } from '@/app/_hooks/recipe';
import { useStore } from '@/app/_hooks/useStore';
import { Help } from '@/app/_ui/Help';
import { useText } from '@/app/_ui/language';
import { numberFormat } from '@/app/_ui/numbers';
import { costOf } from '@/lib/catalog/cost';
import { excessOf } from '@/lib/catalog/cost/limits';
import { stepsPerSecond } from '@/lib/catalog/cost/speed';
import type { Recipe } from '@/lib/catalog/models';
import { misfitOfRecipe, reasonOf } from '@/lib/catalog/textFit';

/** A number in the largest of the units that it fills: 26,240,000 of 10^6 and 10^9 is "26.2 M". */
function inUnits(value: number, units: readonly (readonly [size: number, name: string])[]): string {
  const [size, name] = units.findLast(([each]) => value >= each) ?? (units[0] as readonly [number, string]);
  return `${numberFormat({ maximumSignificantDigits: 3 }).format(value / size)} ${name}`;
}

const bytes = (value: number): string =>
  inUnits(value, [
    [2 ** 20, 'MB'],
    [2 ** 30, 'GB'],
  ]);
const flops = (value: number): string =>
  inUnits(value, [
    [1e3, 'kFLOP'],
    [1e6, 'MFLOP'],
    [1e9, 'GFLOP'],
    [1e12, 'TFLOP'],
  ]);

/** Steps a second to expect: by the server's measured speed, corrected by how this model trains in the present run. */
function useExpectedSpeed(recipe: Recipe | null): number | null {
  const speed = useStore(useRoom().capacity)?.speed;
  const run = usePresentRun()?.spec.recipe;
  const measured = useStepsPerSecond();
  if (!recipe || !speed) return null;
  const expected = stepsPerSecond(costOf(recipe), speed);
  if (run?.model !== recipe.model || measured === 0) return expected;
  return (expected * measured) / stepsPerSecond(costOf(run), speed);
}

/** What a step of the recipe costs, or why this server won't train it; as tall as the longest it may say. */
export function CostNote() {
  const t = useText();
  const id = useId();
  const recipe = useRecipe();
  const capacity = useStore(useRoom().capacity);
  const speed = useExpectedSpeed(recipe);
  const misfit = recipe && misfitOfRecipe(recipe);
  const problem = misfit ? reasonOf(misfit) : recipe && capacity && excessOf(recipe, capacity);
  return (
    <section
      aria-label={t('Cost')}
      className="flex h-18 shrink-0 max-lg:h-14 items-center gap-2 border-t border-line pr-3 pl-6 text-xs leading-4 text-ink-soft"
    >
      <div id={id} aria-live="polite" className="min-w-0 flex-1 tabular-nums">
        {problem ? (
          <p className="text-bad">{t.say(problem)}</p>
        ) : (
          recipe && <Figures recipe={recipe} stepsPerSecond={speed} />
        )}
      </div>
      <Help about={id}>
        {t(
          'Estimated from the recipe alone: what training changes, keeps in memory and computes in one step. The speed is that of this server, and more certain once this model has trained.',
        )}
      </Help>
    </section>
  );
}

function Figures({ recipe, stepsPerSecond: speed }: { recipe: Recipe; stepsPerSecond: number | null }) {
  const t = useText();
  const { parameters, memoryBytes, flopsPerStep } = costOf(recipe);
  return (
    <>
      <p>
        {t('{n} {n|parameter|parameters}', { n: parameters })} · {bytes(memoryBytes)}
      </p>
      <p>
        {t('{flops} a step', { flops: flops(flopsPerStep) })}
        {speed !== null &&
          ` · ${t('about {speed} steps/s', { speed: numberFormat({ maximumSignificantDigits: 2 }).format(speed) })}`}
      </p>
    </>
  );
}
