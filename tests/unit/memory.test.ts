import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** What a browser's storage may be like. */
const storages = {
  'it remembers': () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  },
  'it is full, with an old value in it': () => ({
    getItem: () => 'old',
    setItem() {
      throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
    },
  }),
  'it answers nothing': () => ({
    getItem() {
      throw new DOMException('No', 'SecurityError');
    },
    setItem() {
      throw new DOMException('No', 'SecurityError');
    },
  }),
  'there is none': () => undefined,
  'it is blocked': () => {
    throw new DOMException('The operation is insecure', 'SecurityError');
  },
};
const kinds = Object.keys(storages) as (keyof typeof storages)[];

/** A page that was just loaded, with such a storage. */
async function load(kind: keyof typeof storages) {
  vi.resetModules();
  // A blocked storage throws each time that it is asked for.
  const get = kind === 'it is blocked' ? storages[kind] : constant(storages[kind]());
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get });
  return await import('@/lib/memory');
}
const constant =
  <T>(value: T) =>
  () =>
    value;

let before: PropertyDescriptor | undefined;
beforeEach(() => {
  before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
  if (before) Object.defineProperty(globalThis, 'localStorage', before);
});

test.each(kinds)('a page reads what it kept last: %s', async (kind) => {
  const { remember, remembered } = await load(kind);
  const write = fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.string());
  fc.assert(
    fc.property(fc.array(write, { minLength: 1, maxLength: 8 }), (writes) => {
      for (const [key, value] of writes) remember(key, value);
      const last = new Map(writes);
      for (const [key, value] of last) expect(remembered(key)).toBe(value);
    }),
    { seed: 20260322 },
  );
});

test('a name is proposed and stays, whatever the storage is like', async () => {
  for (const kind of kinds) {
    await load(kind);
    const { ownName, keepName } = await import('@/app/_room/name');
    const first = ownName();
    expect(first).toMatch(kind.startsWith('it is full') ? /^old$/ : /^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(ownName()).toBe(first);
    keepName('Ada');
    expect(ownName()).toBe('Ada');
  }
});
