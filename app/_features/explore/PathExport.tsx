import { Download } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { useExplore } from '@/app/_hooks/explore';
import type { PathView } from '@/app/_hooks/path';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { FilmProgress } from '@/app/_view/film/FilmProgress';
import { offeredFormats } from '@/app/_view/film/filmSinks';
import { saveFile } from '@/app/_view/film/saveFile';
import { currentPalette } from '@/app/_view/palette';
import { USUAL_SIZE } from '@/app/_view/pixels';
import { type Sentence, sentenceOf } from '@/lib/text/sentence';
import { filmPath, type PathFormat, pathFormats, rates, scalesOf } from './pathFilm';

const names: Readonly<Record<PathFormat, string>> = { gif: 'GIF', webm: 'WebM', strip: 'PNG' };

/** What somebody chooses of a film. */
function useChoices(own: { readonly width: number; readonly height: number }) {
  const [format, setFormat] = useState<PathFormat>('gif');
  const scales = scalesOf(own);
  const [scale, setScale] = useState(scales.includes(8) ? 8 : (scales.at(-1) ?? 1));
  const [rate, setRate] = useState(20);
  return { format, setFormat, scales, scale, setScale, rate, setRate };
}

/** Makes the file; `share` is how much of it is done, `null` while none is made. */
function useExport({ explorable, drawer, trail, playback }: PathView, width: number) {
  const room = useRoom();
  const { entries } = useExplore(explorable.owner);
  const work = useRef<AbortController>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Sentence | null>(null);
  useEffect(() => () => work.current?.abort(), []);
  const make = async (format: PathFormat, scale: number, perSecond: number) => {
    const controller = new AbortController();
    work.current = controller;
    setShare(0);
    setProblem(null);
    try {
      const { file, name } = await filmPath({
        ...{ format, scale, perSecond, width, drawer, trail, entries },
        speed: playback.playhead.speed,
        palette: currentPalette(),
        sample: (request) => room.sample(request, explorable.owner === 'generator' ? 'generator' : 'run'),
        progress: setShare,
        signal: controller.signal,
      });
      saveFile(file, name);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(sentenceOf(error));
    } finally {
      setShare(null);
    }
  };
  return { make, share, problem, cancel: () => work.current?.abort() };
}

/** Takes the path away as a file: once along it, drawn by the weights as they are now. */
export function PathExport(props: PathView & { onClose(): void }) {
  const t = useText();
  const { pictures, onClose } = props;
  const own = pictures ?? { width: USUAL_SIZE, height: USUAL_SIZE };
  const { format, setFormat, scales, scale, setScale, rate, setRate } = useChoices(own);
  const { make, share, problem, cancel } = useExport(props, own.width);
  const [formats, setFormats] = useState<readonly PathFormat[]>(['gif', 'strip']);
  const { width, height } = own;
  useEffect(() => {
    void offeredFormats({ width: 8 * width, height: 8 * height }).then((offered) =>
      setFormats(pathFormats.filter((each) => each !== 'webm' || offered.formats.includes('webm'))),
    );
  }, [width, height]);
  const size = (times: number) =>
    t('{times} times: {width} × {height} pixels', { times, width: times * width, height: times * height });
  return (
    <Dialog title={t('Export the path')} open onClose={onClose}>
      <p className="mb-4 text-sm text-ink-soft">
        {t('Once along the path as it is played, drawn by the model as it is now.')}
      </p>
      <div className="grid gap-3">
        <Choice
          label={t('Format')}
          value={format}
          options={formats.map((each) => ({
            value: each,
            label: each === 'strip' ? t('PNG, one beside the other') : names[each],
          }))}
          onChoose={(value) => setFormat(value as PathFormat)}
        />
        <Choice
          label={t('Size##export')}
          value={String(scale)}
          options={scales.map((each) => ({ value: String(each), label: size(each) }))}
          onChoose={(value) => setScale(Number(value))}
        />
        <Choice
          label={t('Pictures a second')}
          value={String(rate)}
          options={rates.map((each) => ({ value: String(each), label: t.number(each) }))}
          onChoose={(value) => setRate(Number(value))}
        />
        {share !== null ? (
          <FilmProgress label={t('Export the path')} share={share} onCancel={cancel} />
        ) : (
          <Button variant="primary" icon={Download} onClick={() => void make(format, scale, rate)}>
            {t('Export')}
          </Button>
        )}
      </div>
      <p role="alert" className="mt-3 min-h-5 text-sm text-bad">
        {problem && t('The film could not be made: {problem}', { problem: t.say(problem) })}
      </p>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  onChoose(value: string): void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs text-ink-soft">
        {label}
      </label>
      <Select id={id} options={options} value={value} onChange={(event) => onChoose(event.target.value)} />
    </div>
  );
}
