import { Trash2, Upload } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { useGenerator, useRoom } from '@/app/_hooks/context';
import { Button, IconButton } from '@/app/_ui/Button';
import { fileSize } from '@/app/_ui/fileSize';
import { type Text, useText } from '@/app/_ui/language';
import { NumberField } from '@/app/_ui/NumberField';
import { Select } from '@/app/_ui/Select';
import type { GeneratorReading, GeneratorView, PixelForm } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { type Sentence, sentenceOf } from '@/lib/text/sentence';

/** Uploads an .onnx generator, shows how it was read, or removes it. */
export function OwnGenerator() {
  const t = useText();
  const room = useRoom();
  const generator = useGenerator();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Sentence | null>(null);
  const perform = (task: Promise<void>) => {
    setBusy(true);
    setProblem(null);
    task.catch((error: unknown) => setProblem(sentenceOf(error))).finally(() => setBusy(false));
  };
  const bring = (files: Iterable<File>) => {
    const all = [...files];
    if (all.length > 0) perform(room.bringGenerator(...all));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    bring(event.dataTransfer.files);
  };
  return (
    <section
      aria-label={t('Bring a generator')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      className="rounded-xl border border-dashed border-line-strong p-4"
    >
      <h3 className="mb-1 text-sm font-semibold">{t('Bring a generator')}</h3>
      {generator ? (
        <>
          <Present generator={generator} onRemove={() => perform(room.removeGenerator())} />
          <Reading
            generator={generator}
            isBusy={isBusy}
            onRead={(reading) => perform(room.readGenerator(reading))}
          />
        </>
      ) : (
        <p className="text-sm text-ink-soft">
          {t(
            'An .onnx file that draws pictures from random numbers, also with a class or other settings; with its weights file, if it has one. It is tried on the server, then everyone here can draw with it.',
          )}
        </p>
      )}
      <Picker isBusy={isBusy} onPick={bring} />
      {problem && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {t.say(problem)}
        </p>
      )}
    </section>
  );
}

function Picker({ isBusy, onPick }: { isBusy: boolean; onPick(files: Iterable<File>): void }) {
  const t = useText();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        aria-label={t('Generator file')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          onPick(event.target.files ?? []);
          event.target.value = '';
        }}
      />
      <Button icon={Upload} disabled={isBusy} onClick={() => picker.current?.click()} className="mt-3">
        {t(isBusy ? 'Trying it ...' : 'Choose a file')}
      </Button>
    </>
  );
}

function Present({ generator, onRemove }: { generator: GeneratorView; onRemove(): void }) {
  const t = useText();
  const { name, size, info } = generator;
  return (
    <p className="flex items-center justify-between gap-2 text-sm">
      <span className="min-w-0">
        <span className="block truncate font-mono">{name}</span>
        <span className="block text-xs text-ink-soft">
          {t('{numbers} numbers to {height} x {width} pixels, {size}', {
            numbers: info.latentSize,
            height: info.height,
            width: info.width,
            size: fileSize(size, t),
          })}
        </span>
      </span>
      <IconButton icon={Trash2} label={t('Remove the generator')} onClick={onRemove} />
    </p>
  );
}

function formText({ layout, height, width, channels }: PixelForm, t: Text): string {
  const size = { height, width };
  if (channels === 1) return t('{height} x {width}, grey', size);
  return layout === 'NCHW'
    ? t('{height} x {width}, colours one after the other', size)
    : t('{height} x {width}, colours pixel by pixel', size);
}

interface ReadingProps {
  generator: GeneratorView;
  isBusy: boolean;
  onRead(reading: GeneratorReading): void;
}

/** The choices that the file leaves open: numbers of a latent, and layout of pixels. */
function Reading({ generator, isBusy, onRead }: ReadingProps) {
  const t = useText();
  const id = useId();
  const { info, reading } = generator;
  return (
    <div className="mt-3 grid gap-3 empty:hidden">
      {info.isOpen && (
        <LatentSize
          key={info.latentSize}
          size={info.latentSize}
          isBusy={isBusy}
          onChoose={(latentSize) => onRead({ ...reading, latentSize })}
        />
      )}
      {info.forms.length > 1 && (
        <div>
          <label htmlFor={id} className="mb-1 block text-xs text-ink-soft">
            {t('Read its pictures as')}
          </label>
          <Select
            id={id}
            disabled={isBusy}
            value={String(info.form)}
            options={info.forms.map((form, i) => ({ value: String(i), label: formText(form, t) }))}
            onChange={(event) => onRead({ ...reading, form: Number(event.target.value) })}
          />
        </div>
      )}
    </div>
  );
}

const sizes = { min: 1, max: limits.generatorLatents, integer: true, scale: 'linear' } as const;

/** Tried once it is typed whole. */
function LatentSize({
  size,
  isBusy,
  onChoose,
}: {
  size: number;
  isBusy: boolean;
  onChoose(size: number): void;
}) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(size);
  const isValid = Number.isInteger(typed) && typed >= sizes.min && typed <= sizes.max;
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="text-sm">
        {t('Numbers of a latent')}
        <span id={`${id}-note`} className="block text-xs text-ink-soft">
          {t('The file leaves this open.')}
        </span>
      </label>
      <NumberField
        id={id}
        range={sizes}
        unit=""
        value={isValid ? typed : size}
        readOnly={isBusy}
        invalid={!isValid}
        describedBy={`${id}-note`}
        color={undefined}
        onInput={({ values, isCertain }) => setTyped((isCertain && values[0]) || Number.NaN)}
        onDone={() => {
          if (isValid && typed !== size) onChoose(typed);
          else setTyped(size);
        }}
      />
    </div>
  );
}
