import { useId } from 'react';
import { Button } from '@/app/_ui/Button';
import { type Text, useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { classNamed } from '@/lib/catalog/classNames';
import { limits } from '@/lib/protocol/limits';
import {
  type FolderChoice,
  type ImageChoices,
  type NameEncoding,
  nameEncodings,
  type OwnDraft,
  type UploadForm,
} from '@/lib/protocol/ownData';
import type { PlainMessage } from '@/lib/text/keys';
import { shortName } from '@/lib/text/names';
import { ImageFormFields } from './ImageFormFields';
import { summary } from './OwnDataItem';
import { OwnDataPreview } from './OwnDataPreview';

/** Visible characters of a class's name in a choice. */
const EXAMPLE_CHARACTERS = 16;

const encodingNames: Readonly<Record<NameEncoding, PlainMessage>> = {
  'utf-8': 'UTF-8',
  cp949: 'Korean (CP949)',
  'shift-jis': 'Japanese (Shift-JIS)',
  gbk: 'Chinese (GBK)',
  big5: 'Traditional Chinese (Big5)',
  cp866: 'Cyrillic (CP866)',
  cp437: 'Western (CP437)',
};

interface OwnDataDraftProps {
  draft: OwnDraft;
  onForm(form: UploadForm): void;
  onTake(): void;
  onDiscard(): void;
}

/** What was read of an upload, before it is taken: what is in it, what was left out, and how it could be read otherwise. */
export function OwnDataDraft({ draft, onForm, onTake, onDiscard }: OwnDataDraftProps) {
  const t = useText();
  const { data, form, choices, preview } = draft;
  return (
    <section aria-label={t('What was read')} className="rounded-xl border border-line-strong p-4">
      <p className="text-sm font-medium wrap-break-word" title={data.name}>
        {shortName(data.name, 60)}
      </p>
      <p className="text-xs text-ink-soft tabular-nums">{summary(data, t)}</p>
      <OwnDataPreview data={data} known={preview} onEncoding={(encoding) => onForm({ ...form, encoding })} />
      {choices && (
        <>
          <Folders choices={choices} form={form} onForm={onForm} />
          <Names choices={choices} form={form} onForm={onForm} />
          <ImageFormFields form={form} onForm={onForm} />
        </>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={onTake}>
          {t('Add to the playground')}
        </Button>
        <Button onClick={onDiscard}>{t('Discard')}</Button>
      </div>
    </section>
  );
}

type ChoicesProps = Pick<OwnDataDraftProps, 'onForm'> & { form: UploadForm; choices: ImageChoices };

/** "2 classes: cat, dog" */
function describe({ id, classes, examples }: FolderChoice, t: Text): string {
  if (id === 'none') return t('No classes: all images together');
  const names = examples
    .map((name) => shortName(t.say(classNamed(name, true)), EXAMPLE_CHARACTERS))
    .join(', ');
  return t('{n} classes: {names}', { n: classes, names: classes > examples.length ? `${names}, …` : names });
}

/** Which folders are the classes; nothing to choose where there are none. */
function Folders({ choices, form, onForm }: ChoicesProps) {
  const t = useText();
  const id = useId();
  const { folders, chosen, isClear } = choices;
  if (folders.length < 2) return null;
  const tooMany = chosen === 'none' ? folders.find(({ classes }) => classes > limits.ownClasses) : undefined;
  return (
    <div className="mt-3 text-sm">
      <label htmlFor={id} className="mb-1 block text-xs text-ink-soft">
        {t('Classes')}
      </label>
      <Select
        id={id}
        value={chosen}
        options={folders.map((each) => ({
          value: each.id,
          label: describe(each, t),
          isDisabled: each.classes > limits.ownClasses,
        }))}
        onChange={(event) => onForm({ ...form, classes: event.target.value })}
      />
      {!isClear && (
        <p className="mt-1 text-xs text-bad">
          {tooMany
            ? t('{n} folders are too many for classes: {most} at most.', {
                n: tooMany.classes,
                most: limits.ownClasses,
              })
            : t('It is unclear which folders are the classes. Choose what fits.')}
        </p>
      )}
    </div>
  );
}

/** How an archive's names are written; nothing to choose where all say it. */
function Names({ choices: { names }, form, onForm }: ChoicesProps) {
  const t = useText();
  const id = useId();
  if (!names) return null;
  return (
    <div className="mt-3 text-sm">
      <label htmlFor={id} className="mb-1 block text-xs text-ink-soft">
        {t('Names are written in')}
      </label>
      <Select
        id={id}
        value={names.encoding}
        options={nameEncodings.map((value) => ({ value, label: t(encodingNames[value]) }))}
        onChange={(event) => onForm({ ...form, names: event.target.value as NameEncoding })}
      />
      {!names.isCertain && (
        <p className="mt-1 text-xs text-bad">
          {t('The names don’t say how they are written. Choose what reads well.')}
        </p>
      )}
    </div>
  );
}
