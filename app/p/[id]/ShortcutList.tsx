import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import type { PlainMessage } from '@/lib/text/keys';

type Line = readonly [keys: readonly string[], does: PlainMessage];

/** Under a heading, what keys do while the focus is there. */
const groups: readonly { readonly title: PlainMessage; readonly lines: readonly Line[] }[] = [
  {
    title: 'Everywhere',
    lines: [
      [['Mod+Z'], 'Take back your last change'],
      [['Mod+Shift+Z', 'Mod+Y'], 'Make it again'],
      [['?'], 'Show this list'],
      [['Esc'], 'Close what is open'],
    ],
  },
  {
    title: 'A number',
    lines: [
      [['↑', '↓'], 'A small step'],
      [['PageUp', 'PageDown'], 'A large step'],
      [['Esc'], 'Give up what was typed'],
    ],
  },
  {
    title: 'Time',
    lines: [
      [['←', '→'], 'A moment back, a moment on'],
      [['Home', 'End'], 'The first moment, live'],
      [['Space'], 'Play and hold'],
    ],
  },
  {
    title: 'A cloud',
    lines: [
      [['←', '→', '↑', '↓'], 'Turn it'],
      [['+', '−'], 'Come nearer, go away'],
    ],
  },
  {
    title: 'Pictures',
    lines: [
      [['←', '→'], 'The picture before, the next one'],
      [['Esc'], 'Leave it'],
    ],
  },
  {
    title: 'A written text',
    lines: [
      [['←', '→'], 'The character before, the next one'],
      [['Home', 'End'], 'The first character, the last one'],
      [['1', '…', '5'], 'Go on with another character'],
    ],
  },
  {
    title: 'A coding',
    lines: [
      [['←', '→'], 'The number before, the next one'],
      [['↑', '↓'], 'A small step'],
      [['PageUp', 'PageDown'], 'A large step'],
    ],
  },
  {
    title: 'Network diagram',
    lines: [
      [['↑', '↓'], 'Wider, narrower'],
      [['Delete'], 'Remove the layer'],
    ],
  },
  { title: 'Slow motion', lines: [[['←', '→'], 'The stage before, the next one']] },
];

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

function Keys({ keys }: { keys: string }) {
  const names = keys.replace('Mod', isMac() ? '⌘' : 'Ctrl').split(/(?<=.)\+/);
  return names.map((name) => (
    <kbd
      key={name}
      className="rounded-md border border-line bg-sunken px-1.5 font-mono text-xs leading-5 whitespace-nowrap"
    >
      {name}
    </kbd>
  ));
}

/** All shortcuts of a playground's page. */
export function ShortcutList({ onClose }: { onClose(): void }) {
  const t = useText();
  return (
    <Dialog title={t('Keyboard shortcuts')} open isWide onClose={onClose}>
      <p className="mb-4 text-sm text-ink-soft">
        {t('Most act where the focus is: press Tab to get there.')}
      </p>
      <div className="gap-x-10 sm:columns-2 lg:columns-3">
        {groups.map(({ title, lines }) => (
          <section key={title} aria-label={t(title)} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-ink-soft">{t(title)}</h3>
            <dl>
              {lines.map(([keys, does]) => (
                <div key={does} className="flex items-baseline justify-between gap-4 py-1 text-sm">
                  <dt className="flex shrink-0 flex-wrap gap-1">
                    {keys.map((each) => (
                      <span key={each} className="flex gap-0.5">
                        <Keys keys={each} />
                      </span>
                    ))}
                  </dt>
                  <dd className="text-right text-ink-soft">{t(does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
