import { useState } from 'react';
import { useGathered, useRoom, useYou } from '@/app/_hooks/context';
import type { Gathered } from '@/app/_room/people';
import { useText } from '@/app/_ui/language';
import { Avatar } from '@/app/_ui/person';
import { limits } from '@/lib/protocol/limits';
import { cleanName } from '@/lib/text/names';
import { ActivityLog } from './ActivityLog';

/** Who is here, and what they have done. */
export function PeoplePanel() {
  const t = useText();
  const people = useGathered();
  const isIn = useYou() !== null;
  const you = isIn ? people[0] : undefined;
  const others = you ? people.slice(1) : people;
  return (
    <section aria-label={t('People')} className="flex h-full flex-col">
      <header className="flex h-12 shrink-0 max-lg:h-10 items-center justify-between border-b border-line px-6">
        <h2 className="text-sm font-semibold">{t('People')}</h2>
        <span className="text-sm text-ink-faint tabular-nums">{people.length || ''}</span>
      </header>
      <ul data-clip className="max-h-[40%] shrink-0 overflow-y-auto px-6 py-3">
        <li className="flex h-11 items-center gap-3">{you && <You key={you.client} you={you} />}</li>
        {others.map((person) => (
          <li key={person.client} className="flex h-9 items-center gap-3 text-sm">
            <Avatar person={person} />
            <span className="truncate">{person.name}</span>
            <Tabs tabs={person.tabs} />
          </li>
        ))}
        {you && others.length === 0 && (
          <li className="py-2 text-sm text-ink-soft">{t('Only you so far. Send the link to somebody.')}</li>
        )}
      </ul>
      <ActivityLog />
    </section>
  );
}

/** How many tabs a person has open, if more than one. */
function Tabs({ tabs }: { tabs: number }) {
  const t = useText();
  if (tabs < 2) return null;
  return <span className="shrink-0 text-xs text-ink-faint">{t('in {places} tabs', { places: tabs })}</span>;
}

function You({ you }: { you: Gathered }) {
  const t = useText();
  const room = useRoom();
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    const name = cleanName(draft ?? '');
    setDraft(null);
    if (name && name !== you.name) void room.rename(name);
  };
  return (
    <>
      <Avatar person={you} />
      <input
        aria-label={t('Your name')}
        value={draft ?? you.name}
        spellCheck={false}
        onChange={({ target }) =>
          setDraft(
            room.notices.within(target.value, limits.nameCharacters, 'A name has at most {most} characters'),
          )
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        onBlur={finish}
        className="-mx-2 h-8 min-w-0 flex-1 truncate rounded-md border border-transparent px-2 text-sm font-medium transition-colors duration-150 hover:border-line focus:border-line-strong"
      />
      <Tabs tabs={you.tabs} />
      <span className="text-xs text-ink-faint">{t('you')}</span>
    </>
  );
}
