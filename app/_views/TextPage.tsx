import type { ReactNode } from 'react';
import type { PlainMessage } from '@/lib/messages/ko';
import { useText } from '../_ui/language';
import styles from './stage.module.css';

interface TextPageProps {
  label: PlainMessage;
  /** How long the model had learned when it wrote this. */
  step?: number;
  compact?: boolean;
  children: ReactNode;
}

/** A page of a model's text; what doesn't fit is scrolled to. */
export function TextPage({ label, step, compact = false, children }: TextPageProps) {
  const t = useText();
  return (
    <section aria-label={t(label)} data-step={step} tabIndex={compact ? -1 : 0} className={styles.page}>
      {children}
    </section>
  );
}
