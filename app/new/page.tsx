import type { Metadata } from 'next';
import { OpenPreset } from '@/app/_home/OpenPreset';
import { addressOf } from '@/lib/address';
import { modelOf } from '@/lib/catalog/models';
import { presetOf } from '@/lib/catalog/presets';
import { Say } from '../_ui/Say';

export const metadata: Metadata = { title: 'New playground' };

/** A preset as a link: opens a fresh playground with it. */
export default async function NewPlaygroundPage({
  searchParams,
}: {
  searchParams: Promise<{ preset?: string | string[] }>;
}) {
  const { preset: wanted } = await searchParams;
  const preset = typeof wanted === 'string' ? presetOf(wanted) : null;
  return (
    <main className="grid min-h-dvh place-items-center p-6 text-center">
      <div className="flex max-w-md flex-col items-center">
        {wanted !== undefined && !preset ? (
          <Unknown />
        ) : (
          <>
            <h1 className="text-3xl font-semibold tracking-tight">
              {preset ? (
                <>
                  <Say text={modelOf(preset.model).label} />: <Say text={preset.label} />
                </>
              ) : (
                <Say text="New playground" />
              )}
            </h1>
            {preset && (
              <p className="mt-4 leading-relaxed text-ink-soft">
                <Say text={preset.about} />
              </p>
            )}
            <OpenPreset preset={preset?.id ?? null} />
          </>
        )}
      </div>
    </main>
  );
}

function Unknown() {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        <Say text="There is no such preset" />
      </h1>
      <p className="mt-4 mb-8 leading-relaxed text-ink-soft">
        <Say text="Perhaps a character was lost when the link was copied, or the preset has gone. All that exist are in the gallery." />
      </p>
      <a
        href={addressOf('/')}
        className="inline-flex h-12 items-center rounded-xl bg-ink px-6 font-semibold text-paper transition-colors duration-150 hover:bg-ink/85"
      >
        <Say text="To the gallery" />
      </a>
    </>
  );
}
