import type { ReactNode } from 'react';
import { useConnection } from '@/app/_hooks/context';
import { Button } from '@/app/_ui/Button';
import { ForeignAddress } from '@/app/_ui/ForeignAddress';
import { useText } from '@/app/_ui/language';
import type { RefusalCode } from '@/lib/protocol/messages';
import type { PlainMessage } from '@/lib/text/keys';

const titles: Partial<Record<RefusalCode, PlainMessage>> = {
  version: 'There is a newer version',
  'not-found': 'This link opens no playground',
  'room-full': 'This playground is full',
};

/** Takes the page's place when it can't get in; says what to do next. */
export function Refused() {
  const t = useText();
  const state = useConnection();
  if (state.kind === 'unreachable' && state.reason === 'origin')
    return (
      <Wall title="The server doesn’t know this address" action="Try again">
        <ForeignAddress />
      </Wall>
    );
  if (state.kind === 'unreachable')
    return (
      <Wall title="Nothing live comes through" action="Try again">
        {t(
          'The server answers, but the line that everything live needs (a WebSocket) can’t be opened. If a proxy stands in between, it must pass WebSocket upgrades on; some company networks forbid them.',
        )}
      </Wall>
    );
  if (state.kind !== 'refused') return null;
  const { code, sentence } = state.refusal;
  return (
    <Wall
      title={titles[code] ?? 'The server refused this page'}
      action={code === 'version' ? 'Load the new version' : 'Try again'}
    >
      {t.say(sentence)}
    </Wall>
  );
}

interface WallProps {
  title: PlainMessage;
  /** What loading the page again is called. */
  action: PlainMessage;
  children: ReactNode;
}

function Wall({ title, action, children }: WallProps) {
  const t = useText();
  return (
    <div className="fixed inset-0 z-50 grid place-items-center bg-paper/90 p-6">
      <div
        role="alertdialog"
        aria-labelledby="refused-title"
        aria-describedby="refused-message"
        className="max-w-md rounded-2xl border border-line bg-surface p-8 text-center shadow-(--shadow)"
      >
        <h2 id="refused-title" className="text-xl font-semibold">
          {t(title)}
        </h2>
        <p id="refused-message" className="mt-3 mb-6 text-ink-soft">
          {children}
        </p>
        <Button variant="primary" onClick={() => location.reload()}>
          {t(action)}
        </Button>
      </div>
    </div>
  );
}
