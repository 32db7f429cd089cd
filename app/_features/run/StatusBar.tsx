import { useRun } from '@/app/_hooks/context';
import { useExecutor, useMetrics } from '@/app/_hooks/metrics';
import { useText } from '@/app/_ui/language';
import { fixed, whole } from '@/app/_ui/numbers';
import type { RunState } from '@/lib/runs/status';
import type { PlainMessage } from '@/lib/text/keys';

const NONE = '–';
const MEGABYTE = 1024 * 1024;

const formatSpeed = (perSecond: number): string => (perSecond < 10 ? fixed(perSecond, 1) : whole(perSecond));

/** Seconds of training before its speed is shown: the first steps are slow. */
const TELLING_SECONDS = 3;

/** Seconds until `total` steps are done; `null` as long as nobody can know. */
export function secondsLeft(total: number, step: number, stepsPerSecond: number): number | null {
  if (stepsPerSecond <= 0 || step / stepsPerSecond < TELLING_SECONDS) return null;
  return Math.max(0, total - step) / stepsPerSecond;
}

/** Seconds as "1:05:09" or "5:09". */
export function formatDuration(seconds: number): string {
  const total = Math.ceil(seconds);
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Names of the executors for people who haven't set up the server. */
const executors: Readonly<Record<string, string>> = {
  'onnx-cpu': 'CPU',
  'onnx-webgpu': 'GPU (WebGPU)',
  'onnx-cuda': 'GPU (CUDA)',
  tensorflow: 'TensorFlow',
};

const states: Readonly<Record<RunState, PlainMessage>> = {
  queued: 'Queued',
  starting: 'Starting',
  training: 'Training',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
};

/** How far the run is, how fast, and where it is computed. Widths are reserved: nothing moves as numbers grow. */
export function StatusBar() {
  const t = useText();
  const run = useRun();
  const metrics = useMetrics();
  const executor = useExecutor();
  const pace = metrics?.pace;
  const step = metrics?.history.step ?? 0;
  const training = run?.status.state === 'training';
  const speed = training && pace ? pace.stepsPerSecond : 0;
  const left = pace ? secondsLeft(pace.totalSteps, step, speed) : null;
  const epochs = pace ? pace.totalSteps / pace.stepsPerEpoch : 0;
  return (
    <section
      aria-label={t('Progress')}
      data-anchor="progress"
      className="@container relative h-12 border-y border-line bg-surface presenting:h-full presenting:min-h-12"
    >
      <div className="flex h-full items-center gap-x-8 px-6 @max-[44rem]:gap-x-4 @max-[44rem]:px-4 @max-[26rem]:gap-x-3">
        <p className="w-20 shrink-0 text-sm font-semibold whitespace-nowrap @max-[26rem]:w-14">
          {t(run ? states[run.status.state] : 'Ready')}
        </p>
        <dl className="flex min-w-0 gap-x-8 @max-[44rem]:gap-x-4 @max-[26rem]:gap-x-3">
          <Figure label="Step" of={pace && whole(pace.totalSteps)} width="7rem">
            {run ? whole(step) : NONE}
          </Figure>
          <Figure label="Epoch" of={pace && whole(epochs)} width="4.5rem" hide="@max-[17.5rem]:hidden">
            {pace ? fixed(step / pace.stepsPerEpoch, 1) : NONE}
          </Figure>
          <Figure label="Steps a second" width="5.5rem" hide="@max-[32rem]:hidden">
            {speed > 0 ? formatSpeed(speed) : NONE}
          </Figure>
          <Figure label="Time left" width="4rem" hide="@max-[22rem]:hidden">
            {left === null ? NONE : formatDuration(left)}
          </Figure>
          <Figure label="Peak memory" width="5.5rem" hide="@max-[46rem]:hidden">
            {pace?.peakBytes ? `${whole(pace.peakBytes / MEGABYTE)} MB` : NONE}
          </Figure>
          <Figure label="Computed by" width="6rem" hide="@max-[55rem]:hidden">
            {executor === null ? NONE : (executors[executor] ?? executor)}
          </Figure>
        </dl>
      </div>
      {pace && (
        <div
          aria-hidden
          className="absolute bottom-0 left-0 h-0.5 w-full origin-left bg-ink transition-transform duration-200"
          style={{ transform: `scaleX(${Math.min(1, step / pace.totalSteps)})` }}
        />
      )}
    </section>
  );
}

interface FigureProps {
  label: PlainMessage;
  of?: string | null;
  width: string;
  /** Class names that hide it on narrow pages. */
  hide?: string;
  children: string;
}

function Figure({ label, of, width, hide = '', children }: FigureProps) {
  const t = useText();
  return (
    <div className={`shrink-0 ${hide}`} style={{ minWidth: width }}>
      <dt className="text-[0.6875rem] leading-4 whitespace-nowrap text-ink-faint">{t(label)}</dt>
      <dd className="text-sm leading-5 font-medium whitespace-nowrap tabular-nums">
        {children}
        {of && <span className="font-normal text-ink-faint"> / {of}</span>}
      </dd>
    </div>
  );
}
