'use client';

import { Button } from './_ui/Button';
import { useText } from './_ui/language';

export default function PageError({ error }: { error: Error & { digest?: string } }) {
  const t = useText();
  return (
    <main className="grid min-h-dvh place-items-center p-6 text-center">
      <div className="flex max-w-md flex-col items-center">
        <h1 className="text-3xl font-semibold tracking-tight">{t('This page broke')}</h1>
        <p className="mt-4 leading-relaxed text-ink-soft">
          {t('The playground itself is safe on the server. Load the page again to go on where you were.')}
        </p>
        <p className="mt-4 mb-8 font-mono text-xs text-ink-faint">{error.digest ?? error.message}</p>
        <Button variant="primary" onClick={() => location.reload()}>
          {t('Load again')}
        </Button>
      </div>
    </main>
  );
}
