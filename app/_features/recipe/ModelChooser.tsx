import { useState } from 'react';
import { ModelGallery } from '@/app/_home/ModelGallery';
import { usePresentRun, useRoom } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import { modelOf } from '@/lib/catalog/models';
import type { Preset } from '@/lib/catalog/presets';
import type { RunView } from '@/lib/protocol/messages';
import { choosePreset } from '@/lib/room/choice';
import { isActive } from '@/lib/runs/status';

/**
 * The gallery within a playground: a chosen preset becomes everyone's recipe, in one undo step. While a run
 * goes on, it asks first.
 */
export function ModelChooser({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useText();
  const room = useRoom();
  const { change } = useControl(controls.model);
  const run = usePresentRun();
  const [asked, ask] = useState<Preset | null>(null);
  const goesOn = run && (isActive(run.status.state) || run.status.state === 'paused') ? run : null;
  const close = () => {
    ask(null);
    onClose();
  };
  const choose = (preset: Preset, replaced: RunView | null = null) => {
    const isChosen = change((doc, origin) => choosePreset(doc, preset, origin));
    if (isChosen && replaced)
      void room.outbox.saved().then(() => room.command('train', { run: replaced.spec.id }));
    close();
  };
  return (
    <Dialog title={t('Choose a model')} open={open} isWide={!asked} onClose={close}>
      {asked && goesOn ? (
        <Question
          preset={asked}
          onNext={() => choose(asked)}
          onNow={() => choose(asked, goesOn)}
          onBack={() => ask(null)}
        />
      ) : (
        <ModelGallery onChoose={goesOn ? ask : choose} className="sm:grid-cols-2 lg:grid-cols-5" />
      )}
    </Dialog>
  );
}

interface QuestionProps {
  preset: Preset;
  onNext(): void;
  onNow(): void;
  onBack(): void;
}

function Question({ preset, onNext, onNow, onBack }: QuestionProps) {
  const t = useText();
  const about = useAbout(preset);
  return (
    <div className="flex flex-col gap-4 text-sm leading-relaxed">
      <p>
        {t.rich('{preset}: which run is it for?', { preset: about }, { preset: (text) => <b>{text}</b> })}
      </p>
      <div className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3">
        <Button variant="primary" onClick={onNext}>
          {t('The next run')}
        </Button>
        <p className="text-ink-soft">
          {t('The present run goes on with the recipe that it has; Train begins with this one.')}
        </p>
        <Button onClick={onNow}>{t('A fresh run now')}</Button>
        <p className="text-ink-soft">{t('The present run is put aside, and can be brought back.')}</p>
      </div>
      <Button variant="quiet" className="self-start" onClick={onBack}>
        {t('Back to the gallery')}
      </Button>
    </div>
  );
}

/** "GAN, Mode collapse". */
function useAbout({ model, label }: Preset): string {
  const t = useText();
  return `${t(modelOf(model).label)}, ${t(label)}`;
}
