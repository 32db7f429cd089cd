import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';

interface SelectProps extends ComponentProps<'select'> {
  options: readonly { readonly value: string; readonly label: string; readonly isDisabled?: boolean }[];
}

export function Select({ options, className = '', ...rest }: SelectProps) {
  return (
    <div className="relative">
      <select
        className={`h-9 w-full appearance-none rounded-lg border border-line bg-surface pr-9 pl-3 text-sm text-ink transition-colors duration-150 hover:border-line-strong disabled:cursor-not-allowed disabled:text-ink-faint ${className}`}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-ink-faint"
      />
    </div>
  );
}
