import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

const variants = {
  primary: 'bg-ink text-paper hover:bg-ink/85 disabled:bg-line disabled:text-ink-faint font-semibold',
  plain:
    'border border-line bg-surface hover:border-line-strong disabled:text-ink-faint disabled:border-line',
  quiet: 'text-ink-soft hover:bg-sunken hover:text-ink disabled:text-ink-faint/60',
};

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof variants;
  icon?: LucideIcon;
  /** Waits for the server: a turning ring takes the icon's place. */
  busy?: boolean;
}

const shape =
  'inline-flex h-9 shrink-0 items-center justify-center gap-2 rounded-lg text-sm whitespace-nowrap transition-colors duration-150 disabled:cursor-not-allowed disabled:hover:bg-transparent';

export function Button({
  variant = 'plain',
  icon: Icon,
  busy,
  className = '',
  children,
  ...rest
}: ButtonProps) {
  const Shown = busy ? LoaderCircle : Icon;
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      className={`${shape} px-3 ${variants[variant]} ${className}`}
      {...rest}
    >
      {Shown && (
        <Shown aria-hidden size={16} className={busy ? 'animate-spin [animation-delay:300ms]' : ''} />
      )}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label'> {
  icon: LucideIcon;
  /** The accessible name, also shown as the tooltip. */
  label: string;
}

export function IconButton({
  variant = 'quiet',
  icon: Icon,
  label,
  className = '',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`${shape} w-9 ${variants[variant]} ${className}`}
      {...rest}
    >
      <Icon aria-hidden size={18} />
    </button>
  );
}
