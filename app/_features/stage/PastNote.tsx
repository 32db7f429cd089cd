import { History } from 'lucide-react';
import { useFrameStore, usePresentRun, useRun } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';

/** Says that views show the past, or that the large one can't, and leads back. */
export function PastNote({ isLive }: { isLive: boolean }) {
  const t = useText();
  const frames = useFrameStore();
  const step = useStore(frames.moment);
  const isPresent = usePresentRun()?.spec.id === useRun()?.spec.id;
  if (step === null) return null;
  return (
    <div className="mr-3 flex shrink-0 items-center gap-2 rounded-lg border border-line bg-surface py-1 pr-1 pl-2 text-xs text-ink-soft">
      <History aria-hidden size={14} />
      <span className="tabular-nums @max-[34rem]:sr-only">
        {isLive && t('This view has no past: it shows the present')}
        {!isLive && isPresent && t('The past, step {step}', { step })}
        {!isLive && !isPresent && t('A run that made room for another, step {step}', { step })}
      </span>
      <ToolButton onClick={() => frames.showPast(null)}>{t('Back to live')}</ToolButton>
    </div>
  );
}
