import { CodeXml, Download, Trash2, Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { exportFilesOf } from '@/lib/catalog/exports';
import { useGenerator, useRoom, useRun } from '../_client/context';
import { useHasWeights } from '../_client/useAsker';
import { Button, IconButton } from '../_ui/Button';
import { Dialog } from '../_ui/Dialog';
import { useText } from '../_ui/language';

/** What one may take out of the playground, and bring into it. */
export function FilesDialog({ onClose, onCode }: { onClose(): void; onCode(): void }) {
  const t = useText();
  return (
    <Dialog title={t('Files')} open onClose={onClose}>
      <Downloads />
      <Code onCode={onCode} />
      <OwnGenerator />
    </Dialog>
  );
}

function Downloads() {
  const t = useText();
  const room = useRoom();
  const model = useRun()?.spec.recipe.model;
  const hasWeights = useHasWeights();
  if (!model || !hasWeights)
    return (
      <p className="mb-6 text-sm text-ink-soft">
        {t(
          'Once a training has begun, its model can be taken away from here: as ONNX, which runs anywhere, and as safetensors.',
        )}
      </p>
    );
  return (
    <section aria-label={t('Take the model away')} className="mb-6">
      <h3 className="mb-1 text-sm font-semibold">{t('Take the model away')}</h3>
      <ul>
        {exportFilesOf(model).map(({ name, about }) => (
          <li key={name}>
            <a
              href={room.exportAddress(name)}
              download
              className="-mx-2 flex items-center gap-3 rounded-lg px-2 py-1.5 transition-colors duration-150 hover:bg-sunken"
            >
              <Download aria-hidden size={16} className="shrink-0 text-ink-soft" />
              <span className="min-w-0">
                <span className="block font-mono text-sm">{name}</span>
                <span className="block text-xs text-ink-soft">{t(about)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Code({ onCode }: { onCode(): void }) {
  const t = useText();
  return (
    <section aria-label={t('The recipe as code')} className="mb-6">
      <h3 className="mb-1 text-sm font-semibold">{t('The recipe as code')}</h3>
      <p className="text-sm text-ink-soft">
        {t(
          'The same model as Keras or TensorFlow.js code, or as a notebook. It follows the recipe while people change it.',
        )}
      </p>
      <Button icon={CodeXml} onClick={onCode} className="mt-3">
        {t('Show the code')}
      </Button>
    </section>
  );
}

/** Brings an .onnx file of one's own, or takes it out again. */
function OwnGenerator() {
  const t = useText();
  const room = useRoom();
  const generator = useGenerator();
  const picker = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const perform = (task: Promise<void>) => {
    setBusy(true);
    setProblem(null);
    task.catch((error: Error) => setProblem(error.message)).finally(() => setBusy(false));
  };
  const bring = (file: File | undefined) => file && perform(room.bringGenerator(file));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    bring(event.dataTransfer.files[0]);
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
        <p className="flex items-center justify-between gap-2 text-sm">
          <span className="min-w-0">
            <span className="block truncate font-mono">{generator.name}</span>
            <span className="block text-xs text-ink-soft">
              {t('{numbers} numbers to {height} x {width} pixels, {size} MB', {
                numbers: generator.info.latentSize,
                height: generator.info.height,
                width: generator.info.width,
                size: t.number(generator.size / 1e6, { maximumFractionDigits: 1 }),
              })}
            </span>
          </span>
          <IconButton
            icon={Trash2}
            label={t('Remove the generator')}
            onClick={() => perform(room.removeGenerator())}
          />
        </p>
      ) : (
        <p className="text-sm text-ink-soft">
          {t(
            'An .onnx file with one float input [N, numbers] and one image output. It is tried on the server, then everyone here can draw with it.',
          )}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        accept=".onnx"
        aria-label={t('Generator file')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          bring(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button icon={Upload} disabled={isBusy} onClick={() => picker.current?.click()} className="mt-3">
        {t(isBusy ? 'Trying it ...' : 'Choose a file')}
      </Button>
      {problem && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {t.foreign(problem)}
        </p>
      )}
    </section>
  );
}
