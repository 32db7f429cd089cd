import { X } from 'lucide-react';
import { useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { useText } from '@/app/_ui/language';

/** Short messages for this person alone, e.g. why something was refused. */
export function Notices() {
  const t = useText();
  const room = useRoom();
  const notices = useStore(room.notices.shown);
  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-4 top-16 z-40 flex flex-col items-center gap-2"
    >
      {notices.map((notice) => (
        <div
          key={notice.id}
          className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-xl bg-ink py-2 pr-2 pl-4 text-sm text-paper shadow-(--shadow)"
        >
          <p>{t.say(notice.sentence)}</p>
          {notice.offer && (
            <button
              type="button"
              onClick={() => {
                room.notices.dismiss(notice.id);
                notice.offer?.act();
              }}
              className="h-7 shrink-0 rounded-lg bg-paper px-3 font-medium text-ink"
            >
              {t(notice.offer.label)}
            </button>
          )}
          <button
            type="button"
            aria-label={t('Dismiss')}
            onClick={() => room.notices.dismiss(notice.id)}
            className="grid size-7 shrink-0 place-items-center rounded-lg hover:bg-paper/15"
          >
            <X aria-hidden size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
