import { useText } from '@/app/_ui/language';
import type { Recipe } from '@/lib/catalog/models';
import styles from './diagram.module.css';
import { type DataKind, type DiagramLayout, depthOf, type NodePlace, type Row } from './diagramLayout';
import { shapeText, shortName } from './diagramText';
import type { Working } from './useWorking';

interface DrawingProps {
  layout: DiagramLayout;
  recipe: Recipe;
  working: Working;
  compact: boolean;
}

type Side = 'real' | 'generated' | 'plain';

const dataSides: Readonly<Record<DataKind, Side>> = {
  image: 'real',
  reconstruction: 'generated',
  real: 'real',
  verdict: 'real',
  generated: 'generated',
  noise: 'plain',
  text: 'plain',
  guess: 'plain',
};

/** The side of a node, real or generated, which sets its colour. */
export function sideOf(node: NodePlace): Side {
  if (node.kind === 'data') {
    return dataSides[node.data];
  }
  if (node.network === 'discriminator') return 'real';
  return node.network === 'generator' || node.network === 'mapping' ? 'generated' : 'plain';
}

function isLit(node: NodePlace, working: Working): boolean {
  if (working === 'all') return true;
  if (working === 'data') return node.kind === 'data' && ['image', 'real', 'text'].includes(node.data);
  if (working === 'nothing') return false;
  const side = sideOf(node);
  // Generated images are there in both turns: one side judges them, the other learns from the verdict.
  return side === working || (node.kind === 'data' && node.data === 'generated');
}

/** Draws blocks, bands between them and captions; handles lie above. */
export function DiagramDrawing({ layout, recipe, working, compact }: DrawingProps) {
  const { width, height, rows, column } = layout;
  return (
    <svg aria-hidden width={width} height={height} className={styles.drawing} data-working={working}>
      <title>Network</title>
      <defs>
        {(['real', 'generated', 'plain'] as const).map((side) => (
          <marker
            key={side}
            id={`arrow-${side}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0.5L8 4L0 7.5z" className={styles.tip} data-side={side} />
          </marker>
        ))}
      </defs>
      {rows.length > 1 && !compact && <Feed layout={layout} working={working} />}
      {rows.map((row) => (
        <g key={row.nodes[0]?.id}>
          <Bands row={row} working={working} />
          {row.nodes.map((node, i) => (
            <g key={node.id} data-side={sideOf(node)} data-lit={isLit(node, working)} className={styles.node}>
              <Shape node={node} column={column} />
              {!compact && (
                <Caption node={node} before={row.nodes[i - 1]} row={row} recipe={recipe} column={column} />
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Bands from one block to the next, as high as the output of one and the input of the other. */
function Bands({ row, working }: { row: Row; working: Working }) {
  return row.nodes.slice(1).map((node, i) => {
    const before = row.nodes[i] as NodePlace;
    const [x1, x2] = [before.x + before.width / 2 + 2, node.x - node.width / 2 - 2];
    const [h1, h2] = [before.height / 2, node.height / 2];
    const points = `${x1},${row.y - h1} ${x2},${row.y - h2} ${x2},${row.y + h2} ${x1},${row.y + h1}`;
    return (
      <polygon
        key={node.id}
        points={points}
        className={styles.band}
        data-side={sideOf(node)}
        data-lit={isLit(node, working)}
      />
    );
  });
}

/** Generated images go to the discriminator, beside the real ones. */
function Feed({ layout, working }: { layout: DiagramLayout; working: Working }) {
  const [first, second] = layout.rows;
  const from = first?.nodes.at(-1);
  const [real, judge] = second?.nodes ?? [];
  if (!from || !real || !judge) return null;
  const right = Math.min(layout.width - 6, from.x + from.width / 2 + 16);
  const middle = judge.y - (judge.y - from.y) / 2 + 30;
  const left = (real.x + real.width / 2 + judge.x - judge.width / 2) / 2;
  const bend = 10;
  const path = [
    `M${from.x + from.width / 2 + 3} ${from.y}`,
    `H${right - bend}q${bend} 0 ${bend} ${bend}`,
    `V${middle - bend}q0 ${bend} ${-bend} ${bend}`,
    `H${left + bend}q${-bend} 0 ${-bend} ${bend}`,
    `V${judge.y - 18}`,
  ].join('');
  const lit = working === 'all' || working === 'real' || working === 'generated';
  return (
    <path
      d={path}
      className={styles.feed}
      data-side="generated"
      data-lit={lit}
      markerEnd="url(#arrow-generated)"
    />
  );
}

/** A vector is a bar, an image a sheet, thick with its channels. */
function Shape({ node, column }: { node: NodePlace; column: number }) {
  const { x, y, width, height } = node;
  const depth = depthOf(node.shape, column);
  const [left, top] = [x - width / 2, y - height / 2];
  const isRound = node.kind === 'block' && node.block.kind === 'recurrent';
  return (
    <>
      {depth > 0 && (
        <path
          className={styles.depth}
          d={`M${left} ${top}l${depth} ${-depth}h${width}v${height}l${-depth} ${depth}M${left + width} ${top}l${depth} ${-depth}`}
        />
      )}
      <rect x={left} y={top} width={width} height={height} rx={depth > 0 ? 1 : 3} className={styles.face} />
      {isRound && (
        <path
          className={styles.loop}
          d={`M${x + width / 2} ${top + 8}c26 -34 ${-26 - width - 26} -34 ${-width} 0`}
          markerEnd="url(#arrow-plain)"
        />
      )}
    </>
  );
}

const compactNumber = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

function Caption({
  node,
  before,
  row,
  recipe,
  column,
}: {
  node: NodePlace;
  before: NodePlace | undefined;
  row: Row;
  recipe: Recipe;
  column: number;
}) {
  const t = useText();
  const bottom = Math.max(...row.nodes.map(({ height }) => height)) / 2;
  const y = row.y + bottom + 16;
  const lines = [shortName(node, before, recipe, t), shapeText(node.shape)];
  if (node.kind === 'block') lines.push(compactNumber.format(node.block.parameters));
  return (
    <text x={node.x} y={y} textAnchor="middle" className={styles.caption} data-narrow={column < 72}>
      {lines.map((line, i) => (
        <tspan key={['name', 'shape', 'parameters'][i]} x={node.x} dy={i === 0 ? 0 : 13} data-line={i}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
