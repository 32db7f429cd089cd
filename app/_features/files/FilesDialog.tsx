import { CodeXml, Download } from 'lucide-react';
import { usePresentRun, useRoom } from '@/app/_hooks/context';
import { useHasWeights } from '@/app/_hooks/useAsker';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import { exportFilesOf } from '@/lib/catalog/exports';
import { OwnGenerator } from './OwnGenerator';

/** Downloads of the run's model, and uploads of a generator. */
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
  const model = usePresentRun()?.spec.recipe.model;
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
