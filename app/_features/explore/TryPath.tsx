import { ListPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFrameStore, useGenerator, useRoom, useRun } from '@/app/_hooks/context';
import { type Explorable, useExplore, useExplored, useLooking } from '@/app/_hooks/explore';
import { type Trail, usePlayback, useTrail } from '@/app/_hooks/path';
import { useShelf } from '@/app/_hooks/pins';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryFrame } from '@/app/_view/TryFrame';
import styles from '@/app/_view/try.module.css';
import { isOf } from '@/lib/catalog/models';
import { blendedBetween, placeAt } from '@/lib/explore/path';
import { generatorId } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { addStops } from '@/lib/room/path';
import { type Drawer, mostOf } from '@/lib/room/questions';
import { KeepButton } from './KeepButton';
import { NoPath } from './NoPath';
import { PathPlayer } from './PathPlayer';
import { Pins } from './Pins';
import type { TryProps } from './TryCoding';

/** A path through pins, which all see played at one time. */
export function TryPath({ ways }: TryProps) {
  const run = useRun();
  if (!run || isOf('text', run.spec.recipe)) return null;
  const { id, recipe } = run.spec;
  // Two a resolution.
  const layers = recipe.model === 'stylegan' ? 2 * recipe.values.synthesisFilters.length : 0;
  const explorable = { owner: recipe.model, id, size: recipe.values.codingSize, layers };
  const drawer = { ...explorable, fields: [], most: limits.sampleImages };
  return <Bench key={recipe.model} explorable={explorable} drawer={drawer} ways={ways} />;
}

/** The same with a generator that somebody brought along. */
export function TryOwnPath({ ways }: TryProps) {
  const generator = useGenerator();
  if (!generator) return null;
  const { latentSize: size, layers, fields } = generator.info;
  const explorable = { owner: 'generator', id: generatorId(generator), size, layers } as const;
  const drawer = { ...explorable, fields, most: mostOf(generator.info) };
  return (
    <Bench key={explorable.id} explorable={explorable} drawer={drawer} ways={ways} title={generator.name} />
  );
}

interface BenchProps {
  readonly explorable: Explorable;
  readonly drawer: Drawer;
  readonly ways: ReactNode;
  readonly title?: string;
}

/** All that a path needs: the shelf with its pictures, the path, its playhead, and keeping where that is. */
function usePath(explorable: Explorable) {
  const { owner, id, layers } = explorable;
  const { document } = useRoom();
  const frames = useFrameStore();
  const { entries } = useExplore(owner);
  const shelf = useShelf(owner, explorable);
  const pinned = useExplored('pinned', explorable, entries, shelf.drawable);
  const trail = useTrail(explorable, shelf);
  const playback = usePlayback(trail.course);
  const { stops, course, path, way } = trail;
  const keep = () => {
    const { from, to, t } = placeAt(course, path.easing, playback.position());
    const [a, b] = [stops[from]?.at, stops[to]?.at];
    const step = frames.explored.get().played?.header.step ?? 0;
    if (!a || !b) return;
    const { latent, blend } = blendedBetween(a, b, t, way, layers);
    shelf.keep({ owner, run: id, step, latent, blend });
  };
  const add = (ids: readonly string[]) => trail.change((doc, origin) => addStops(doc, ids, origin));
  return { document, shelf, pinned, trail, playback, keep: stops.length > 0 ? keep : null, add };
}

/** Pins of the model that aren't on the path yet, in the order of the shelf. */
const missing = ({ stops }: Trail, { pins, drawable }: ReturnType<typeof useShelf>): string[] =>
  pins
    .filter((pin) => drawable.includes(pin) && !stops.some((stop) => stop.pin === pin.id))
    .map(({ id }) => id);

function Bench({ explorable, drawer, ways, title }: BenchProps) {
  const t = useText();
  const { shelf, pinned, trail, playback, keep, add } = usePath(explorable);
  useLooking(explorable.owner === 'generator' ? 'generator' : 'run', ['pinned', 'played']);
  const others = missing(trail, shelf);
  const pictures = pinned.answer?.result ?? null;
  return (
    <TryFrame
      living={false}
      title={title}
      asked={shelf.drawable.length > 0 ? [pinned] : []}
      movers={playback.control.holder ? [playback.control.holder] : []}
      tools={
        <>
          {ways}
          <KeepButton keep={keep} isFull={shelf.isFull} />
          <ToolButton icon={ListPlus} disabled={others.length === 0} onClick={() => add(others)}>
            {t('Add all pins')}
          </ToolButton>
        </>
      }
      shelf={
        <Pins
          shelf={shelf}
          pictures={pictures}
          onChoose={{ purpose: t('Add to the path'), run: (pin) => add([pin.id]) }}
        />
      }
    >
      <div className={styles.room}>
        {trail.stops.length === 0 ? (
          <NoPath explorable={explorable} shelf={shelf} trail={trail} />
        ) : (
          <PathPlayer
            explorable={explorable}
            drawer={drawer}
            shelf={shelf}
            trail={trail}
            playback={playback}
            pictures={pictures}
          />
        )}
      </div>
    </TryFrame>
  );
}
