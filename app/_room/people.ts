import type { Person } from '@/lib/protocol/messages';

/** Somebody, and how many pages they have open here. */
export interface Gathered extends Person {
  readonly tabs: number;
}

/** Everyone once, in the order of their coming, but `you` first. */
export function gather(people: readonly Person[], you: Person | null): Gathered[] {
  const found = new Map<number, Gathered>();
  for (const person of you ? [you, ...people] : people) {
    const known = found.get(person.who);
    const tabs = people.filter(({ who }) => who === person.who).length;
    if (!known) found.set(person.who, { ...person, tabs });
  }
  return [...found.values()];
}
