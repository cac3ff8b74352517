import type { PodMetricsData } from '@ushadow/contracts';
import { Badge } from '../../../../../ui/badge.tsx';
import { Icon } from '../../../../../ui/icon.tsx';
import { factsOf, healthOf, titleOf } from '../_tree/node-display.ts';
import type { TreeRow } from '../_tree/rows-of.ts';
import styles from './live.module.css';
import { PodUsage } from './pod-usage.tsx';

interface TreeLineProps {
  readonly row: Extract<TreeRow, { type: 'node' }>;
  readonly usage: PodMetricsData | undefined;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
  readonly onFold: (id: string, isOpen: boolean) => void;
}

export function TreeLine({ row, usage, isChosen, onChoose, onFold }: TreeLineProps) {
  const { node, depth, isOpen, hasChildren } = row;
  const { tone, icon, label } = healthOf(node);
  return (
    <li
      className={styles['line']}
      style={{ paddingInlineStart: `${String(depth * 20 + 8)}px` }}
      data-testid={`node-${node.id}`}
      data-chosen={isChosen || undefined}
    >
      {hasChildren ? (
        <button
          type="button"
          className={styles['fold']}
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Fold' : 'Unfold'} ${titleOf(node)} ${node.name}`}
          onClick={() => {
            onFold(node.id, !isOpen);
          }}
        >
          <Icon name={isOpen ? 'down' : 'chevron'} />
        </button>
      ) : (
        <span className={styles['fold']} />
      )}
      <div className={styles['what']}>
        <div className={styles['head']}>
          <button
            type="button"
            className={styles['name']}
            data-testid="choose-node"
            aria-pressed={isChosen}
            onClick={() => {
              onChoose(node.id);
            }}
          >
            <span className={styles['kind']}>{titleOf(node)}</span> {node.name}
          </button>
          <Badge tone={tone} icon={icon}>
            {label}
          </Badge>
          <span className={styles['facts']}>
            {factsOf(node)
              .filter((fact) => fact !== '')
              .join(' · ')}
          </span>
          {usage === undefined ? null : <PodUsage usage={usage} />}
        </div>
        {node.message === '' ? null : (
          <p className={styles['message']} data-tone={tone}>
            {node.message}
          </p>
        )}
      </div>
    </li>
  );
}
