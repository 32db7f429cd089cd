'use client';

import { useText } from './language';

/** Why a page that was opened through a proxy may do nothing, and what its operator can do about it. */
export function ForeignAddress() {
  const t = useText();
  return (
    <span>
      {t.rich(
        'You opened {address}, but a proxy in between tells the server another name, so it takes this page for another site’s. Whoever runs the server can let the proxy pass the header Host on, or start it with {setting}.',
        { address: location.origin, setting: `COLATENT_ORIGIN=${location.origin}` },
        {
          address: (text) => <code className="font-mono">{text}</code>,
          setting: (text) => <code className="font-mono break-all select-all">{text}</code>,
        },
      )}
    </span>
  );
}
