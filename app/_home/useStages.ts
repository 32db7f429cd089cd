import { type RefObject, useEffect, useState } from 'react';

/** Milliseconds that a stage is shown, and the last one before it begins anew. */
const STAGE_MS = 900;
const LAST_MS = 3000;

/** Calls `change` with whether something may move: it is seen, its page too, and nobody asked for stillness. */
function watch(element: Element, change: (isMoving: boolean) => void): () => void {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let isSeen = false;
  const tell = () => change(isSeen && !document.hidden && !still.matches);
  const seen = new IntersectionObserver(([entry]) => {
    isSeen = entry?.isIntersecting ?? false;
    tell();
  });
  seen.observe(element);
  still.addEventListener('change', tell);
  document.addEventListener('visibilitychange', tell);
  return () => {
    seen.disconnect();
    still.removeEventListener('change', tell);
    document.removeEventListener('visibilitychange', tell);
  };
}

/** Which of `count` stages is shown now: one after the other while `element` is seen, else the last one. */
export function useStages(element: RefObject<Element | null>, count: number): number {
  const [stage, setStage] = useState(count - 1);
  const [isMoving, setIsMoving] = useState(false);
  useEffect(() => (element.current ? watch(element.current, setIsMoving) : undefined), [element]);
  useEffect(() => {
    if (!isMoving) return;
    const timer = setTimeout(() => setStage((stage + 1) % count), stage === count - 1 ? LAST_MS : STAGE_MS);
    return () => clearTimeout(timer);
  }, [isMoving, stage, count]);
  return stage;
}
