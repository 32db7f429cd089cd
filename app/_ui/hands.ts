/** Milliseconds without activity after which what moves by itself rests. */
const REST_MS = 30_000;

const signs = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/** Whether somebody is active on the page. */
export interface Hands {
  readonly areResting: boolean;
  /** To be called when somebody is active, here or elsewhere. */
  stir(): void;
  stop(): void;
}

/**
 * Watches pointer and keys of this page.
 * @param onChange they came to rest, or stirred again.
 */
export function watchHands(onChange: () => void, restMs = REST_MS): Hands {
  let areResting = false;
  let stirred = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    const left = stirred + restMs - performance.now();
    timer = setTimeout(left > 0 ? wait : rest, Math.max(0, left));
  };
  const rest = () => {
    timer = undefined;
    areResting = true;
    onChange();
  };
  const stir = () => {
    stirred = performance.now();
    if (!areResting) return;
    areResting = false;
    wait();
    onChange();
  };
  for (const sign of signs) addEventListener(sign, stir, { passive: true });
  wait();
  return {
    get areResting() {
      return areResting;
    },
    stir,
    stop() {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, stir);
    },
  };
}
