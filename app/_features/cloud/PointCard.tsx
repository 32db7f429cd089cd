import type { AssetImages } from '@/app/_room/assets';
import type { Cloud } from '@/app/_room/frameStore';
import { ClassMark } from '@/app/_ui/ClassMark';
import { useText } from '@/app/_ui/language';
import { Picture } from '@/app/_view/Picture';
import { Tooltip } from '@/app/_view/Tooltip';
import { shortName } from '@/lib/text/names';
import type { CloudHit } from './cloudMath';
import { snippetOf } from './cloudText';
import { usePointWords } from './pointWords';
import { SnippetLine } from './SnippetLine';
import type { Subjects } from './useSubjects';

/** Visible characters of a class's name. */
const NAME_CHARACTERS = 40;
/** CSS pixels that one pixel of the picture takes. */
const SCALE = 4;

interface PointCardProps {
  cloud: Cloud;
  assets: AssetImages | null;
  subjects: Subjects;
  hit: CloudHit;
}

/** A point's subject, an enlarged picture or a character in its text, with its class and values. */
export function PointCard({ cloud, assets, subjects, hit }: PointCardProps) {
  const t = useText();
  const { index } = hit;
  const { characters, pictures, madeAt } = subjects;
  const words = usePointWords(cloud, assets, subjects);
  const category = words.categoryOf(index);
  return (
    <Tooltip x={hit.x} y={hit.y}>
      <div data-point={index}>
        {characters ? (
          <SnippetLine snippet={snippetOf(characters, index)} className="w-60 py-1" />
        ) : (
          <div className="my-1" style={{ width: SCALE * (pictures?.width ?? assets?.width ?? 28) }}>
            <Picture batch={pictures} index={index} className="w-full rounded-sm" />
          </div>
        )}
        {category !== null && (
          <span className="flex items-center gap-2 py-0.5">
            <ClassMark category={category} />
            {shortName(words.classOf(index), NAME_CHARACTERS)}
          </span>
        )}
        {words.factsOf(index).map((fact) => (
          <span key={fact} className="block text-ink-soft tabular-nums">
            {fact}
          </span>
        ))}
        {madeAt !== null && (
          <span className="block text-ink-faint tabular-nums">
            {t('Drawn after step {step}', { step: madeAt })}
          </span>
        )}
      </div>
    </Tooltip>
  );
}
