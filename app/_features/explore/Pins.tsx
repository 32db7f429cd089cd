import { Copy, Ellipsis, Trash2, Unplug } from 'lucide-react';
import { type CSSProperties, type MouseEvent, useRef, useState } from 'react';
import { useRoom, useYou } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import type { Explored } from '@/app/_hooks/explore';
import type { Shelf } from '@/app/_hooks/pins';
import { type Text, useText } from '@/app/_ui/language';
import { PopoverButton } from '@/app/_ui/PopoverButton';
import { Picture } from '@/app/_view/Picture';
import { ToolButton } from '@/app/_view/ToolButton';
import { limits } from '@/lib/protocol/limits';
import type { Pin } from '@/lib/room/pins';
import { type Sentence, say } from '@/lib/text/sentence';
import styles from './pins.module.css';
import { SortButtons } from './SortButtons';
import { useSorting } from './useSorting';

interface PinsProps {
  shelf: Shelf;
  /** The pictures of those that can be drawn, in their order; `null` until they have come. */
  pictures: Explored | null;
  /** What pressing a pin does, and what that is called; without it pins are looked at only. */
  onChoose?: { readonly purpose: string; run(pin: Pin): void };
}

/** What people keep, below what they explore: the same places, drawn by the weights as they are now. Nothing takes no room. */
export function Pins({ shelf, pictures, onChoose }: PinsProps) {
  const t = useText();
  const row = useRef<HTMLUListElement>(null);
  const { pins, drawable } = shelf;
  // An element that moves within its parent loses the pointer that drags it.
  const [dragged, setDragged] = useState<readonly string[] | null>(null);
  const places = new Map(pins.map(({ id }, place) => [id, place]));
  const standing = dragged ? pins.toSorted((a, b) => dragged.indexOf(a.id) - dragged.indexOf(b.id)) : pins;
  if (pins.length === 0) return null;
  return (
    <section aria-label={t('Pins')} className={styles.shelf}>
      <ul ref={row} className={styles.row}>
        {standing.map((pin) => (
          <li key={pin.id} data-tile={pin.id} style={{ order: places.get(pin.id) }}>
            <Tile
              pin={pin}
              place={places.get(pin.id) ?? 0}
              shelf={shelf}
              row={row}
              pictures={pictures}
              picture={drawable.findIndex(({ id }) => id === pin.id)}
              onChoose={onChoose}
              onDrag={(isDragged) => setDragged(isDragged ? pins.map(({ id }) => id) : null)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TileProps extends Omit<PinsProps, 'shelf'> {
  pin: Pin;
  place: number;
  shelf: Shelf;
  row: { readonly current: HTMLElement | null };
  /** Which of the pictures is its own; -1 for one that the model can't draw. */
  picture: number;
  onDrag(isDragged: boolean): void;
}

function Tile({ pin, place, shelf, row, pictures, picture, onChoose, onDrag }: TileProps) {
  const t = useText();
  const { notices } = useRoom();
  const control = useControl(controls.pin(pin.id, 'order'));
  const sorting = useSorting(control, pin.id, { element: row, all: keyed(shelf.pins) }, onDrag);
  const name = nameOf(pin, place, t);
  const isHere = picture >= 0;
  const choose = ({ detail }: MouseEvent) => {
    const isByKey = detail === 0;
    if (!isByKey && sorting.wasDragged()) return;
    if (isHere) onChoose?.run(pin);
    else notices.tell(whyNot(pin));
  };
  return (
    <div className={styles.pin} style={{ '--author': `var(--person-${pin.color})` } as CSSProperties}>
      <button
        type="button"
        aria-label={onChoose ? `${name}: ${onChoose.purpose}` : name}
        aria-disabled={!isHere || !onChoose}
        title={
          isHere
            ? t('{name}, kept by {by} at step {step}', { name, by: pin.by, step: pin.step })
            : t.say(whyNot(pin))
        }
        data-held={control.holder !== null}
        onClick={choose}
        {...sorting.handlers}
        className={styles.press}
      >
        {isHere ? (
          <Picture batch={pictures} index={picture} className={styles.picture} />
        ) : (
          <span className={`${styles.picture} ${styles.elsewhere}`}>
            <Unplug aria-hidden size={16} />
          </span>
        )}
        <span className={styles.name}>{name}</span>
      </button>
      <Menu pin={pin} name={name} shelf={shelf} isHere={isHere} />
    </div>
  );
}

const keyed = (pins: readonly Pin[]) => pins.map(({ id, order }) => ({ key: id, order }));

export const nameOf = ({ name }: Pin, place: number, t: Text): string =>
  name || t('Pin {place}', { place: place + 1 });

/** What a pin was kept of, where the present model can't draw it. */
const whyNot = ({ latent }: Pin): Sentence =>
  say(
    'Kept of another model, with {count} {count|number|numbers}. It is drawn again when that model is here.',
    { count: latent.length },
  );

interface MenuProps {
  pin: Pin;
  name: string;
  shelf: Shelf;
  isHere: boolean;
}

function Menu({ pin, name, shelf, isHere }: MenuProps) {
  const t = useText();
  const you = useYou();
  const naming = useControl(controls.pin(pin.id, 'name'));
  const order = useControl(controls.pin(pin.id, 'order'));
  return (
    <PopoverButton icon={Ellipsis} label={t('About {concept}', { concept: name })} width={280} role="dialog">
      {(isOpen) =>
        isOpen && (
          <div className="grid gap-3">
            <label className="grid gap-1 text-xs">
              {t('Name##pin')}
              <input
                value={pin.name}
                placeholder={name}
                maxLength={limits.pinNameCharacters}
                disabled={naming.holder !== null}
                onChange={(event) => naming.step(event.target.value)}
                className="h-9 rounded-lg border border-line bg-paper px-3 text-sm text-ink"
              />
            </label>
            <p className="text-xs">
              {isHere ? t('Kept by {by} at step {step}', { by: pin.by, step: pin.step }) : t.say(whyNot(pin))}
            </p>
            <div className="flex flex-wrap gap-2">
              <SortButtons control={order} tile={pin.id} all={keyed(shelf.pins)} />
              <ToolButton icon={Copy} disabled={shelf.isFull || !you} onClick={() => shelf.duplicate(pin)}>
                {t('Duplicate')}
              </ToolButton>
              <ToolButton icon={Trash2} onClick={() => shelf.remove(pin)}>
                {t('Remove')}
              </ToolButton>
            </div>
          </div>
        )
      }
    </PopoverButton>
  );
}
