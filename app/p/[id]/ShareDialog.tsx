import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_ui/Button';
import { Dialog } from '@/app/_ui/Dialog';
import { useText } from '@/app/_ui/language';
import { addressOf } from '@/lib/address';

/** Milliseconds that the button says "Copied". */
const COPIED_MS = 2000;

interface ShareDialogProps {
  playground: string;
  onClose(): void;
}

export function ShareDialog({ playground, onClose }: ShareDialogProps) {
  const t = useText();
  return (
    <Dialog title={t('Invite people')} open onClose={onClose}>
      <Invitation playground={playground} />
    </Dialog>
  );
}

function Invitation({ playground }: { playground: string }) {
  const t = useText();
  const link = location.origin + addressOf(`/p/${playground}`);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  return (
    <>
      <p className="mb-4 text-sm text-ink-soft">
        {t('Whoever has this link can see, tune and train with you. No account is needed.')}
      </p>
      <CopyRow link={link} />
      <QrCode text={link} />
      {isLocal && (
        <p className="mt-4 text-sm text-ink-soft">
          {t.rich(
            'This address works on this computer only. For others, open the page by the address that this computer has in your network; starting the server with {setting} lets them in.',
            { setting: 'HOST=0.0.0.0' },
            { setting: (text) => <code className="font-mono">{text}</code> },
          )}
        </p>
      )}
    </>
  );
}

function CopyRow({ link }: { link: string }) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Pages that aren't served over HTTPS have no clipboard; the link is selected, ready for Ctrl+C.
      setCopied(document.execCommand('copy'));
    }
  };
  return (
    <div className="flex gap-2">
      <input
        ref={field}
        readOnly
        aria-label={t('Link')}
        value={link}
        onFocus={(event) => event.target.select()}
        className="h-9 min-w-0 flex-1 truncate rounded-lg border border-line bg-sunken px-3 font-mono text-xs"
      />
      <Button variant="primary" icon={copied ? Check : Copy} onClick={() => void copy()} className="w-32">
        <span aria-live="polite">{t(copied ? 'Copied' : 'Copy link')}</span>
      </Button>
    </div>
  );
}

/** Dark on light in both themes, as cameras expect it. Its encoder loads only when it is shown. */
function QrCode({ text }: { text: string }) {
  const t = useText();
  const [cells, setCells] = useState<boolean[][]>([]);
  useEffect(() => {
    let current = true;
    void import('uqr').then(({ encode }) => {
      if (current) setCells(encode(text, { border: 2 }).data);
    });
    return () => {
      current = false;
    };
  }, [text]);
  const path = cells.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      role="img"
      aria-label={t('QR code of the link')}
      viewBox={`0 0 ${cells.length || 1} ${cells.length || 1}`}
      shapeRendering="crispEdges"
      className="mx-auto mt-6 aspect-square w-64 rounded-xl bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  );
}
