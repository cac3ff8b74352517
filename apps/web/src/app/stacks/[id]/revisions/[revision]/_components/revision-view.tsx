'use client';

import type { RevisionData } from '@ushadow/contracts';
import Link from 'next/link';
import { useQuery } from '../../../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../../../ui/breadcrumb.tsx';
import { ErrorNotice } from '../../../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../../../ui/page-header.tsx';
import { TimeAgo } from '../../../../../../ui/time-ago.tsx';
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
  const revision = data?.revisions.find((each) => String(each.revision) === number);
  return (
    <PageStack testId="revision-page">
      <PageHeader
        above={<Breadcrumb href={`/stacks/${stackId}#history`} name={data?.project ?? 'Stack'} />}
        title={`Revision ${number}`}
        description={revision === undefined ? undefined : <Facts revision={revision} />}
      />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      <DiffCard stackId={stackId} number={number} revisions={data?.revisions ?? []} />
      {revision === undefined ? null : <TagsCard stackId={stackId} revision={revision} onChanged={reload} />}
      <ManifestsCard stackId={stackId} number={number} />
    </PageStack>
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
          {' '}
          content <code title={digest}>{digest.slice(digest.indexOf(':') + 1).slice(0, 12)}</code>
        </>
      )}
    </>
  );
}
