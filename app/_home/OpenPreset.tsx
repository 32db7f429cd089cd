'use client';

import { LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_ui/Button';
import { ForeignAddress } from '@/app/_ui/ForeignAddress';
import { useText } from '@/app/_ui/language';
import { sentenceOf } from '@/lib/text/sentence';
import { createPlayground, OriginRefused } from './openPlayground';

/** Opens a playground at once; it takes this page's place, so that Back goes where one came from. */
export function OpenPreset({ preset }: { preset: string | null }) {
  const t = useText();
  const [problem, setProblem] = useState<Error | null>(null);
  const begun = useRef(false);
  const open = () => {
    setProblem(null);
    createPlayground(preset).then(
      (path) => location.replace(path),
      (error: unknown) => setProblem(error instanceof Error ? error : new Error(String(error))),
    );
  };
  useEffect(() => {
    // Once, even where effects run twice.
    if (begun.current) return;
    begun.current = true;
    open();
  });
  return (
    <div className="mt-8 flex min-h-20 flex-col items-center gap-4">
      {problem === null ? (
        <LoaderCircle aria-label={t('Opening the playground')} className="animate-spin text-ink-faint" />
      ) : (
        <>
          <p role="alert" className="text-bad">
            {problem instanceof OriginRefused ? <ForeignAddress /> : t.say(sentenceOf(problem))}
          </p>
          <Button variant="primary" onClick={open}>
            {t('Try again')}
          </Button>
        </>
      )}
    </div>
  );
}
