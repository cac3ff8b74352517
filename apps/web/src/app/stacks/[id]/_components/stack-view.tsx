'use client';

import { useState } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { LinkButton } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { isUnderWay } from '../../../deployments/_status/deployment-facts.ts';
import { LoadedStack } from './loaded-stack.tsx';

const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 8_000;

export function StackView({ stackId }: { readonly stackId: string }) {
  const [pollMs, setPollMs] = useState(POLL_ACTIVE_MS);
  const { data, error, reload } = useQuery('getStack', { stack_id: stackId }, { pollMs });
  const isMoving = data?.deployment != null && isUnderWay(data.deployment.status);
  const wanted = isMoving || data?.health.state === 'progressing' ? POLL_ACTIVE_MS : POLL_IDLE_MS;
  if (data !== undefined && wanted !== pollMs) setPollMs(wanted);
  if (data !== undefined) return <LoadedStack stack={data} error={error} reload={reload} />;
  return (
    <PageStack>
      <PageHeader title="Stack" />
      {error === undefined ? (
        <Skeleton label="Loading the stack" shape="rows" count={5} />
      ) : (
        <ErrorNotice
          error={error}
          onRetry={reload}
          actions={
            <LinkButton small href="/">
              All stacks
            </LinkButton>
          }
        />
      )}
    </PageStack>
  );
}
