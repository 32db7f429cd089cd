import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useFrameStore, useRoom } from '@/app/_hooks/context';
import { useSurface } from '@/app/_hooks/surface';
import { whenIdle } from '@/app/_room/idle';
import { currentPalette, usePalette } from '@/app/_view/palette';
import type { Place } from '@/lib/protocol/messages';
import type { CloudHit } from './cloudMath';
import type { CloudScene } from './cloudScene';
import type { Colouring } from './colouring';

/** Why nothing is drawn: no WebGL 2, three.js didn't arrive, or the context is gone for now. */
type CloudFailure = 'unsupported' | 'unloaded' | 'lost';

interface CloudLooks {
  isLarge: boolean;
  isolated: number | null;
  /** Points that are shown alone. */
  selected: readonly number[] | null;
  colouring: Colouring;
  chosen: number | null;
}

type Hover = (hit: CloudHit | null) => void;
type Choose = (index: number | null) => void;

/** Loads the 3D scene, which is large, after the page. */
function useScene(onHover: Hover, onChoose: Choose) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [scene, setScene] = useState<CloudScene | null>(null);
  const [failure, setFailure] = useState<CloudFailure | null>(null);
  const [isTurning, setTurning] = useState(false);
  const frames = useFrameStore();
  const { surfaces } = useRoom().presence;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const events = {
      onHover,
      onChoose,
      onTurning: setTurning,
      onDraw: surfaces.tellMoved,
      onLost: (isLost: boolean) => setFailure(isLost ? 'lost' : null),
    };
    let created: CloudScene | null = null;
    let isGone = false;
    const create = async () => {
      const module = await import('./cloudScene').catch(() => null);
      if (isGone) return;
      const context = module && element.getContext('webgl2', { antialias: false, alpha: true });
      if (!context) {
        setFailure(module ? 'unsupported' : 'unloaded');
        return;
      }
      created = new module.CloudScene(element, context, frames, currentPalette(), events);
      setScene(created);
    };
    // A new WebGL context can hold the page up: not before there is something to draw, which pictures precede.
    let callOff = () => {};
    const begin = () => {
      if (!frames.get('points')) return;
      stopWaiting();
      callOff = whenIdle(create);
    };
    const stopWaiting = frames.subscribe('points', begin);
    begin();
    return () => {
      isGone = true;
      stopWaiting();
      callOff();
      created?.dispose();
    };
  }, [frames, surfaces, onHover, onChoose]);
  return { canvas, scene, failure, isTurning };
}

/** People point at places in space, which each sees from their own side. */
function usePointing(canvas: RefObject<HTMLCanvasElement | null>, scene: CloudScene | null): void {
  const placeAt = useCallback(
    (share: { readonly x: number; readonly y: number }): Place | null => {
      const at = scene?.spaceUnder(share);
      return at ? { kind: 'space', anchor: 'cloud', at } : null;
    },
    [scene],
  );
  const shareOf = useCallback(
    (place: Place) => (place.kind === 'space' ? (scene?.shareOf(place.at) ?? null) : null),
    [scene],
  );
  useSurface(canvas, 'cloud', { placeAt, shareOf });
}

/**
 * The 3D scene, kept in step with React's state.
 * `onHover` and `onChoose` are setters of states: they must stay the same.
 */
export function useCloud(
  { isLarge, isolated, selected, colouring, chosen }: CloudLooks,
  onHover: Hover,
  onChoose: Choose,
) {
  const { scene, ...shown } = useScene(onHover, onChoose);
  usePointing(shown.canvas, scene);
  const palette = usePalette();
  useEffect(() => {
    if (palette) scene?.setPalette(palette);
  }, [scene, palette]);
  const { presence } = useRoom();
  useEffect(() => presence.onMove(() => scene?.stir()), [scene, presence]);
  useEffect(() => scene?.setLarge(isLarge), [scene, isLarge]);
  useEffect(() => scene?.isolate(isolated), [scene, isolated]);
  useEffect(() => scene?.isolatePoints(selected), [scene, selected]);
  useEffect(() => scene?.colourBy(colouring), [scene, colouring]);
  useEffect(() => scene?.choose(chosen), [scene, chosen]);
  return { scene, ...shown };
}
