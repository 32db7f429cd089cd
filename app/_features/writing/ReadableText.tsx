import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Candidate, candidatesAt, lengthOf, type Passage } from '@/app/_room/passages';
import { keyOf } from '@/app/_ui/keys';
import { useText } from '@/app/_ui/language';
import { BestFive, percent, visible } from './BestFive';
import { Prompt } from './Prompt';
import { TextPage } from './TextPage';
import { TintedText } from './TintedText';
import { useFill } from './useFill';

/** Milliseconds that the card stays when the pointer has left, to be reached. */
const LEAVE_MS = 250;
/** CSS pixels from the end within which a page that grows is kept at its end. */
const FOLLOW = 48;
/** Characters that appear at once where a text isn't followed. */
const LEAP = 50;

interface ReadableTextProps {
  label: string;
  step?: number;
  prompt?: string;
  /** Characters of the prompt that the model doesn't know. */
  unknown?: string;
  passage: Passage | null;
  /** How many characters are shown. */
  shown: number;
  /** Called to write another character at an index, and to go on from there. */
  onBranch(place: number, character: string): void;
  /** Called when the card of alternatives opens or closes. */
  onHold?(isHeld: boolean): void;
  /** Shown in place of a text that isn't there yet. */
  children?: ReactNode;
}

/** A text whose characters show their alternatives. Arrow keys go from one to the next. */
export function ReadableText(props: ReadableTextProps) {
  const { label, step, prompt = '', unknown = '', passage, shown, onBranch, onHold, children } = props;
  const page = useRef<HTMLElement>(null);
  const { at, move, leave, close, pin } = usePlace(shown);
  useFollowing(page, shown);
  const size = useFill(page, passage ? prompt + passage.text : '');
  const characters = passage ? [...passage.text] : [];
  const candidates = passage && at !== null ? candidatesAt(passage, at) : [];
  const written = {
    character: characters[at ?? -1] ?? '',
    probability: (passage?.probabilities[at ?? -1] ?? 0) / 255,
  };
  const isOpen = at !== null && at < shown && candidates.length > 0;
  useHolding(isOpen, onHold);
  const choose = (character: string) => {
    if (at === null) return;
    close();
    page.current?.focus();
    onBranch(at, character);
  };
  const press = (event: KeyboardEvent) => {
    if (at === null || !passage) return moveByKey(event, at, shown, pin);
    const digit = candidates[Number(keyOf(event)) - 1];
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === page.current)
      page.current?.querySelector<HTMLElement>('[data-card] button')?.focus();
    else if (digit) choose(digit.character);
    else return moveByKey(event, at, Math.min(shown, lengthOf(passage)), pin);
    event.preventDefault();
    if (event.key === 'Escape') page.current?.focus();
  };
  return (
    <TextPage
      ref={page}
      label={label}
      step={step}
      style={size === undefined ? undefined : { fontSize: size }}
      onPointerMove={(event) => move(event)}
      onPointerLeave={leave}
      onClick={(event) => move(event, true)}
      onKeyDown={press}
    >
      {passage ? (
        <>
          <Prompt text={prompt} unknown={unknown} />
          <TintedText
            characters={characters}
            probabilities={passage.probabilities}
            shown={shown}
            at={isOpen ? at : null}
          />
          {isOpen && <BestFive candidates={candidates} written={written} place={at} onChoose={choose} />}
        </>
      ) : (
        children
      )}
      <Announcement written={isOpen ? written : null} candidates={candidates} />
    </TextPage>
  );
}

function Announcement({
  written,
  candidates,
}: {
  written: Candidate | null;
  candidates: readonly Candidate[];
}) {
  const t = useText();
  const name = ({ character, probability }: Candidate) => `${visible(character)} ${percent(probability)}`;
  return (
    <span role="status" className="sr-only">
      {written &&
        t('{written}. Likeliest: {best}. Press 1 to 5 to go on with another.', {
          written: name(written),
          best: candidates.map(name).join(', '),
        })}
    </span>
  );
}

function moveByKey(
  event: KeyboardEvent,
  at: number | null,
  shown: number,
  pin: (place: number) => void,
): void {
  const last = shown - 1;
  if (last < 0) return;
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: at === null ? 0 : Math.min(at + 1, last),
    ArrowLeft: at === null ? last : Math.max(at - 1, 0),
    Home: 0,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  pin(target);
}

/** The character that is pointed at, by pointer, touch or key. */
function usePlace(shown: number) {
  const [place, setPlace] = useState<{ at: number; isPinned: boolean } | null>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);
  const at = place && place.at < shown ? place.at : null;
  const move = ({ target, type }: PointerEvent | React.MouseEvent, isPinned = false) => {
    const element = target instanceof Element ? target : null;
    if (element?.closest('[data-card]')) return clearTimeout(leaving.current);
    const found = element?.closest<HTMLElement>('[data-place]');
    if (!found) {
      if (type === 'click') setPlace(null);
      return;
    }
    clearTimeout(leaving.current);
    const next = Number(found.dataset.place);
    setPlace((before) =>
      isPinned || (!before?.isPinned && before?.at !== next) ? { at: next, isPinned } : before,
    );
  };
  const leave = () => {
    leaving.current = setTimeout(() => setPlace((before) => (before?.isPinned ? before : null)), LEAVE_MS);
  };
  return {
    at,
    move,
    leave,
    close: () => setPlace(null),
    pin: (next: number) => setPlace({ at: next, isPinned: true }),
  };
}

/** Calls `tell` when looking into the text begins and ends, also when the text goes. */
function useHolding(isHeld: boolean, tell: ReadableTextProps['onHold']): void {
  const newest = useRef(tell);
  newest.current = tell;
  useEffect(() => {
    if (!isHeld) return;
    newest.current?.(true);
    return () => newest.current?.(false);
  }, [isHeld]);
}

/** Keeps a page at its end while it grows, unless somebody has scrolled away from it. */
function useFollowing(page: React.RefObject<HTMLElement | null>, shown: number): void {
  const before = useRef({ height: 0, shown: 0 });
  useLayoutEffect(() => {
    const element = page.current;
    if (!element || shown === 0) return;
    const { scrollTop, clientHeight, scrollHeight } = element;
    const { height, shown: earlier } = before.current;
    // A text that appears as a whole is read from its beginning.
    const grows = shown > earlier && shown - earlier < LEAP;
    if (grows && scrollTop + clientHeight >= height - FOLLOW) element.scrollTop = scrollHeight;
    before.current = { height: scrollHeight, shown };
  }, [page, shown]);
}
