import { Pin } from 'lucide-react';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { limits } from '@/lib/protocol/limits';

interface KeepButtonProps {
  /** `null` while there is nothing to keep. */
  keep: (() => void) | null;
  isFull: boolean;
}

/** Keeps what is seen, for everyone. */
export function KeepButton({ keep, isFull }: KeepButtonProps) {
  const t = useText();
  const title = isFull
    ? t('The shelf is full: it has room for {most} pins', { most: limits.pins })
    : t('Keep it for everyone, as a pin');
  return (
    <ToolButton icon={Pin} disabled={!keep || isFull} title={title} onClick={() => keep?.()}>
      {t('Keep')}
    </ToolButton>
  );
}
