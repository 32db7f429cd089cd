import type { ComponentProps } from 'react';
import styles from '@/app/_view/stage.module.css';

interface TextPageProps extends ComponentProps<'section'> {
  label: string;
  /** How long the model had learned when it wrote this. */
  step?: number;
  compact?: boolean;
}

/** A page of a model's text; what doesn't fit is scrolled to. */
export function TextPage({ label, step, compact = false, children, ...rest }: TextPageProps) {
  return (
    <section
      aria-label={label}
      data-step={step}
      tabIndex={compact ? -1 : 0}
      className={styles.page}
      {...rest}
    >
      {children}
    </section>
  );
}
