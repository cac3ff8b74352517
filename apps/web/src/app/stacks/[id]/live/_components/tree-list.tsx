import type { KeptTree, PodMetricsData } from '@ushadow/contracts';
import { useState } from 'react';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { rowsOf, type Folds } from '../_tree/rows-of.ts';
import styles from './live.module.css';
import { TreeLine } from './tree-line.tsx';

interface TreeListProps {
  readonly tree: KeptTree;
  readonly usages: ReadonlyMap<string, PodMetricsData>;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

export function TreeList({ tree, usages, chosen, onChoose }: TreeListProps) {
  const [folds, setFolds] = useState<Folds>(new Map());
  const fold = (id: string, isOpen: boolean): void => {
    setFolds((before) => new Map([...before, [id, isOpen]]));
  };
  const rows = rowsOf(tree, folds);
  if (rows.length === 0)
    return (
      <EmptyState icon="search" title="Nothing of this stack is live">
        <p>The cluster has no object of it.</p>
      </EmptyState>
    );
  return (
    <ul className={styles['tree']} aria-label="What is live">
      {rows.map((row) =>
        row.type === 'rest' ? (
          <li key={row.id} style={{ paddingInlineStart: `${String(row.depth * 20 + 34)}px` }}>
            <button
              type="button"
              className={styles['rest']}
              data-testid="show-rest"
              onClick={() => {
                fold(row.id, true);
              }}
            >
              and {row.count} more that are well
            </button>
          </li>
        ) : (
          <TreeLine
            key={row.node.id}
            row={row}
            usage={row.node.type === 'pod' ? usages.get(row.node.name) : undefined}
            isChosen={row.node.id === chosen}
            onChoose={onChoose}
            onFold={fold}
          />
        ),
      )}
    </ul>
  );
}
