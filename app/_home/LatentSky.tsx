'use client';

import { useEffect, useRef } from 'react';
import { watchHands } from '@/app/_ui/hands';
import { useText } from '@/app/_ui/language';
import { orderAt, Sky } from './sky';

/** Seconds into the show at which the still picture for reduced motion is taken: clusters have formed. */
const STILL = 9;
/** Where the show begins: noise that is about to settle. */
const BEGIN = 3;
/** Milliseconds between two pictures: so slow a drift needs no more. */
const PERIOD_MS = 50;
/** Over this many milliseconds a frame was missed; who misses one over a picture rests for so many times what it took. */
const MISSED_MS = 25;
const REST = 5;
/** Milliseconds without a hand after which the show ends with the next order, and the least order for that. */
const HANDLESS_MS = 10_000;
const ORDERED = 0.98;

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
  const clock = { handle: 0, timer: 0, drawn: 0, seconds: BEGIN };
  const isOver = () => still.matches || (hands.areResting && orderAt(clock.seconds) > ORDERED);
  const draw = (time: number) => {
    // After a rest the show goes on where it was.
    clock.seconds += Math.min(PERIOD_MS * REST, time - clock.drawn) / 1000;
    clock.drawn = time;
    sky.draw(still.matches ? STILL : clock.seconds);
    if (!isOver()) clock.handle = requestAnimationFrame(pause);
  };
  /** The time to the next frame tells what the drawing took. */
  const pause = (time: number) => {
    const took = time - clock.drawn;
    const wait = took > MISSED_MS ? REST * took : PERIOD_MS;
    clock.timer = window.setTimeout(() => {
      clock.handle = requestAnimationFrame(draw);
    }, wait - took);
  };
  const stop = () => {
    cancelAnimationFrame(clock.handle);
    clearTimeout(clock.timer);
  };
  const again = () => {
    stop();
    clock.handle = requestAnimationFrame(draw);
  };
  const hands = watchHands(() => !hands.areResting && again(), HANDLESS_MS);
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
    stop();
    hands.stop();
    theme.disconnect();
    size.disconnect();
    still.removeEventListener('change', again);
  };
}
