import type { PlainMessage } from '@/lib/messages/ko';
import type { RefusalCode } from '@/lib/protocol/messages';
import { useConnection } from '../_client/context';
import { Button } from '../_ui/Button';
import { useText } from '../_ui/language';

const titles: Partial<Record<RefusalCode, PlainMessage>> = {
  version: 'There is a newer version',
  'not-found': 'This link opens no playground',
  'room-full': 'This playground is full',
};

/** Takes the page's place when the server won't let it in; says what to do next. */
export function Refused() {
  const t = useText();
  const state = useConnection();
  if (state.kind !== 'refused') return null;
  const { code, message } = state.refusal;
  return (
    <div className="fixed inset-0 z-50 grid place-items-center bg-paper/90 p-6">
      <div
        role="alertdialog"
        aria-labelledby="refused-title"
        aria-describedby="refused-message"
        className="max-w-md rounded-2xl border border-line bg-surface p-8 text-center shadow-(--shadow)"
      >
        <h2 id="refused-title" className="text-xl font-semibold">
          {t(titles[code] ?? 'The server refused this page')}
        </h2>
        <p id="refused-message" className="mt-3 mb-6 text-ink-soft">
          {t.foreign(message)}
        </p>
        <Button look="primary" onClick={() => location.reload()}>
          {t(code === 'version' ? 'Load the new version' : 'Try again')}
        </Button>
      </div>
    </div>
  );
}
