import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader, PageStack } from '../ui/page-header.tsx';

export default function NotFound() {
  return (
    <PageStack>
      <PageHeader title="Not found" />
      <EmptyState
        icon="question"
        title="There is no such page"
        actions={
          <LinkButton href="/" variant="primary">
            Go to the stacks
          </LinkButton>
        }
      >
        The address may be mistyped, or what it named is gone.
      </EmptyState>
    </PageStack>
  );
}
