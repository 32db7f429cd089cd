import { useEffect, useMemo, useState } from 'react';
import { useFrameStore } from '@/app/_hooks/context';
import { useCloudSource } from '@/app/_hooks/useCloudSource';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useStore } from '@/app/_hooks/useStore';
import { fetchBlob } from '@/app/_room/assets';
import type { Subjects as Shown } from '@/app/_room/frameStore';
import { useCanvasFont } from '@/app/_ui/useCanvasFont';
import type { PictureBatch } from '@/app/_view/pixels';
import { type SubjectKind, sources } from '@/lib/catalog/sources';
import { glyphPictures } from './glyphPictures';

/** The subjects of the cloud's points. */
export interface Subjects {
  readonly kind: SubjectKind;
  /** A picture of each point; `null` until they are there, and where they aren't kept. */
  readonly pictures: PictureBatch | null;
  /** The text whose characters they are. */
  readonly characters: readonly string[] | null;
  /** Steps of the weights that made the pictures; `null` for pictures of the data. */
  readonly madeAt: number | null;
}

/** @param isWanted whether pictures are shown: others aren't loaded. */
export function useSubjects(isWanted: boolean): Subjects {
  const { subjects: kind } = sources[useCloudSource()];
  const assets = useSnapshot('assets');
  const told = useSnapshot('subjects');
  const loaded = useGenerated(kind === 'latents' && isWanted ? told : null);
  // Pictures of the past aren't kept.
  const isPast = useStore(useFrameStore().moment) !== null;
  const generated = loaded && loaded.run === told?.run && !isPast ? loaded : null;
  const characters = useMemo(
    () => (kind === 'characters' && told && !told.pictures ? charactersOf(told) : null),
    [kind, told],
  );
  const font = useCanvasFont();
  const glyphs = useMemo(
    () => (isWanted && characters ? glyphPictures(characters, font) : null),
    [isWanted, characters, font],
  );
  switch (kind) {
    case 'images':
      return { kind, pictures: assets, characters: null, madeAt: null };
    case 'latents':
      return { kind, pictures: generated, characters: null, madeAt: generated?.step ?? null };
    case 'characters':
      return { kind, pictures: glyphs, characters, madeAt: null };
  }
}

const charactersOf = ({ payload }: Shown): string[] => [...new TextDecoder().decode(payload)];

interface Generated extends PictureBatch {
  readonly run: string;
  readonly step: number;
}

/** Loads the pictures that a subjects frame names; earlier ones stay until then. */
function useGenerated(told: Shown | null): Generated | null {
  const [generated, setGenerated] = useState<Generated | null>(null);
  useEffect(() => {
    if (!told?.pictures) return;
    const { pictures, step, count, run } = told;
    let isGone = false;
    fetchBlob(pictures.hash).then(
      (blob) => {
        const { height, width, channels } = pictures;
        const isWhole = blob.byteLength === count * height * width * channels;
        if (!isGone && isWhole)
          setGenerated({ run, count, height, width, channels, step, pixels: new Uint8Array(blob) });
      },
      // They have been replaced meanwhile: the next ones are on their way.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [told]);
  return generated;
}
