import type { TreeNodeData } from '@ushadow/contracts';
import { useQuery } from '../../../../../api/use-query.ts';
import { Badge } from '../../../../../ui/badge.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { ObjectName } from '../../../../../ui/object-name.tsx';
import { TimeAgo } from '../../../../../ui/time-ago.tsx';
import styles from './live.module.css';

const POLL_MS = 5_000;

/** What the cluster says of a node and of what is below it. */
export function NodeEvents({ stackId, node }: { readonly stackId: string; readonly node: TreeNodeData }) {
  const query = { stack_id: stackId, object: node.id, limit: 50 };
  const { data, error, reload } = useQuery('listStackEvents', query, { pollMs: POLL_MS });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === undefined) return <p role="status">Loading events…</p>;
  if (data.events.length === 0) return <p>Nothing is said of it. A cluster forgets events after an hour or so.</p>;
  return (
    <ol className={styles['events']} data-testid="node-events">
      {data.events.map((event) => (
        <li key={JSON.stringify([event.object, event.container, event.reason, event.message])}>
          <p className={styles['head']}>
            <Badge tone={event.type === 'Warning' ? 'warn' : 'neutral'}>{event.reason}</Badge>
            <ObjectName of={event.object} />
            {event.count > 1 ? <span>{event.count} times</span> : null}
            {event.last === null ? null : <TimeAgo at={event.last} />}
          </p>
          <p>{event.message}</p>
        </li>
      ))}
    </ol>
  );
}
