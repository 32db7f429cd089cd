'use client';

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFrameStore, useRun } from '@/app/_hooks/context';
import type { ReelReader } from '@/app/_room/reel';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import { FilmProgress } from '@/app/_view/film/FilmProgress';
import type { FilmFormat } from '@/app/_view/film/filmFormat';
import { type NoVideo, offeredFormats } from '@/app/_view/film/filmSinks';
import { saveFile } from '@/app/_view/film/saveFile';
import { firstLayoutOf, layoutOf } from '@/app/_view/momentPainter';
import { currentPalette } from '@/app/_view/palette';
import type { PlainMessage } from '@/lib/text/keys';
import { type Sentence, sentenceOf } from '@/lib/text/sentence';
import { type FilmSubject, filmSize, makeFilm } from './film';

const names: Readonly<Record<FilmFormat, string>> = { mp4: 'MP4', webm: 'WebM', gif: 'GIF' };
const obstacles = {
  insecure:
    'Only GIF here: browsers encode video only on pages that come by https or from this computer itself.',
  unsupported: 'Only GIF here: this browser encodes no video (WebCodecs with H.264, VP9, VP8 or AV1).',
} as const satisfies Readonly<Record<NoVideo, PlainMessage>>;

interface ExportDialogProps {
  reel: ReelReader;
  onClose(): void;
}

/** What to film of the large view: its moments drawn anew where possible, else its canvas; `null` if it has no past. */
function largeSubject(): FilmSubject | null {
  const large = document.querySelector<HTMLElement>('[data-large]');
  const view = large?.dataset.large ?? '';
  const layout = layoutOf(view);
  if (layout) return { kind: 'moments', layout };
  const canvas = view === 'try' ? null : large?.querySelector<HTMLCanvasElement>('canvas[data-step]');
  return canvas ? { kind: 'canvas', canvas } : null;
}

/** Makes films; `share` is how much of one is done, `null` while none is made. */
function useFilm(reel: ReelReader) {
  const t = useText();
  const frames = useFrameStore();
  const model = useRun()?.spec.recipe.model;
  const work = useRef<AbortController>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Sentence | null>(null);
  useEffect(() => () => work.current?.abort(), []);

  const film = async (format: FilmFormat) => {
    if (!model) return;
    const controller = new AbortController();
    work.current = controller;
    setShare(0);
    setProblem(null);
    try {
      const file = await makeFilm({
        format,
        subject: largeSubject() ?? { kind: 'moments', layout: firstLayoutOf(model) },
        reel,
        frames,
        palette: currentPalette(),
        caption: (step) => t('Step {step}', { step }),
        progress: setShare,
        signal: controller.signal,
      });
      saveFile(file, `${model}.${format}`);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(sentenceOf(error));
    } finally {
      setShare(null);
    }
  };
  return { film, share, problem, cancel: () => work.current?.abort() };
}

type Offered = Awaited<ReturnType<typeof offeredFormats>>;

/** Exports the large view over the whole run as a film. */
export function ExportDialog({ reel, onClose }: ExportDialogProps) {
  const t = useText();
  const { film, share, problem: failure, cancel } = useFilm(reel);
  const [offered, setOffered] = useState<Offered | null>(null);
  const [obstacle, setObstacle] = useState<Sentence | null>(null);
  useEffect(() => {
    offeredFormats(filmSize).then(setOffered, (error: unknown) => setObstacle(sentenceOf(error)));
  }, []);
  const [hasPast] = useState(() => largeSubject() !== null);
  const { formats = [], noVideo = null } = offered ?? {};
  const problem = obstacle ?? failure;
  return (
    <Dialog title={t('Export as film')} open onClose={onClose}>
      <p className="mb-4 text-sm text-ink-soft">
        {hasPast
          ? t('The large view from the first step to the last, as a file to show elsewhere.')
          : t('What the model makes from the first step to the last, as a file: the large view has no past.')}
      </p>
      {share !== null ? (
        <FilmProgress label={t('Export as film')} share={share} onCancel={cancel} />
      ) : (
        <div className="flex h-9 gap-2">
          {formats.map((format) => (
            <Button key={format} icon={Download} onClick={() => void film(format)}>
              {names[format]}
            </Button>
          ))}
        </div>
      )}
      {noVideo && <p className="mt-3 text-sm text-ink-soft">{t(obstacles[noVideo])}</p>}
      <p role="alert" className="mt-3 min-h-5 text-sm text-bad">
        {problem && t('The film could not be made: {problem}', { problem: t.say(problem) })}
      </p>
    </Dialog>
  );
}
