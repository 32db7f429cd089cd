import { createSignal } from './store';

/** The view and the moment that a person looks at, kept after the `#` of the page's address. */
export interface ViewAddress {
  /** Id of the large view; `null` for the first one. */
  readonly view: string | null;
  /** The step in the past that views show; `null` for the newest. */
  readonly step: number | null;
}

/**
 * Milliseconds for which a moment must be shown before its step is written: browsers limit how often an address
 * changes.
 */
const RESTS_MS = 400;

export function readHash(hash: string): ViewAddress {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const step = values.get('step') ?? '';
  return { view: values.get('view') || null, step: /^\d{1,15}$/.test(step) ? Number(step) : null };
}

/** The hash with other values; further entries in it stay. */
export function writeHash(hash: string, { view, step }: ViewAddress): string {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  for (const [name, value] of [
    ['view', view],
    ['step', step],
  ] as const) {
    if (value === null) values.delete(name);
    else values.set(name, String(value));
  }
  return values.size > 0 ? `#${values}` : '';
}

const views = createSignal();
let timer: ReturnType<typeof setTimeout> | undefined;

const current = (): ViewAddress => readHash(location.hash);

/** The address with another hash; without one, its path and query. */
const addressAt = (address: ViewAddress) =>
  `${location.pathname}${location.search}${writeHash(location.hash, address)}`;

/** The view in the page's address. */
export const viewInAddress = (): string | null => current().view;

/** The step in the page's address. */
export const stepInAddress = (): number | null => current().step;

/** Puts another view into the address; Back leads to the one before. */
export function goToView(view: string): void {
  if (view === current().view) return;
  history.pushState(null, '', addressAt({ ...current(), view }));
  views.notify();
}

/**
 * Writes the step of the moment that is shown into the address, in place of the last one; that it is live again
 * at once.
 */
export function keepStep(step: number | null): void {
  forgetStep();
  if (step === null) replaceStep(step);
  else timer = setTimeout(() => replaceStep(step), RESTS_MS);
}

/** Cancels writing a step that isn't written yet. */
export function forgetStep(): void {
  clearTimeout(timer);
}

function replaceStep(step: number | null): void {
  if (step !== current().step) history.replaceState(null, '', addressAt({ ...current(), step }));
}

/** Back, Forward and what is typed into the address. @returns the function that ends it. */
export function onTravel(listener: () => void): () => void {
  const travel = () => {
    forgetStep();
    listener();
  };
  addEventListener('popstate', travel);
  return () => removeEventListener('popstate', travel);
}

/** Any change of the view that the address names. @returns the function that ends it. */
export function subscribeToView(listener: () => void): () => void {
  const ends = [views.subscribe(listener), onTravel(listener)];
  return () => {
    for (const end of ends) end();
  };
}
