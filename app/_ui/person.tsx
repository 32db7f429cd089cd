import type { Person } from '@/lib/protocol/messages';

/** Somebody's colour, as all see it. */
export function colorOf(person: Pick<Person, 'color'>): string {
  return `var(--person-${person.color})`;
}

/** First letters of up to two words: "Curious Otter" is CO. */
function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** A disc in somebody's colour. Decoration: the name stands beside it. */
export function Avatar({ person, size = 28 }: { person: Pick<Person, 'name' | 'color'>; size?: number }) {
  return (
    <span
      aria-hidden
      className="grid shrink-0 place-items-center rounded-full font-semibold text-paper select-none"
      style={{ background: colorOf(person), width: size, height: size, fontSize: size * 0.38 }}
    >
      {initials(person.name)}
    </span>
  );
}
