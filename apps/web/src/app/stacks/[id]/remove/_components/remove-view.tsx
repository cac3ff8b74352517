'use client';

import { useQuery } from '../../../../../api/use-query.ts';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../../ui/skeleton.tsx';
import { RemoveForm } from './remove-form.tsx';

export function RemoveView({ stackId }: { readonly stackId: string }) {
  const { data, error, reload } = useQuery('getStack', { stack_id: stackId });
  if (data !== undefined) return <RemoveForm stack={data} />;
  return (
    <PageStack>
      <PageHeader title="Remove a stack" />
      {error === undefined ? (
        <Skeleton label="Loading the stack" shape="rows" count={3} />
      ) : (
        <ErrorNotice error={error} onRetry={reload} />
      )}
    </PageStack>
  );
}
