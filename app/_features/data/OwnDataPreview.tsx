import { useEffect, useMemo, useState } from 'react';
import { ClassMark } from '@/app/_ui/ClassMark';
import { useText } from '@/app/_ui/language';
import { PixelGrid } from '@/app/_ui/PixelGrid';
import { addressOf } from '@/lib/address';
import { classNamed } from '@/lib/catalog/classNames';
import type { EncodingId } from '@/lib/catalog/encodings';
import { ownShapeOf } from '@/lib/catalog/ownData';
import { limits } from '@/lib/protocol/limits';
import type { LeftOut, OwnData } from '@/lib/protocol/ownData';
import { shortName } from '@/lib/text/names';
import { HowItWasRead } from './HowItWasRead';

/** Images side by side. */
const COLUMNS = 9;

/** Visible characters of a name; of a longer one the middle goes. */
const NAME_CHARACTERS = 48;

/** The bytes of a data set's preview; `null` until they are there. @param known those of a draft, in base64. */
function usePreview(hash: string, known?: string): Uint8Array<ArrayBuffer> | null {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null);
  useEffect(() => {
    if (known !== undefined) {
      setBytes(Uint8Array.from(atob(known), (character) => character.charCodeAt(0)));
      return;
    }
    const abort = new AbortController();
    setBytes(null);
    fetch(addressOf(`/api/blobs/${hash}`), { signal: abort.signal })
      .then(async (response) => response.ok && setBytes(new Uint8Array(await response.arrayBuffer())))
      .catch(() => undefined);
    return () => abort.abort();
  }, [hash, known]);
  return bytes;
}

/** What a data set is like: its first images and its classes, or its first lines. */
export function OwnDataPreview({ data, known, onEncoding }: PreviewProps<OwnData['kind']>) {
  return data.kind === 'text' ? (
    <FirstLines data={data} known={known} onEncoding={onEncoding} />
  ) : (
    <FirstImages data={data} known={known} />
  );
}

interface PreviewProps<Kind extends OwnData['kind']> {
  data: Extract<OwnData, { kind: Kind }>;
  /** The preview's bytes in base64, of what isn't taken yet. */
  known?: string;
  /** Has a text read in another encoding; absent where it is taken already. */
  onEncoding?(encoding: EncodingId): void;
}

function FirstLines({ data, known, onEncoding }: PreviewProps<'text'>) {
  const t = useText();
  const bytes = usePreview(data.preview, known);
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
      {data.reading && <HowItWasRead reading={data.reading} onEncoding={onEncoding} />}
      {data.reading && <LeftOuts all={data.reading.leftOut} />}
    </>
  );
}

function FirstImages({ data, known }: PreviewProps<'images'>) {
  const t = useText();
  const bytes = usePreview(data.preview, known);
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
      <ul
        aria-label={t('Classes')}
        className="mt-2 flex max-h-32 flex-wrap gap-x-3 gap-y-1 overflow-y-auto text-xs text-ink-soft"
      >
        {data.classes.map(({ name, count: images }, i) => (
          <li key={name} title={name} className="flex items-center gap-1.5">
            <ClassMark category={i} />
            {shortName(t.say(classNamed(name, true)), NAME_CHARACTERS)}{' '}
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
          <li key={JSON.stringify(reason)} className="wrap-break-word">
            <span className="text-ink">{t.say(reason)}</span>
            {': '}
            {names.map((name) => shortName(name, NAME_CHARACTERS)).join(', ')}
            {count > names.length && ` ${t('and {n} more', { n: count - names.length })}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
