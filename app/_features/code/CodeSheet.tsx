import { Check, Copy, Download } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useRecipe } from '@/app/_hooks/recipe';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { Sheet } from '@/app/_ui/Sheet';
import { addressOf } from '@/lib/address';
import type { Recipe } from '@/lib/catalog/models';
import { codeOf, fileNameOf, type LanguageId, languages, readableOf } from '@/lib/code/index';
import { CodeLines } from './CodeLines';

/** Milliseconds that the button says "Copied". */
const COPIED_MS = 2000;

/** The recipe as a program, while people change it. */
export function CodeSheet({ onClose }: { onClose(): void }) {
  const t = useText();
  const { recipe, before } = useEdits();
  const [language, setLanguage] = useState<LanguageId>('keras');
  const panel = useId();
  return (
    <Sheet title={t('The recipe as code')} onClose={onClose}>
      <Tabs chosen={language} panel={panel} onChoose={setLanguage} />
      <div id={panel} role="tabpanel" className="flex min-h-0 flex-1 flex-col">
        {recipe && <Program recipe={recipe} before={before ?? recipe} language={language} />}
      </div>
    </Sheet>
  );
}

/** The recipe and what it was before the last edit of the same model; one that isn't whole at the moment is passed over. */
function useEdits(): { recipe: Recipe | null; before: Recipe | null } {
  const recipe = useRecipe();
  const [edits, setEdits] = useState({ recipe, before: recipe });
  if (recipe && recipe !== edits.recipe)
    setEdits({ recipe, before: edits.recipe?.model === recipe.model ? edits.recipe : recipe });
  return edits;
}

interface TabsProps {
  chosen: LanguageId;
  panel: string;
  onChoose(language: LanguageId): void;
}

function Tabs({ chosen, panel, onChoose }: TabsProps) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const place = languages.findIndex(({ id }) => id === chosen) + by + languages.length;
    const next = languages[place % languages.length] as (typeof languages)[number];
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-language=${next.id}]`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={t('Kind of code')}
      onKeyDown={move}
      className="flex gap-1 border-b border-line px-3"
    >
      {languages.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-language={id}
          aria-selected={id === chosen}
          aria-controls={panel}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
          className="-mb-px h-10 border-b-2 border-transparent px-3 text-sm whitespace-nowrap text-ink-soft transition-colors duration-150 hover:text-ink aria-selected:border-ink aria-selected:font-semibold aria-selected:text-ink"
        >
          {t(label)}
        </button>
      ))}
    </div>
  );
}

interface ProgramProps {
  recipe: Recipe;
  before: Recipe;
  language: LanguageId;
}

function Program({ recipe, before, language }: ProgramProps) {
  const site = location.origin + addressOf('');
  const text = useMemo(() => readableOf(recipe, language, site), [recipe, language, site]);
  const earlier = useMemo(() => readableOf(before, language, site), [before, language, site]);
  const file = () => codeOf(recipe, language, site);
  const name = fileNameOf(recipe, language);
  return (
    <>
      <CodeLines
        key={`${recipe.model} ${language}`}
        label={name}
        text={text}
        before={earlier}
        syntax={language === 'tensorflowjs' ? 'javascript' : 'python'}
      />
      <footer className="flex items-center gap-2 border-t border-line px-4 py-3">
        <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink-soft">{name}</span>
        <CopyButton key={text} file={file} />
        <DownloadButton file={file} name={name} language={language} />
      </footer>
    </>
  );
}

/** Pages that aren't served over HTTPS have no clipboard: then a hidden field is copied from. */
async function copyText(text: string, near: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    near.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    near.focus();
  }
}

function CopyButton({ file }: { file(): string }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      icon={copied ? Check : Copy}
      onClick={async ({ currentTarget }) => {
        await copyText(file(), currentTarget);
        setCopied(true);
      }}
    >
      {copied ? t('Copied') : t('Copy')}
    </Button>
  );
}

function DownloadButton({ file, name, language }: { file(): string; name: string; language: LanguageId }) {
  const t = useText();
  const download = () => {
    const { mime } = languages.find(({ id }) => id === language) as (typeof languages)[number];
    const address = URL.createObjectURL(new Blob([file()], { type: mime }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button variant="primary" icon={Download} onClick={download}>
      {t('Download')}
    </Button>
  );
}
