/** A value outside React that tells its listeners when it has changed; fits `useSyncExternalStore`. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** @returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const { notify, subscribe } = createSignal();
  return {
    get: () => value,
    set(next) {
      if (Object.is(value, next)) return;
      value = next;
      notify();
    },
    subscribe,
  };
}

/** Listeners without a value: for state that is changed in place. */
export interface Signal {
  notify(): void;
  subscribe(listener: () => void): () => void;
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    notify() {
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
