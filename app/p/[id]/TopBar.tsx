import { CodeXml, Files, PanelLeft, Share2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Transport } from '@/app/_features/run/Transport';
import { useGathered, useRoom } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { useModel, useTitle } from '@/app/_hooks/recipe';
import { Button, IconButton } from '@/app/_ui/Button';
import { LanguageSwitch } from '@/app/_ui/LanguageSwitch';
import { useText } from '@/app/_ui/language';
import { Avatar, colorOf } from '@/app/_ui/person';
import { ThemeToggle } from '@/app/_ui/ThemeToggle';
import { addressOf } from '@/lib/address';
import { modelOf } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import { UNTITLED } from '@/lib/text/names';
import { ConnectionStatus } from './ConnectionStatus';

/** Loaded when they are first opened. */
const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog')).ShareDialog }));
const CodeSheet = lazy(async () => ({ default: (await import('@/app/_features/code/CodeSheet')).CodeSheet }));
const FilesDialog = lazy(async () => ({
  default: (await import('@/app/_features/files/FilesDialog')).FilesDialog,
}));

/** Faces in the bar; further people are a number. */
const FACES = 4;

interface TopBarProps {
  playground: string;
  recipeOpen: boolean;
  peopleOpen: boolean;
  onToggleRecipe(): void;
  onTogglePeople(): void;
}

export function TopBar(props: TopBarProps) {
  const t = useText();
  return (
    <header className="flex h-14 items-center gap-3 border-b border-line bg-surface px-3 short:h-11 short:gap-2 presenting:h-full presenting:min-h-12 presenting:border-y">
      <IconButton
        icon={PanelLeft}
        label={t('Recipe panel')}
        aria-expanded={props.recipeOpen}
        onClick={props.onToggleRecipe}
        className="phone:hidden short:hidden presenting:hidden"
      />
      <a
        href={addressOf('/')}
        aria-label={t('To the first page')}
        title={t('To the first page')}
        className="grid size-9 shrink-0 place-items-center rounded-lg transition-colors duration-150 hover:bg-sunken presenting:hidden"
      >
        <img src={addressOf('/icon.svg')} alt="" width={24} height={24} />
      </a>
      <div className="min-w-0 flex-1 presenting:hidden">
        <Title />
        <Subtitle />
      </div>
      <Bottom>
        <Transport />
      </Bottom>
      <div className="flex flex-1 items-center justify-end gap-2 short:flex-none short:gap-1 presenting:hidden">
        <ConnectionStatus />
        <PeopleToggle open={props.peopleOpen} onToggle={props.onTogglePeople} />
        <Doors playground={props.playground} />
        <LanguageSwitch />
        <ThemeToggle />
      </div>
    </header>
  );
}

/** What opens over the page: its link, the recipe as code, files. */
function Doors({ playground }: { playground: string }) {
  const t = useText();
  const [open, setOpen] = useState<'share' | 'code' | 'files' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button
        icon={Share2}
        aria-label={t('Share')}
        onClick={() => setOpen('share')}
        className="max-sm:w-9 max-sm:px-0"
      >
        <span className="max-sm:hidden">{t('Share')}</span>
      </Button>
      <IconButton
        icon={CodeXml}
        label={t('The recipe as code')}
        aria-expanded={open === 'code'}
        onClick={() => setOpen(open === 'code' ? null : 'code')}
        className="max-md:hidden"
      />
      <IconButton icon={Files} label={t('Files')} onClick={() => setOpen('files')} />
      <Suspense>
        {open === 'share' && <ShareDialog playground={playground} onClose={close} />}
        {open === 'code' && <CodeSheet onClose={close} />}
        {open === 'files' && <FilesDialog onClose={close} onCode={() => setOpen('code')} />}
      </Suspense>
    </>
  );
}

/** In the bar on a desktop, always under the thumb on a phone. */
function Bottom({ children }: { children: ReactNode }) {
  return (
    <div className="phone:fixed phone:inset-x-0 phone:bottom-0 phone:z-20 phone:border-t phone:border-line phone:bg-surface phone:px-4 phone:pt-2 phone:pb-[max(0.5rem,env(safe-area-inset-bottom))] presenting:static presenting:flex-1 presenting:border-0 presenting:p-0">
      {children}
    </div>
  );
}

/** The playground's name, editable in place by anyone. */
function Title() {
  const t = useText();
  const title = useTitle();
  const { holder, ...control } = useControl(controls.title);
  const room = useRoom();
  return (
    <input
      aria-label={t('Title')}
      data-anchor="title"
      data-control={control.name}
      data-caret
      value={title === UNTITLED ? '' : (title ?? '')}
      placeholder={title === undefined ? undefined : t(UNTITLED)}
      disabled={title === undefined}
      readOnly={holder !== null}
      style={holder ? { boxShadow: `inset 0 0 0 2px ${colorOf(holder)}` } : undefined}
      title={holder ? t('{name} is writing', { name: holder.name }) : undefined}
      spellCheck={false}
      onChange={(event) => {
        control.step(
          room.notices.within(
            event.target.value,
            limits.titleCharacters,
            'A title has at most {most} characters',
          ),
        );
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      onBlur={() => {
        if (title?.trim() === '') control.step(UNTITLED);
        control.release();
      }}
      className="-ml-2 block h-6 w-full max-w-80 truncate rounded-md bg-transparent px-2 text-sm font-semibold transition-colors duration-150 hover:bg-sunken focus:bg-sunken"
    />
  );
}

function Subtitle() {
  const t = useText();
  const model = modelOf(useModel());
  return <p className="truncate text-xs text-ink-faint">{t(model.label)}</p>;
}

function PeopleToggle({ open, onToggle }: { open: boolean; onToggle(): void }) {
  const t = useText();
  const people = useGathered();
  const faces = people.slice(0, FACES);
  return (
    <button
      type="button"
      aria-label={t('People panel')}
      title={t('People panel')}
      aria-expanded={open}
      onClick={onToggle}
      className="hidden h-9 min-w-11 items-center justify-end rounded-lg px-2 desk:flex transition-colors duration-150 hover:bg-sunken"
    >
      {faces.map((person) => (
        <span key={person.client} className="-ml-1 rounded-full ring-2 ring-surface first:ml-0">
          <Avatar person={person} size={26} />
        </span>
      ))}
      {people.length > FACES && (
        <span className="ml-1 text-xs text-ink-soft tabular-nums">+{people.length - FACES}</span>
      )}
    </button>
  );
}
