import { useEffect, useMemo, useState } from 'react';
import { addressOf } from '@/lib/address';
import { ownShapeOf } from '@/lib/catalog/ownData';
import { shortName } from '@/lib/names';
import { limits } from '@/lib/protocol/limits';
import type { LeftOut, OwnData } from '@/lib/protocol/ownData';
import { useText } from '../_ui/language';
import { PixelGrid } from '../_ui/PixelGrid';
import { HowItWasRead } from './HowItWasRead';

/** Images side by side. */
const COLUMNS = 9;

/** Visible characters of a name; of a longer one the middle goes. */
const NAME_CHARACTERS = 48;

/** The bytes of a data set's preview; `null` until they are there. */
function usePreview(hash: string): Uint8Array<ArrayBuffer> | null {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    setBytes(null);
    fetch(addressOf(`/api/blobs/${hash}`), { signal: abort.signal })
      .then(async (response) => response.ok && setBytes(new Uint8Array(await response.arrayBuffer())))
      .catch(() => undefined);
    return () => abort.abort();
  }, [hash]);
  return bytes;
}

/** What a data set is like: its first images and its classes, or its first lines. */
export function OwnDataPreview({ data, onReplaced }: OwnDataPreviewProps) {
  return data.kind === 'text' ? (
    <FirstLines data={data} onReplaced={onReplaced} />
  ) : (
    <FirstImages data={data} />
  );
}

interface OwnDataPreviewProps {
  data: OwnData;
  /** Another data set has taken its place. */
  onReplaced(data: OwnData): void;
}

function FirstLines({
  data,
  onReplaced,
}: OwnDataPreviewProps & { data: Extract<OwnData, { kind: 'text' }> }) {
  const t = useText();
  const bytes = usePreview(data.preview);
  return (
    <>
      <section
        aria-label={t('The first lines')}
        className="mt-3 h-48 overflow-hidden rounded-lg bg-sunken p-3"
      >
        <pre className="font-mono text-xs leading-5 whitespace-pre-wrap">
          {bytes && new TextDecoder().decode(bytes)}
        </pre>
      </section>
      {data.reading && <HowItWasRead data={data} reading={data.reading} onReplaced={onReplaced} />}
      {data.reading && <LeftOuts all={data.reading.leftOut} />}
    </>
  );
}

function FirstImages({ data }: { data: Extract<OwnData, { kind: 'images' }> }) {
  const t = useText();
  const bytes = usePreview(data.preview);
  const count = Math.min(data.count, limits.ownPreviewImages);
  const images = useMemo(() => {
    const content = ownShapeOf(data.id);
    if (!bytes || content.kind !== 'images') return null;
    const [height, width, channels] = content.shape;
    return { count, height, width, channels, pixels: bytes.subarray(count) };
  }, [bytes, data.id, count]);
  const columns = Math.min(count, COLUMNS);
  return (
    <>
      <div className="mt-3">
        <PixelGrid
          images={images}
          columns={columns}
          rows={Math.ceil(count / columns)}
          label={t('The first {n} images', { n: count })}
        />
      </div>
      <ul aria-label={t('Classes')} className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-soft">
        {data.classes.map(({ name, count: images }, i) => (
          <li key={name} title={name} className="flex items-center gap-1.5">
            <span
              aria-hidden
              className="size-2 rounded-full"
              style={{ background: `var(--class-${i % 10})` }}
            />
            {shortName(t.foreign(name), NAME_CHARACTERS)}{' '}
            <span className="text-ink-faint tabular-nums">{t.number(images)}</span>
          </li>
        ))}
      </ul>
      <LeftOuts all={data.leftOut} />
    </>
  );
}

/** The files that were left out, by why. */
function LeftOuts({ all }: { all: readonly LeftOut[] }) {
  const t = useText();
  if (all.length === 0) return null;
  return (
    <details className="mt-2 text-xs text-ink-soft">
      <summary className="cursor-pointer">
        {t('{n} {n|file was|files were} left out', { n: all.reduce((sum, { count }) => sum + count, 0) })}
      </summary>
      <ul className="mt-1 flex flex-col gap-1">
        {all.map(({ reason, count, names }) => (
          <li key={reason} className="wrap-break-word">
            <span className="text-ink">{t.foreign(reason)}</span>
            {': '}
            {names.map((name) => shortName(name, NAME_CHARACTERS)).join(', ')}
            {count > names.length && ` ${t('and {n} more', { n: count - names.length })}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
