'use client';

import type { RevisionData } from '@ushadow/contracts';
import Link from 'next/link';
import { useState } from 'react';
import { useQuery } from '../../../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../../../ui/breadcrumb.tsx';
import { Button, LinkButton } from '../../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../../../ui/page-header.tsx';
import { TimeAgo } from '../../../../../../ui/time-ago.tsx';
import { isUnderWay } from '../../../../../deployments/_status/deployment-facts.ts';
import { RollbackDialog } from '../../../_components/rollback-dialog.tsx';
import { DiffCard } from './diff-card.tsx';
import { ManifestsCard } from './manifests-card.tsx';
import { TagsCard } from './tags-card.tsx';

/** As many as one answer has; older ones are compared from a shell. */
const LISTED = 200;

interface RevisionViewProps {
  readonly stackId: string;
  readonly number: string;
}

/** One revision: where it comes from, what differs from others and from what runs, its tags and its manifests. */
export function RevisionView({ stackId, number }: RevisionViewProps) {
  const { data, error, reload } = useQuery('getHistory', { stack_id: stackId, limit: LISTED });
  const history = `/stacks/${stackId}#history`;
  const above = <Breadcrumb href={history} name={data?.project ?? 'Stack'} />;
  const revisions = data?.revisions ?? [];
  const revision = revisions.find((each) => String(each.revision) === number);
  if (data !== undefined && revision === undefined && revisions.length < LISTED) {
    return (
      <PageStack testId="revision-page">
        <PageHeader above={above} title={`Revision ${number}`} />
        <EmptyState
          icon="question"
          title="There is no such revision"
          actions={<LinkButton href={history}>Show the history</LinkButton>}
        >
          The history of the stack lists those that there are.
        </EmptyState>
      </PageStack>
    );
  }
  return (
    <PageStack testId="revision-page">
      <PageHeader
        above={above}
        title={`Revision ${number}`}
        description={revision === undefined ? undefined : <Facts revision={revision} />}
        actions={isOffered(revision, revisions) ? <RollbackButton stackId={stackId} revision={revision} /> : undefined}
      />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      <DiffCard stackId={stackId} number={number} revisions={revisions} />
      {revision === undefined ? null : <TagsCard stackId={stackId} revision={revision} onChanged={reload} />}
      <ManifestsCard stackId={stackId} number={number} />
    </PageStack>
  );
}

/** A good one that is not there now, while nothing else is under way. */
function isOffered(revision: RevisionData | undefined, revisions: readonly RevisionData[]): revision is RevisionData {
  return revision?.offered === true && !revisions.some(({ status }) => isUnderWay(status));
}

function RollbackButton({ stackId, revision }: { readonly stackId: string; readonly revision: RevisionData }) {
  const [isAsking, setAsking] = useState(false);
  const { data: stack } = useQuery('getStack', { stack_id: stackId });
  if (stack === undefined) return null;
  return (
    <>
      <Button
        icon="undo"
        data-testid="rollback-btn"
        onClick={() => {
          setAsking(true);
        }}
      >
        Roll back to it…
      </Button>
      {isAsking ? (
        <RollbackDialog
          stack={stack}
          revision={revision}
          onClose={() => {
            setAsking(false);
          }}
        />
      ) : null}
    </>
  );
}

function Facts({ revision }: { readonly revision: RevisionData }) {
  const {
    deployment_id: id,
    kind,
    based_on_revision: base,
    actor,
    created_at: at,
    message,
    content_digest: digest,
  } = revision;
  return (
    <>
      <Link href={`/deployments/${id}`}>
        {kind}
        {base === null ? '' : ` of revision ${String(base)}`}
      </Link>{' '}
      by {actor} <TimeAgo at={at} />
      {message === null ? '' : `: ${message}`}
      {digest === null ? null : (
        <>
          {' · content '}
          <code title={digest}>{digest.slice(digest.indexOf(':') + 1).slice(0, 12)}</code>
        </>
      )}
    </>
  );
}
