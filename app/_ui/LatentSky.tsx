'use client';

import { useEffect, useRef } from 'react';
import { useText } from './language';
import { Sky } from './sky';

/** Seconds into the show at which the still picture for reduced motion is taken: clusters have formed. */
const STILL = 9;
/** Where the show begins: noise that is about to settle. */
const BEGIN = 3;
/** Milliseconds between two pictures: so slow a drift needs no more. */
const PERIOD_MS = 33;
/** Over this many milliseconds a frame was missed; who misses one over a picture rests for so many times what it took. */
const MISSED_MS = 25;
const REST = 5;

/** Decoration of the home page: a cloud of shapes that drifts from noise to order, and two people looking at it. */
export function LatentSky() {
  const t = useText();
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = element.current;
    const pen = canvas?.getContext('2d');
    return canvas && pen ? play(canvas, new Sky(canvas, pen, [t('a friend'), t('you')])) : undefined;
  }, [t]);
  return <canvas ref={element} aria-hidden className="pointer-events-none absolute inset-0 size-full" />;
}

/** @returns the function that ends the show. */
function play(canvas: HTMLCanvasElement, sky: Sky): () => void {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let handle = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let next = drawn;
  /** Whether the frame before this one drew, so that the time between them tells what that took. */
  let hasJustDrawn = false;
  const frame = (time: number) => {
    const took = time - drawn;
    if (hasJustDrawn) next = drawn + (took > MISSED_MS ? REST * took : PERIOD_MS);
    hasJustDrawn = time >= next;
    if (hasJustDrawn) {
      sky.draw(still.matches ? STILL : BEGIN + time / 1000);
      drawn = time;
    }
    if (!still.matches) handle = requestAnimationFrame(frame);
  };
  const again = () => {
    cancelAnimationFrame(handle);
    next = Number.NEGATIVE_INFINITY;
    hasJustDrawn = false;
    handle = requestAnimationFrame(frame);
  };
  const recolor = () => {
    sky.recolor();
    again();
  };
  const theme = new MutationObserver(recolor);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const size = new ResizeObserver(again);
  size.observe(canvas);
  still.addEventListener('change', again);
  again();
  return () => {
    cancelAnimationFrame(handle);
    theme.disconnect();
    size.disconnect();
    still.removeEventListener('change', again);
  };
}
