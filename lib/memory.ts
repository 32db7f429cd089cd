/**
 * What this browser remembers between visits. Where it remembers nothing (storage that is blocked, full or private),
 * the page itself does, as long as it lives.
 */

/** What the browser didn't take; counts before what it kept earlier. */
const unkept = new Map<string, string>();

function storage(): Storage | null {
  try {
    // Reading the property throws where storage is blocked.
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** What was kept under `key`, by this page or an earlier one; `null` if nothing is known. */
export function remembered(key: string): string | null {
  const here = unkept.get(key);
  if (here !== undefined) return here;
  try {
    return storage()?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  unkept.delete(key);
  try {
    const place = storage();
    if (!place) throw new Error('No storage');
    place.setItem(key, value);
  } catch {
    unkept.set(key, value);
  }
}

/** Calls `listener` after another page of this browser has kept something under `key`. @returns how to stop. */
export function onRemembered(key: string, listener: () => void): () => void {
  const hear = (event: StorageEvent) => {
    // `null`: everything was cleared.
    if (event.key !== key && event.key !== null) return;
    unkept.delete(key);
    listener();
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
