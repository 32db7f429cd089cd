import { Plus } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import { useDrag } from '@/app/_ui/grip';
import { useText } from '@/app/_ui/language';
import { fromFraction, nudge, toFraction } from '@/app/_ui/scale';
import type { Growth, Network } from '@/lib/catalog/blocks';
import type { Recipe } from '@/lib/catalog/models';
import { unitOf } from '@/lib/catalog/units';
import styles from './diagram.module.css';
import { depthOf, grown, rangeOf, shrunk } from './diagramEdits';
import type { DiagramLayout, GapPlace, NodePlace } from './diagramLayout';
import { fullName, shapeText } from './diagramText';

interface HandlesProps {
  layout: DiagramLayout;
  recipe: Recipe;
  networks: readonly Network[];
  /** The block under the pointer or the focus; `null` for none. */
  onInspect(node: NodePlace | null): void;
}

/** The diagram's controls: sizes to drag, layers to add and remove. */
export function DiagramHandles({ layout, recipe, networks, onInspect }: HandlesProps) {
  const nodes = layout.rows.flatMap((row) => row.nodes);
  // One size may be that of several blocks: the first one is its slider.
  const owners = new Map(nodes.toReversed().map((node) => [JSON.stringify(node.size), node.id]));
  return (
    <>
      {nodes.map((node) => {
        const isOwner = node.size !== null && owners.get(JSON.stringify(node.size)) === node.id;
        return node.size === null ? (
          <InspectButton key={node.id} node={node} layout={layout} onInspect={onInspect} />
        ) : (
          <SizeHandle
            key={node.id}
            node={node}
            layout={layout}
            recipe={recipe}
            growth={growthOf(networks, node)}
            isOwner={isOwner}
            onInspect={onInspect}
          />
        );
      })}
      {layout.gaps.map((gap) => (
        <AddButton key={gap.id} gap={gap} recipe={recipe} />
      ))}
    </>
  );
}

/** The parameter by which a block can be removed from its network; `null` if it can't. */
function growthOf(networks: readonly Network[], node: NodePlace): Growth | null {
  if (node.kind === 'data') return null;
  const network = networks.find(({ id }) => id === node.network);
  const growth = network?.growth ?? null;
  return growth?.kind === 'layers' && node.size?.key !== growth.key ? null : growth;
}

const placeOf = ({ x, y }: NodePlace, { column, rows }: DiagramLayout) => {
  const most = Math.max(...rows.flatMap((row) => row.nodes.map(({ height }) => height)), 64);
  return { left: x - column / 2, top: y - most / 2 - 8, width: column, height: most + 16 };
};

/** The anchor of a node, the same whatever size the diagram has. */
const anchorOf = ({ id }: NodePlace | GapPlace) => `network:${id}`;

interface BlockProps {
  node: NodePlace;
  layout: DiagramLayout;
  onInspect(node: NodePlace | null): void;
}

const inspecting = ({ node, onInspect }: BlockProps) => ({
  onPointerEnter: () => onInspect(node),
  onPointerLeave: () => onInspect(null),
  onFocus: () => onInspect(node),
  onBlur: () => onInspect(null),
});

function useName() {
  const t = useText();
  return ({ kind, shape, ...rest }: NodePlace): string =>
    kind === 'block' && 'block' in rest
      ? `${fullName(rest.block, t)}, ${shapeText(shape)}`
      : shapeText(shape);
}

/** A block whose size is no parameter: pointing to it shows its card. */
function InspectButton(props: BlockProps) {
  const { node, layout } = props;
  const nameOf = useName();
  if (node.kind === 'data') return null;
  return (
    <button
      type="button"
      aria-label={nameOf(node)}
      data-anchor={anchorOf(node)}
      className={styles.look}
      style={placeOf(node, layout)}
      {...inspecting(props)}
    />
  );
}

interface SizeProps extends BlockProps {
  recipe: Recipe;
  growth: Growth | null;
  isOwner: boolean;
}

/** Pixels of dragging from a size's least to its most. */
const TRAVEL = 260;

function SizeHandle(props: SizeProps) {
  const { node, layout, recipe, growth, isOwner } = props;
  const t = useText();
  const nameOf = useName();
  const size = node.size as NonNullable<NodePlace['size']>;
  const layer = size.kind === 'layer' ? size.index : undefined;
  const control = useControl(controls.recipe(recipe.model, size.key, layer));
  const { holder } = control;
  const start = useRef(0);
  const range = rangeOf(recipe.model, size);
  const values: Readonly<Record<string, unknown>> = recipe.values;
  const stored = values[size.key];
  const value = Number(size.kind === 'layer' && Array.isArray(stored) ? stored[size.index] : stored);
  const press = (event: KeyboardEvent) => {
    if (holder) return;
    if (growth && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      const { least, now } = depthOf(recipe.model, growth, values);
      const index = size.kind === 'layer' ? size.index : 0;
      if (now > least) control.change(shrunk(recipe.model, growth, index, now));
      return;
    }
    const direction = { ArrowUp: 1, PageUp: 1, ArrowDown: -1, PageDown: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    control.step(nudge(value, direction === 1 ? 1 : -1, event.key.startsWith('Page'), range));
  };
  const { handlers } = useDrag(control, false, ({ event, from }) => {
    if (event.type === 'pointerdown') {
      start.current = toFraction(value, range);
      return null;
    }
    const moved = (from.y - event.clientY) / TRAVEL;
    return fromFraction(Math.min(1, Math.max(0, start.current + moved)), range);
  });
  const label = `${t(range.label)}${size.kind === 'layer' ? ` ${size.index + 1}` : ''}`;
  return (
    <div
      role="slider"
      aria-orientation="vertical"
      aria-label={isOwner ? label : `${label}, ${nameOf(node)}`}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      aria-valuenow={value}
      aria-valuetext={`${value} ${range.unit && t.say(unitOf(range.unit, value))}`.trim()}
      aria-disabled={holder !== null}
      tabIndex={0}
      data-anchor={anchorOf(node)}
      data-control={control.name}
      className={styles.handle}
      style={placeOf(node, layout)}
      onKeyDown={press}
      {...handlers}
      {...inspecting(props)}
    />
  );
}

/** Adds a layer between two, as wide as the one before it. */
function AddButton({ gap, recipe }: { gap: GapPlace; recipe: Recipe }) {
  const t = useText();
  const { growth, index, x, y } = gap;
  const { holder, change } = useControl(controls.recipe(recipe.model, growth.key));
  const values: Readonly<Record<string, unknown>> = recipe.values;
  const { most, now } = depthOf(recipe.model, growth, values);
  const widths = values[growth.key];
  const units = Array.isArray(widths) ? (widths[Math.max(0, index - 1)] ?? 100) : 0;
  if (now >= most) return null;
  return (
    <button
      type="button"
      aria-label={t('Add a layer here')}
      title={t('Add a layer here')}
      data-anchor={anchorOf(gap)}
      disabled={holder !== null}
      onClick={() => change(grown(recipe.model, growth, index, units, now))}
      className={styles.add}
      style={{ left: x, top: y }}
    >
      <Plus aria-hidden size={12} />
    </button>
  );
}
