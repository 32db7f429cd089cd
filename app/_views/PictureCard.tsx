import type { AssetImages } from '../_client/frameStore';
import { useText } from '../_ui/language';
import type { CloudHit } from './cloudMath';
import { Picture } from './Picture';
import { Tooltip } from './Tooltip';

/** CSS pixels that one pixel of the picture takes. */
const SCALE = 4;

/** The picture behind a point of the cloud, enlarged, with its class. */
export function PictureCard({ assets, hit }: { assets: AssetImages; hit: CloudHit }) {
  const t = useText();
  const { index } = hit;
  const category = assets.labels[index] ?? 0;
  return (
    <Tooltip x={hit.x} y={hit.y}>
      <div className="my-1" style={{ width: SCALE * assets.width }}>
        <Picture batch={assets} index={index} className="w-full rounded-sm" />
      </div>
      <span className="flex items-center gap-2 py-0.5">
        <span className="size-2.5 rounded-full" style={{ background: `var(--class-${category % 10})` }} />
        {t.foreign(assets.classes[category] ?? '')}
      </span>
    </Tooltip>
  );
}
