import { Download, Pause, Play } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { usePlayed } from '@/app/_hooks/explore';
import type { PathView } from '@/app/_hooks/path';
import { Button, IconButton } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { Picture } from '@/app/_view/Picture';
import tryStyles from '@/app/_view/try.module.css';
import { useOwnSize } from '@/app/_view/useOwnSize';
import { legsOf, placeAt } from '@/lib/explore/path';
import { PathSettings } from './PathSettings';
import { PathTrack } from './PathTrack';
import { nameOf } from './Pins';
import styles from './path.module.css';
import { useGliding } from './useGliding';

/** The picture at the playhead, and the path below it with its stops. */
export function PathPlayer(props: PathView) {
  const t = useText();
  const { explorable, trail, playback, pictures } = props;
  const { isPlaying, control } = playback;
  const own = useOwnSize(pictures);
  const isPath = legsOf(trail.course) > 0;
  return (
    <section aria-label={t('Path')} className={styles.player} style={own}>
      <Played explorable={explorable} />
      <div className={styles.course}>
        <div className={styles.bar}>
          <Button
            variant="primary"
            icon={isPlaying ? Pause : Play}
            disabled={!isPath || control.holder !== null}
            onClick={isPlaying ? playback.pause : playback.play}
          >
            {t(isPlaying ? 'Pause path' : 'Play path')}
          </Button>
          <p className={styles.readout}>
            {isPath ? (
              <Readout {...props} />
            ) : (
              t('A path needs two pins or more: press another one below, or this one again.')
            )}
          </p>
          {isPath && <Export {...props} />}
          <PathSettings explorable={explorable} trail={trail} playback={playback} />
        </div>
        <PathTrack {...props} />
      </div>
    </section>
  );
}

/** Apart from the rest, which doesn't change with each picture. */
function Played({ explorable }: Pick<PathView, 'explorable'>) {
  const t = useText();
  const shown = usePlayed(explorable).answer?.result ?? null;
  return (
    <div
      role="img"
      aria-label={t('On the path')}
      data-step={shown?.step}
      data-position={shown?.position ?? undefined}
      data-anchor="try:path"
    >
      <Picture batch={shown} index={0} className={tryStyles.hero} />
    </div>
  );
}

/** Between which pins the playhead is. */
function Readout({ trail, shelf, playback }: PathView) {
  const t = useText();
  const { course, stops } = trail;
  const place = useRef(placeAt(course, 'even', 0));
  const [, show] = useState('');
  useGliding(playback, (position) => {
    place.current = placeAt(course, 'even', position);
    show(`${place.current.from} ${place.current.to}`);
  });
  const name = (index: number): string => {
    const pin = stops[index]?.at;
    return pin ? nameOf(pin, shelf.pins.indexOf(pin), t) : '';
  };
  const { from, to } = place.current;
  return from === to ? name(from) : t('{from} to {to}##path', { from: name(from), to: name(to) });
}

const PathExport = lazy(async () => ({ default: (await import('./PathExport')).PathExport }));

/** Encoders come with the first export. */
function Export(props: PathView) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={Download} label={t('Export the path')} onClick={() => setOpen(true)} />
      <Suspense>{isOpen && <PathExport {...props} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
