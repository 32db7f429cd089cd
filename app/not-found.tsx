import { NewPlayground } from '@/app/_home/NewPlayground';
import { Say } from './_ui/Say';

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6 text-center">
      <div className="flex max-w-md flex-col items-center">
        <p aria-hidden className="text-6xl text-ink-faint">
          ○
        </p>
        <h1 className="mt-6 text-3xl font-semibold tracking-tight">
          <Say text="This link opens no playground" />
        </h1>
        <p className="mt-4 mb-8 leading-relaxed text-ink-soft">
          <Say text="Perhaps a character was lost when it was copied. Ask for the link again, or open a room of your own." />
        </p>
        <NewPlayground />
      </div>
    </main>
  );
}
