import { LatentSky } from '@/app/_home/LatentSky';
import { ModelGallery } from '@/app/_home/ModelGallery';
import { NewPlayground } from '@/app/_home/NewPlayground';
import { RecentPlaygrounds } from '@/app/_home/RecentPlaygrounds';
import type { PlainMessage } from '@/lib/text/keys';
import { LanguageSwitch } from './_ui/LanguageSwitch';
import { Say } from './_ui/Say';
import { ThemeToggle } from './_ui/ThemeToggle';

const facts: readonly { readonly title: PlainMessage; readonly text: PlainMessage }[] = [
  { title: 'Tune it', text: 'Every slider moves on all screens at once, with the name of whoever moves it.' },
  {
    title: 'Watch it learn',
    text: 'Curves, pictures and a 3D map of what the model knows, drawn live for all.',
  },
  {
    title: 'Keep the link',
    text: 'Leave, come back, join late: the room and its whole history are still there.',
  },
];

export default function Home() {
  return (
    <div className="relative flex min-h-dvh flex-col">
      <div className="absolute inset-x-0 top-0 h-dvh overflow-hidden">
        <LatentSky />
      </div>
      <header className="relative flex h-16 items-center justify-between px-6 lg:px-16">
        <span className="text-lg font-semibold tracking-tight">Colatent</span>
        <div className="flex">
          <LanguageSwitch />
          <ThemeToggle />
        </div>
      </header>
      <main className="relative flex flex-1 flex-col">
        <div className="px-6 pt-[42dvh] pb-12 lg:flex lg:min-h-[calc(100dvh-23rem)] lg:flex-col lg:justify-center lg:px-16 lg:pt-0 lg:pb-8">
          <h1 className="text-5xl leading-[1.05] whitespace-nowrap font-semibold tracking-tight lg:text-[clamp(3.5rem,min(6vw,10.5dvh),8rem)]">
            <span className="block">
              <Say text="One link." />
            </span>
            <span className="block">
              <Say text="One model." />
            </span>
            <span className="block">
              <Say text="Many hands." />
            </span>
          </h1>
          <p className="mt-6 max-w-lg text-lg leading-relaxed text-ink-soft">
            <Say text="Colatent is a shared room around a generative model. Turn its knobs together, teach it, and see, live, how noise becomes order." />
          </p>
          <div className="mt-8 flex flex-wrap items-center gap-4">
            <NewPlayground />
            <span className="text-sm text-ink-faint">
              <Say text="No account. Whoever has the link is in." />
            </span>
          </div>
        </div>
        <RecentPlaygrounds />
        <section aria-labelledby="gallery" className="px-6 pb-12 lg:px-16">
          <h2 id="gallery" className="mb-4 text-sm font-semibold">
            <Say text="Or begin with a model: open it, then press Train" />
          </h2>
          <ModelGallery className="sm:grid-cols-2 lg:grid-cols-5" />
        </section>
      </main>
      <ul className="relative grid gap-6 border-t border-line bg-paper px-6 py-8 sm:grid-cols-3 lg:gap-16 lg:px-16">
        {facts.map(({ title, text }) => (
          <li key={title} className="max-w-sm">
            <h2 className="text-sm font-semibold">
              <Say text={title} />
            </h2>
            <p className="mt-1 text-sm leading-relaxed text-ink-soft">
              <Say text={text} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
