import { Ellipsis, Trash2 } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import type { PathView } from '@/app/_hooks/path';
import { useDrag } from '@/app/_ui/grip';
import { useText } from '@/app/_ui/language';
import { PopoverButton } from '@/app/_ui/PopoverButton';
import { Picture } from '@/app/_view/Picture';
import { ToolButton } from '@/app/_view/ToolButton';
import { legsOf } from '@/lib/explore/path';
import { type PinnedStop, removeStop } from '@/lib/room/path';
import { nameOf } from './Pins';
import styles from './path.module.css';
import { SortButtons } from './SortButtons';
import { useGliding } from './useGliding';
import { useSorting } from './useSorting';

/** The stops in a row, and the playhead that goes along below them. */
export function PathTrack(props: PathView) {
  const t = useText();
  const row = useRef<HTMLOListElement>(null);
  const { trail } = props;
  const { stops, course } = trail;
  // An element that moves within its parent loses the pointer that drags it.
  const [dragged, setDragged] = useState<readonly string[] | null>(null);
  const places = new Map(stops.map(({ key }, place) => [key, place]));
  const standing = dragged
    ? stops.toSorted((a, b) => dragged.indexOf(a.key) - dragged.indexOf(b.key))
    : stops;
  const isClosed = course.atEnd === 'closed' && legsOf(course) > 0;
  const columns = stops.length + (isClosed ? 1 : 0);
  const [first] = stops;
  return (
    <div className={styles.scroll}>
      <div className={styles.track} style={{ '--columns': columns } as CSSProperties}>
        <ol ref={row} aria-label={t('Stops')} className={styles.stops}>
          {standing.map((stop) => (
            <li key={stop.key} data-tile={stop.key} style={{ order: places.get(stop.key) }}>
              <Tile
                {...props}
                stop={stop}
                place={places.get(stop.key) ?? 0}
                row={row}
                onDrag={(isDragged) => setDragged(isDragged ? stops.map(({ key }) => key) : null)}
              />
            </li>
          ))}
          {isClosed && first && (
            <li aria-hidden className={styles.again} style={{ order: stops.length }}>
              <Thumbnail {...props} stop={first} />
            </li>
          )}
        </ol>
        <Scrubber {...props} columns={columns} />
      </div>
    </div>
  );
}

function Thumbnail({ stop, shelf, pictures }: Pick<PathView, 'shelf' | 'pictures'> & { stop: PinnedStop }) {
  const index = shelf.drawable.indexOf(stop.at);
  return <Picture batch={pictures} index={Math.max(0, index)} className={styles.picture} />;
}

interface TileProps extends PathView {
  readonly stop: PinnedStop;
  readonly place: number;
  readonly row: { readonly current: HTMLElement | null };
  onDrag(isDragged: boolean): void;
}

function Tile(props: TileProps) {
  const t = useText();
  const { stop, place, row, trail, shelf, playback, onDrag } = props;
  const control = useControl(controls.path(stop.key));
  const sorting = useSorting(control, stop.key, { element: row, all: trail.stops }, onDrag);
  const name = nameOf(stop.at, shelf.pins.indexOf(stop.at), t);
  const go = ({ detail }: MouseEvent) => {
    const isByKey = detail === 0;
    if (playback.control.holder === null && (isByKey || !sorting.wasDragged())) playback.seek(place);
  };
  return (
    <div className={styles.stop} style={{ '--author': `var(--person-${stop.at.color})` } as CSSProperties}>
      <button
        type="button"
        aria-label={t('Stop {place}, {name}: go there', { place: place + 1, name })}
        title={name}
        data-held={control.holder !== null}
        onClick={go}
        {...sorting.handlers}
        className={styles.press}
      >
        <Thumbnail {...props} />
      </button>
      <Menu {...props} name={name} />
    </div>
  );
}

function Menu({ stop, place, trail, name }: TileProps & { name: string }) {
  const t = useText();
  const order = useControl(controls.path(stop.key));
  return (
    <PopoverButton
      icon={Ellipsis}
      label={t('About stop {place}, {name}', { place: place + 1, name })}
      width={280}
      role="dialog"
    >
      {(isOpen) =>
        isOpen && (
          <div className="flex flex-wrap gap-2">
            <SortButtons control={order} tile={stop.key} all={trail.stops} />
            <ToolButton
              icon={Trash2}
              onClick={() => trail.change((doc, origin) => removeStop(doc, stop.key, origin))}
            >
              {t('Off the path')}
            </ToolButton>
          </div>
        )
      }
    </PopoverButton>
  );
}

/** Stops that a key moves the playhead by. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 0.1,
  ArrowUp: 0.1,
  ArrowLeft: -0.1,
  ArrowDown: -0.1,
  PageUp: 1,
  PageDown: -1,
};
/** Within which share of a leg the playhead goes to the stop itself. */
const SNAP = 0.04;

const snapped = (position: number): number =>
  Math.abs(position - Math.round(position)) < SNAP ? Math.round(position) : position;

function Scrubber({ trail, playback, columns }: PathView & { columns: number }) {
  const t = useText();
  const slider = useRef<HTMLDivElement>(null);
  const legs = legsOf(trail.course);
  const { grip, control } = playback;
  const { holder } = control;
  const inside = (position: number) => Math.min(legs, Math.max(0, position));
  const { handlers } = useDrag(grip, legs === 0, ({ event }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return snapped(inside(((event.clientX - left) / width) * columns - 0.5));
  });
  useGliding(playback, (position) => {
    const { current } = slider;
    if (!current) return;
    const now = position.toFixed(4);
    current.style.setProperty('--at', now);
    current.dataset.position = now;
    current.setAttribute('aria-valuenow', position.toFixed(1));
  });
  const press = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    const edge = { Home: 0, End: legs }[event.key];
    if (by === undefined && edge === undefined) return;
    event.preventDefault();
    if (!holder) grip.step(edge ?? snapped(inside(playback.position() + (by ?? 0))));
  };
  return (
    <div
      ref={slider}
      role="slider"
      tabIndex={legs > 0 ? 0 : -1}
      aria-label={t('Place on the path')}
      aria-valuemin={0}
      aria-valuemax={legs}
      aria-valuenow={0}
      aria-disabled={holder || legs === 0 ? true : undefined}
      title={holder?.name}
      data-control={control.name}
      onKeyDown={press}
      {...handlers}
      className={styles.scrubber}
      style={holder ? ({ '--holder': `var(--person-${holder.color})` } as CSSProperties) : undefined}
    >
      <span />
      <i />
    </div>
  );
}
