import { useText } from '@/app/_ui/language';
import type { PlainMessage } from '@/lib/text/keys';

const colors = { real: 'bg-real', generated: 'bg-generated' } as const;

/** Which pictures are real ones and which the model has made. */
export function SideLegend({ sides }: { sides: Partial<Record<keyof typeof colors, PlainMessage>> }) {
  const t = useText();
  return (
    <ul className="flex gap-4 text-xs text-ink-soft">
      {(['real', 'generated'] as const).map((side) => {
        const text = sides[side];
        return (
          text && (
            <li key={side} className="flex items-center gap-2">
              <span aria-hidden className={`h-3 w-1 rounded-full ${colors[side]}`} />
              {t(text)}
            </li>
          )
        );
      })}
    </ul>
  );
}
