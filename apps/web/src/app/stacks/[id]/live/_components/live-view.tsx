'use client';

import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQuery } from '../../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../../ui/breadcrumb.tsx';
import { Card } from '../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../../ui/skeleton.tsx';
import { useStackTree, type StackTree } from '../_hooks/use-stack-tree.ts';
import styles from './live.module.css';
import { NodeDetails } from './node-details.tsx';
import { TreeList } from './tree-list.tsx';

const METRICS_MS = 15_000;

/** What is live of a stack, as it changes. */
export function LiveView({ stackId }: { readonly stackId: string }) {
  const { tree, isAway, error } = useStackTree(stackId);
  const [chosen, setChosen] = useState<string | undefined>();
  const stack = useQuery('getStack', { stack_id: stackId });
  const metrics = useQuery('getStackMetrics', { stack_id: stackId }, { pollMs: METRICS_MS });
  const usages = useMemo(() => new Map(metrics.data?.pods.map((each) => [each.pod, each])), [metrics.data]);
  const node = chosen === undefined ? undefined : tree?.get(chosen);
  const columns = useRef<HTMLDivElement>(null);
  const closeDetails = (): void => {
    // The focus goes back to where it came from.
    columns.current?.querySelector<HTMLElement>('[data-chosen] [data-testid="choose-node"]')?.focus();
    setChosen(undefined);
  };
  return (
    <PageStack testId="live-page">
      <PageHeader
        above={<Breadcrumb href={`/stacks/${stackId}`} name={stack.data?.project ?? 'Stack'} />}
        title="Live"
        description="What the cluster has of this stack now; what wants attention is unfolded."
      />
      {stack.error === undefined ? null : <ErrorNotice error={stack.error} onRetry={stack.reload} />}
      {error === undefined || stack.error !== undefined ? null : <ErrorNotice error={error} />}
      <SightNotices tree={tree} isAway={isAway} />
      {tree === undefined && error === undefined ? (
        <Skeleton label="Looking at the cluster" shape="rows" count={6} />
      ) : null}
      {tree === undefined ? null : (
        <div ref={columns} className={styles['columns']}>
          <Card title="Tree" testId="live-tree" flush>
            <TreeList tree={tree} usages={usages} chosen={chosen} onChoose={setChosen} />
          </Card>
          {node === undefined ? null : (
            <InView key={node.id}>
              <NodeDetails
                stackId={stackId}
                node={node}
                usage={node.type === 'pod' ? usages.get(node.name) : undefined}
                onClose={closeDetails}
              />
            </InView>
          )}
        </div>
      )}
      {metrics.data === undefined || metrics.data.available ? null : (
        <p className={styles['note']} data-testid="no-metrics">
          No figures of CPU and memory: {metrics.data.message}.
        </p>
      )}
    </PageStack>
  );
}

/** Beside the tree however far that is scrolled; below it, where there is no room beside, the page goes there. */
function InView({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place} className={styles['details']}>
      {children}
    </div>
  );
}

/** What is not seen, or not seen now. */
function SightNotices({ tree, isAway }: Pick<StackTree, 'tree' | 'isAway'>) {
  return (
    <>
      {isAway ? (
        <Notice tone="warn" role="status" title="The connection is lost" testId="live-away">
          <p>It is tried again. Below is what was last seen.</p>
        </Notice>
      ) : null}
      {tree?.lost === undefined ? null : (
        <Notice tone="warn" role="status" title="The cluster is out of sight" testId="live-lost">
          <p>{tree.lost}. It is tried again. Below is what was last seen.</p>
        </Notice>
      )}
      {tree === undefined || tree.unseen.length === 0 ? null : (
        <Notice tone="info" title="Not everything can be seen" testId="live-unseen">
          {tree.unseen.map(({ kind, message }) => (
            <p key={kind}>
              {kind}: {message}
            </p>
          ))}
        </Notice>
      )}
    </>
  );
}
