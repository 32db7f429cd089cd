import { Search } from 'lucide-react';
import { useState } from 'react';
import { useClassText } from '@/app/_hooks/useClassNames';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useText } from '@/app/_ui/language';
import { type Found, nothingFound, searchCloud } from './findInCloud';
import { useSubjects } from './useSubjects';

/** Finds classes and points, in a text its characters and words. */
export function CloudSearch({ onFound }: { onFound(found: Found): void }) {
  const t = useText();
  const className = useClassText();
  const assets = useSnapshot('assets');
  const cloud = useSnapshot('points');
  const { characters } = useSubjects(false);
  const [isFound, setFound] = useState(true);
  const search = (text: string) => {
    const classes = (cloud?.classes ?? assets?.classes ?? []).map(className);
    const count = cloud?.count ?? 0;
    const shown = characters?.slice(0, count) ?? null;
    const found = searchCloud({ count, classes, characters: shown }, text);
    onFound(found ?? nothingFound);
    setFound(found !== null);
  };
  return (
    <label className="flex items-center gap-2 text-xs text-ink-soft">
      <Search aria-hidden size={14} />
      <input
        type="search"
        aria-label={t('Search the cloud')}
        placeholder={t(characters ? 'Character or word' : 'Class or number')}
        aria-invalid={!isFound}
        onChange={(event) => search(event.currentTarget.value)}
        className="h-7 min-w-0 flex-1 rounded-md border border-line bg-surface px-2 text-ink aria-invalid:border-danger"
      />
    </label>
  );
}
