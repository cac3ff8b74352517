import type { TreeNodeData } from '@ushadow/contracts';
import { useQuery } from '../../../../../api/use-query.ts';
import { CodeBlock } from '../../../../../ui/code.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import styles from './live.module.css';

/** How an object is written down in the cluster; a container by its pod. */
export function NodeYaml({ stackId, node }: { readonly stackId: string; readonly node: TreeNodeData }) {
  const [kind = '', , name = ''] = (node.type === 'container' ? (node.parent ?? '') : node.id).split('/');
  const { data, error, reload } = useQuery('getLiveObject', { stack_id: stackId, kind, name });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === undefined) return <p role="status">Loading…</p>;
  const managers = [...new Set(data.managers.map(({ manager }) => manager))];
  return (
    <div data-testid="node-yaml">
      <p className={styles['note']}>
        {managers.length === 0 ? null : <>Written by {managers.join(', ')}. </>}What is known to be secret is masked.
      </p>
      <CodeBlock text={data.yaml} label={data.id} />
    </div>
  );
}
