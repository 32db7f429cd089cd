'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { useOwnData, useRoom, useRun } from '@/app/_hooks/context';
import { useMetrics } from '@/app/_hooks/metrics';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { loadPastRuns } from '@/app/_room/pastRuns';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { ownGrip } from '@/app/_ui/grip';
import { type Text, useText } from '@/app/_ui/language';
import { RangeControl } from '@/app/_ui/RangeControl';
import { Select } from '@/app/_ui/Select';
import { MomentCanvas } from '@/app/_view/MomentCanvas';
import { type Difference, datasetLabel, differencesOf } from '@/lib/catalog/differences';
import { modelOf } from '@/lib/catalog/models';
import type { PastRun } from '@/lib/protocol/reel';
import type { History } from '@/lib/runs/history';
import type { RunSpec } from '@/lib/runs/status';
import type { Sentence } from '@/lib/text/sentence';
import { CompareChart } from './CompareChart';
import { comparedCharts } from './compareCurves';
import { type ComparedStep, comparedStep } from './compareSteps';
import { type LoadedRun, useKeptSteps, useLoadedRun, useRunReel } from './useLoadedRun';

/** Names the data sets that people have brought along. */
function useOwnNames(): (id: string) => string | undefined {
  const own = useOwnData();
  return (id) => own.find((each) => each.id === id)?.name;
}

function describeRun({ spec: { recipe }, status }: PastRun, n: number, dataset: Sentence, t: Text): string {
  return t('{n} {n|run|runs} ago: {model}, {dataset}, {step} {step|step|steps}', {
    n,
    model: t(modelOf(recipe.model).label),
    dataset: t.say(dataset),
    step: 'step' in status ? status.step : 0,
  });
}

/** An earlier run of the playground beside the present one. */
export function CompareDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const room = useRoom();
  const run = useRun();
  const ownName = useOwnNames();
  const [runs, setRuns] = useState<readonly PastRun[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [chosen, choose] = useState(0);
  const id = run?.spec.id;
  useEffect(() => {
    // Another run makes the present one an earlier one.
    if (id === undefined) return;
    loadPastRuns(room.runAddress()).then(setRuns, () => setFailed(true));
  }, [room, id]);
  const past = runs?.[chosen] ?? runs?.[0];
  return (
    <Dialog title={t('Compare two runs')} isWide={past !== undefined} open onClose={onClose}>
      {hasFailed && (
        <p role="alert" className="text-sm text-bad">
          {t('The earlier runs could not be loaded. Try again once the connection is back.')}
        </p>
      )}
      {runs?.length === 0 && (
        <p className="text-sm text-ink-soft">
          {t('There is no earlier run yet. Change something, train again, and both stand here side by side.')}
        </p>
      )}
      {run && past && (
        <>
          <div className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
            <p className="flex items-center gap-3 font-semibold">
              <Line /> {t('Present run')}
            </p>
            <div className="flex items-center gap-3 font-semibold">
              <Line isDashed />
              <div className="min-w-0 flex-1">
                <Select
                  aria-label={t('Earlier run')}
                  value={String(runs?.indexOf(past) ?? 0)}
                  onChange={(event) => choose(Number(event.target.value))}
                  options={(runs ?? []).map((each, i) => ({
                    value: String(i),
                    label: describeRun(each, i + 1, datasetLabel(each.spec.recipe.dataset, ownName), t),
                  }))}
                />
              </div>
            </div>
          </div>
          <Comparison key={past.spec.id} present={run.spec} past={past} />
        </>
      )}
    </Dialog>
  );
}

const Line = ({ isDashed = false }: { isDashed?: boolean }) => (
  <svg aria-hidden width="28" height="8" className="shrink-0">
    <line
      x1="0"
      y1="4"
      x2="28"
      y2="4"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray={isDashed ? '5 4' : undefined}
    />
  </svg>
);

function Comparison({ present, past }: { present: RunSpec; past: PastRun }) {
  const t = useText();
  const earlier = useLoadedRun(past);
  const reel = useRunReel(present.id);
  const history = useMetrics()?.history ?? null;
  const assets = useSnapshot('assets');
  const ends = { present: history?.step ?? 0, earlier: earlier?.history.step ?? 0 };
  const last = Math.min(ends.present, ends.earlier);
  const [chosen, setStep] = useState<number | null>(null);
  const step = Math.min(last, chosen ?? last);
  const kept = [
    useKeptSteps(reel, present.recipe.model),
    useKeptSteps(earlier?.reel ?? null, past.spec.recipe.model),
  ] as const;
  return (
    <>
      <div className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {reel && (
          <MomentCanvas
            name={t('Present run')}
            model={present.recipe.model}
            reel={reel}
            step={step}
            assets={assets}
          />
        )}
        {earlier && (
          <MomentCanvas
            name={t('Earlier run')}
            model={past.spec.recipe.model}
            reel={earlier.reel}
            step={step}
            assets={earlier.assets}
          />
        )}
      </div>
      <div className="mt-3">
        <RangeControl
          label={t('Step to compare')}
          min={0}
          max={Math.max(1, last)}
          step={1}
          value={step}
          shown={t.number(step)}
          grip={ownGrip(setStep)}
        />
        {reel && earlier && <Sameness compared={comparedStep(step, ...kept)} ends={ends} onStep={setStep} />}
      </div>
      <div className="mt-4 grid gap-6 lg:grid-cols-3">
        <Part title={t('Learning curves')} isLarge>
          {history && earlier && <Charts present={present} history={history} {...{ past, earlier, step }} />}
        </Part>
        <Part title={t('What differs')}>
          <Differences present={present} past={past} />
        </Part>
      </div>
    </>
  );
}

interface SamenessProps {
  compared: ComparedStep;
  /** The last step of each run. */
  ends: { readonly present: number; readonly earlier: number };
  onStep(step: number): void;
}

/** Says whether both sides show the same step, where the nearest common one is, and which run ends earlier. */
function Sameness({ compared: { present, earlier, common }, ends, onStep }: SamenessProps) {
  const t = useText();
  const shorter = ends.present < ends.earlier ? t('Present run') : t('Earlier run');
  return (
    <div className="mt-1 text-sm text-ink-soft">
      <p role="status" className="flex min-h-9 flex-wrap items-center gap-x-3">
        {present !== null && present === earlier
          ? t('Both show step {step}.', { step: present })
          : t('Here both show different steps: each run keeps pictures of its own.')}
        {present !== earlier && common === null && t('No step has pictures of both.')}
        {present !== earlier && common !== null && (
          <Button onClick={() => onStep(common)}>{t('Step {step} has both', { step: common })}</Button>
        )}
      </p>
      {ends.present !== ends.earlier && (
        <p>
          {t('{run}: step {step} is its last so far, and the last that can be compared.', {
            run: shorter,
            step: Math.min(ends.present, ends.earlier),
          })}
        </p>
      )}
    </div>
  );
}

interface ChartsProps {
  present: RunSpec;
  history: History;
  past: PastRun;
  earlier: LoadedRun;
  step: number;
}

function Charts({ present, history, past, earlier, step }: ChartsProps) {
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {comparedCharts(present.recipe.model, past.spec.recipe.model).map((chart) => (
        <CompareChart
          key={chart.group}
          chart={chart}
          present={history}
          earlier={earlier.history}
          grown={history.step}
          step={step}
        />
      ))}
    </div>
  );
}

const Part = ({
  title,
  isLarge = false,
  children,
}: {
  title: string;
  isLarge?: boolean;
  children: ReactNode;
}) => (
  <section aria-label={title} className={`min-w-0 ${isLarge ? 'lg:col-span-2' : ''}`}>
    <h3 className="mb-2 text-xs text-ink-soft">{title}</h3>
    {children}
  </section>
);

/** How the recipes differ. */
function Differences({ present, past }: { present: RunSpec; past: PastRun }) {
  const t = useText();
  const differences = differencesOf(past.spec.recipe, present.recipe, useOwnNames());
  if (differences.length === 0) return <p className="text-sm">{t('The recipes are the same')}</p>;
  const value = (part: Difference['from']) => (part === null ? '–' : t.say(part));
  return (
    <table className="w-full text-left text-sm">
      <thead className="text-xs text-ink-soft">
        <tr>
          <th className="pb-1 font-normal">{t('Setting')}</th>
          <th className="pb-1 font-normal">{t('Present run')}</th>
          <th className="pb-1 font-normal">{t('Earlier run')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ key, label, from, to }) => (
          <tr key={key} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-3 font-normal">
              {t.say(label)}
            </th>
            <td className="py-1.5 pr-3 font-medium tabular-nums">{value(to)}</td>
            <td className="py-1.5 text-ink-soft tabular-nums">{value(from)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
