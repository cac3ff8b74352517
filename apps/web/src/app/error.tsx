'use client';

import { LinkButton } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../ui/page-header.tsx';

interface PageErrorProps {
  readonly error: Error;
  readonly reset: () => void;
}

export default function PageError({ error, reset }: PageErrorProps) {
  return (
    <PageStack>
      <PageHeader title="This page failed" />
      <ErrorNotice
        error={error}
        onRetry={reset}
        actions={
          <LinkButton href="/" small>
            Go to the stacks
          </LinkButton>
        }
      />
    </PageStack>
  );
}
