'use client';

import { useQuery } from '../../../../api/use-query.ts';
import { Breadcrumb } from '../../../../ui/breadcrumb.tsx';
import { DiagnosticNotices } from '../../../../ui/diagnostic-notices.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { CheckBadge } from '../../_components/check-badge.tsx';
import { TemplateFacts } from './template-facts.tsx';
import { UseTemplateForm } from './use-template-form.tsx';

/** One template: what it needs and becomes, what was found, and a form that makes a project of it. */
export function TemplateView({ id }: { readonly id: string }) {
  const { data, error, reload } = useQuery('getTemplate', { name: id });
  return (
    <PageStack testId="template-page">
      <PageHeader
        above={<Breadcrumb href="/templates" name="Templates" />}
        title={data?.title ?? id}
        description={data?.description ?? ''}
        actions={data === undefined ? null : <CheckBadge check={data.check} />}
      />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined ? (
        error === undefined && <Skeleton label="Loading the template" shape="rows" count={3} />
      ) : (
        <>
          <UseTemplateForm template={data} />
          <TemplateFacts template={data} />
          <DiagnosticNotices diagnostics={data.findings} />
        </>
      )}
    </PageStack>
  );
}
