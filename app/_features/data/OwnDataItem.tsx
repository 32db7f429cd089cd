import { Check, ChevronDown, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { useDataset, useModel, useShared } from '@/app/_hooks/recipe';
import { Button, IconButton } from '@/app/_ui/Button';
import { type Text, useText } from '@/app/_ui/language';
import { type ModelId, modelOf, models, type Recipe } from '@/lib/catalog/models';
import { ownShapeOf } from '@/lib/catalog/ownData';
import { misfitOf, type Reading, reasonOf } from '@/lib/catalog/textFit';
import type { OwnData } from '@/lib/protocol/ownData';
import { setDataset, setModel } from '@/lib/room/edit';
import { needOf } from '@/lib/room/ownDataUse';
import { ownDataIn } from '@/lib/room/recipe';
import { type Sentence, sentenceOf } from '@/lib/text/sentence';
import { OwnDataPreview } from './OwnDataPreview';

interface OwnDataItemProps {
  data: OwnData;
  isShown: boolean;
  onShow(): void;
}

/** "1,200 images, 28 x 28 pixels, grey" or "12,000 characters, 40 different". */
export function summary(data: OwnData, t: Text): string {
  const content = ownShapeOf(data.id);
  if (data.kind === 'text' && content.kind === 'text')
    return t('{characters} characters, {distinct} different', {
      characters: data.characters,
      distinct: content.vocabulary['as-is'],
    });
  if (data.kind !== 'images' || content.kind !== 'images') return '';
  const [height, width, channels] = content.shape;
  return t(
    channels === 1
      ? '{n} images of {height} x {width} pixels, grey'
      : '{n} images of {height} x {width} pixels, in colour',
    {
      n: data.count,
      height,
      width,
    },
  );
}

/** A data set that somebody brought: what is in it, and what to do with it. */
export function OwnDataItem({ data, isShown, onShow }: OwnDataItemProps) {
  const t = useText();
  const room = useRoom();
  const [problem, setProblem] = useState<Sentence | null>(null);
  const remove = () => {
    const need = needOf(data, room.document.read(ownDataIn) ?? [], room.run.get()?.spec.recipe ?? null);
    setProblem(need);
    if (need === null) room.removeOwnData(data.id).catch((error: unknown) => setProblem(sentenceOf(error)));
  };
  return (
    <li className="border-b border-line py-3 last:border-0 last:pb-0">
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-expanded={isShown}
          onClick={onShow}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-lg text-left transition-colors duration-150 hover:text-ink-soft"
        >
          <ChevronDown
            aria-hidden
            size={16}
            className={`shrink-0 text-ink-faint transition-transform duration-150 ${isShown ? '' : '-rotate-90'}`}
          />
          <span className="min-w-0">
            <span className="block truncate text-sm font-medium">{data.name}</span>
            <span className="block text-xs text-ink-soft tabular-nums">{summary(data, t)}</span>
          </span>
        </button>
        <IconButton icon={Trash2} label={t('Remove {name}', { name: data.name })} onClick={remove} />
      </div>
      {problem && (
        <p role="alert" className="mt-1 text-sm text-bad">
          {t.say(problem)}
        </p>
      )}
      {isShown && (
        <>
          <OwnDataPreview data={data} />
          <Use data={data} />
        </>
      )}
    </li>
  );
}

/** Says which setting of the text model to change before it can learn from it. */
function Misfit({ data }: { data: OwnData }) {
  const t = useText();
  const shape = ownShapeOf(data.id);
  // As text: what is read of the document is compared.
  const settings = useShared((read) => JSON.stringify(read('recipe')['char-rnn'] ?? null));
  const reading = JSON.parse(settings ?? 'null') as Reading | null;
  const misfit = shape.kind === 'text' && reading ? misfitOf(shape, reading) : null;
  return misfit && <p className="mb-2 text-sm text-ink-soft">{t.say(reasonOf(misfit))}</p>;
}

/** Lets the present model learn from it, or says why it can't and offers one that can. */
function Use({ data }: { data: OwnData }) {
  const t = useText();
  const room = useRoom();
  const model = useModel();
  const isUsed = useDataset() === data.id;
  const fits = modelOf(model).data === data.kind;
  const other = models.find((each) => each.data === data.kind)?.id ?? model;
  const use = (by: ModelId) => {
    room.document.closeUndoStep();
    room.document.edit((doc, origin) =>
      doc.transact(() => {
        setDataset(doc, by, data.id as Recipe['dataset'], origin);
        if (by !== model) setModel(doc, by, origin);
      }, origin),
    );
    room.document.closeUndoStep();
  };
  if (isUsed)
    return (
      <p className="mt-3 flex h-9 items-center gap-2 text-sm text-good">
        <Check aria-hidden size={16} />
        {t('{model} learns from it with the next run', { model: t(modelOf(model).label) })}
      </p>
    );
  return (
    <div className="mt-3">
      {!fits && (
        <p className="mb-2 text-sm text-ink-soft">
          {t(
            data.kind === 'text'
              ? '{model} learns from images and can not read a text.'
              : '{model} learns from a text and can not see images.',
            { model: t(modelOf(model).label) },
          )}
        </p>
      )}
      <Misfit data={data} />
      <Button variant="primary" onClick={() => use(fits ? model : other)}>
        {fits ? t('Learn from it') : t('Learn from it with {model}', { model: t(modelOf(other).label) })}
      </Button>
    </div>
  );
}
