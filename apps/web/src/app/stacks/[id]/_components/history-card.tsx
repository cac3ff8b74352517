import type { RevisionData, StackData } from '@ushadow/contracts';
import Link from 'next/link';
import { useState } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { Badge, Chip } from '../../../../ui/badge.tsx';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { Card, CardInset } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Table } from '../../../../ui/table.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { DeploymentStatus } from '../../../deployments/_components/deployment-status.tsx';
import { isUnderWay, servicesText } from '../../../deployments/_status/deployment-facts.ts';
import styles from './history-card.module.css';
import { RollbackDialog } from './rollback-dialog.tsx';

const POLL_MS = 5_000;
const SHOWN_STEP = 20;
/** As many as one answer has; the shell shows all. */
const SHOWN_MAX = 200;

/** The revisions of a stack, newest first, with the way back to the good ones. */
export function HistoryCard({ stack }: { readonly stack: StackData }) {
  const [limit, setLimit] = useState(SHOWN_STEP);
  const [target, setTarget] = useState<RevisionData | null>(null);
  const { data, error, reload } = useQuery('getHistory', { stack_id: stack.stack_id, limit }, { pollMs: POLL_MS });
  const isMoving = data?.revisions.some(({ status }) => isUnderWay(status)) === true;
  return (
    <div id="history">
      <Card title="History" testId="history" flush>
        {error === undefined ? null : (
          <CardInset>
            <ErrorNotice error={error} onRetry={reload} />
          </CardInset>
        )}
        {data === undefined ? (
          error === undefined && (
            <CardInset>
              <p role="status">Loading the history…</p>
            </CardInset>
          )
        ) : (
          <Table label="Revisions" columns={['Revision', 'Status', 'What', 'By', 'Way back']}>
            {data.revisions.map((revision) => (
              <RevisionRow
                key={revision.deployment_id}
                stackId={stack.stack_id}
                revision={revision}
                onRollback={revision.offered && !isMoving ? setTarget : undefined}
              />
            ))}
          </Table>
        )}
        {data?.revisions.length === limit && limit < SHOWN_MAX ? (
          <div className={styles['more']}>
            <Button
              small
              onClick={() => {
                setLimit(limit + SHOWN_STEP);
              }}
            >
              Show older ones
            </Button>
          </div>
        ) : null}
      </Card>
      {target === null ? null : (
        <RollbackDialog
          stack={stack}
          revision={target}
          onClose={() => {
            setTarget(null);
          }}
        />
      )}
    </div>
  );
}

interface RevisionRowProps {
  readonly stackId: string;
  readonly revision: RevisionData;
  readonly onRollback: ((revision: RevisionData) => void) | undefined;
}

function RevisionRow({ stackId, revision, onRollback }: RevisionRowProps) {
  const { revision: number, deployment_id: id, kind, services, status, actor, message, created_at: at } = revision;
  const { tags, based_on_revision: base, content_digest: digest, kept } = revision;
  return (
    <tr data-testid={`revision-${String(number)}`}>
      <td data-label="Revision">
        <Link href={`/deployments/${id}`}>{number}</Link>
      </td>
      <td data-label="Status">
        <span className={styles['badges']}>
          <DeploymentStatus status={status} testId="revision-status" />
          <Mark revision={revision} />
          {tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </span>
      </td>
      <td data-label="What">
        <span>
          {kind === 'rollback' && base !== null ? `rollback to ${String(base)}` : kind}{' '}
          <span className={styles['muted']}>{[servicesText(services), message].filter(Boolean).join(': ')}</span>
        </span>
      </td>
      <td data-label="By">
        <span>
          {actor} <TimeAgo at={at} />
        </span>
      </td>
      <td data-label="Way back">
        <span className={styles['badges']}>
          {kept && digest !== null ? (
            <LinkButton
              small
              data-testid={`revision-details-${String(number)}`}
              href={`/stacks/${stackId}/revisions/${String(number)}`}
            >
              Compare<span className="visually-hidden"> revision {number}</span>
            </LinkButton>
          ) : null}
          {onRollback === undefined ? null : (
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
        </span>
      </td>
    </tr>
  );
}

/** What the stack has now, and what is not to be brought back. A failure says so by its status already. */
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
