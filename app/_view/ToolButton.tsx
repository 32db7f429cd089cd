import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

interface ToolButtonProps extends ComponentProps<'button'> {
  icon?: LucideIcon;
  /** Stays in while it is. */
  pressed?: boolean;
}

/** A small button of a view, where there is little room its icon alone: a way of looking, never a change of the recipe. */
export function ToolButton({ icon: Icon, pressed, children, ...rest }: ToolButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      title={Icon && typeof children === 'string' ? children : undefined}
      className="inline-flex h-7 items-center gap-2 rounded-md border border-line bg-surface px-2 text-xs whitespace-nowrap text-ink-soft transition-colors duration-150 hover:border-line-strong hover:text-ink aria-pressed:border-line-strong aria-pressed:bg-sunken aria-pressed:font-medium aria-pressed:text-ink"
      {...rest}
    >
      {Icon && <Icon aria-hidden size={14} />}
      <span className={Icon ? 'max-sm:sr-only @max-[38rem]:sr-only' : ''}>{children}</span>
    </button>
  );
}
