import type { ReactNode } from 'react';
import { useText } from '@/app/_ui/language';
import type { PlainMessage } from '@/lib/text/keys';
import { ViewConcepts } from './ViewConcepts';

/** The line above a large view: its name, what explains it, and at the right its tools. */
export function ViewHeader({
  title,
  name,
  about,
  children,
}: {
  title: PlainMessage;
  /** What people call it; shown in the title's place. */
  name?: string;
  about: ReactNode;
  children?: ReactNode;
}) {
  const t = useText();
  return (
    <header className="pointer-events-none relative z-10 row-start-1 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 py-1.5 pr-14 pl-4 *:pointer-events-auto">
      <div className="flex items-center gap-1">
        <h2 className="text-sm font-semibold text-ink">{name ?? t(title)}</h2>
        <ViewConcepts />
      </div>
      {about}
      <div className="ml-auto flex flex-wrap justify-end gap-2">{children}</div>
    </header>
  );
}
