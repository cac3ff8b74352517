import type { operations, OutputOf, RevisionData } from '@ushadow/contracts';
import Link from 'next/link';
import type { Query } from '../../../../api/use-query.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { DeploymentStatus } from '../../_components/deployment-status.tsx';
import { restorable } from '../_history/restorable.ts';
import styles from './history-card.module.css';

interface HistoryCardProps {
  readonly history: Query<OutputOf<typeof operations.getHistory>>;
  /** The deployment whose page this is. */
  readonly shownId: string;
  readonly onRollback: (revision: RevisionData) => void;
}

/** The revisions of the service in this place, newest first, with the way back to the good ones. */
export function HistoryCard({ history: { data, error, reload }, shownId, onRollback }: HistoryCardProps) {
  const offered = new Set(restorable(data?.revisions ?? []));
  return (
    <Card title="History" aside={<span>of this service in this namespace, as it is now</span>} testId="history" flush>
      {error === undefined ? null : (
        <div className={styles['inset']}>
          <ErrorNotice error={error} onRetry={reload} />
        </div>
      )}
      {data === undefined ? (
        error === undefined && (
          <p className={styles['inset']} role="status">
            Loading the history…
          </p>
        )
      ) : (
        <Table label="Revisions" columns={['Revision', 'Status', 'What', 'By', 'Way back']}>
          {data.revisions.map((revision) => (
            <RevisionRow
              key={revision.deployment_id}
              revision={revision}
              isShown={revision.deployment_id === shownId}
              onRollback={offered.has(revision) ? onRollback : undefined}
            />
          ))}
        </Table>
      )}
    </Card>
  );
}

interface RevisionRowProps {
  readonly revision: RevisionData;
  readonly isShown: boolean;
  readonly onRollback: ((revision: RevisionData) => void) | undefined;
}

function RevisionRow({ revision, isShown, onRollback }: RevisionRowProps) {
  const { revision: number, deployment_id: id, kind, status, actor, message, created_at: at } = revision;
  return (
    <tr data-testid={`revision-${String(number)}`}>
      <td data-label="Revision">
        <Link href={`/deployments/${id}`} aria-current={isShown ? 'page' : undefined}>
          {number}
        </Link>
        {isShown ? ' (this one)' : null}
      </td>
      <td data-label="Status">
        <span className={styles['badges']}>
          <DeploymentStatus status={status} testId="revision-status" />
          <Mark revision={revision} />
        </span>
      </td>
      <td data-label="What">
        <span>
          {kind}
          {message === null ? null : <span className={styles['muted']}> {message}</span>}
        </span>
      </td>
      <td data-label="By">
        <span>
          {actor} <TimeAgo at={at} />
        </span>
      </td>
      <td data-label="Way back">
        {onRollback === undefined ? (
          '–'
        ) : (
          <Button
            small
            icon="undo"
            data-testid={`rollback-to-${String(number)}`}
            onClick={() => {
              onRollback(revision);
            }}
          >
            Roll back<span className="visually-hidden"> to revision {number}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

/** What the service has now, and what is not to be brought back. A failure says so by its status already. */
function Mark({ revision: { current, bad, status } }: { readonly revision: RevisionData }) {
  if (current) {
    return (
      <Badge tone="info" icon="check">
        Current
      </Badge>
    );
  }
  if (!bad || status === 'failed') return null;
  return (
    <Badge tone="warn" icon="undo">
      Rolled back from
    </Badge>
  );
}
