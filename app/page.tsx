import { LanguageSwitch } from './_ui/LanguageSwitch';
import { LatentSky } from './_ui/LatentSky';
import { NewPlayground } from './_ui/NewPlayground';
import { ThemeToggle } from './_ui/ThemeToggle';

const facts = [
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
    <div className="relative flex min-h-dvh flex-col overflow-hidden">
      <LatentSky />
      <header className="relative flex h-16 items-center justify-between px-6 lg:px-16">
        <span className="text-lg font-semibold tracking-tight">Colatent</span>
        <div className="flex">
          <LanguageSwitch />
          <ThemeToggle />
        </div>
      </header>
      <main className="relative flex flex-1 flex-col justify-end px-6 pt-[42dvh] pb-10 lg:justify-center lg:px-16 lg:pt-0">
        <h1 className="text-5xl leading-[1.05] whitespace-nowrap font-semibold tracking-tight lg:text-[clamp(4rem,6vw,8rem)]">
          <span className="block">One link.</span>
          <span className="block">One model.</span>
          <span className="block">Many hands.</span>
        </h1>
        <p className="mt-6 max-w-lg text-lg leading-relaxed text-ink-soft">
          Colatent is a shared room around a generative model. Turn its knobs together, teach it, and see,
          live, how noise becomes order.
        </p>
        <div className="mt-8 flex flex-wrap items-center gap-4">
          <NewPlayground />
          <span className="text-sm text-ink-faint">No account. Whoever has the link is in.</span>
        </div>
      </main>
      <ul className="relative grid gap-6 border-t border-line px-6 py-8 sm:grid-cols-3 lg:gap-16 lg:px-16">
        {facts.map(({ title, text }) => (
          <li key={title} className="max-w-sm">
            <h2 className="text-sm font-semibold">{title}</h2>
            <p className="mt-1 text-sm leading-relaxed text-ink-soft">{text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
