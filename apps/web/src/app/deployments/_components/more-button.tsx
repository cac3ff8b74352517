import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import type { DeploymentPages } from '../_hooks/use-deployment-pages.ts';

export function MoreButton({ pages }: { readonly pages: DeploymentPages }) {
  if (!pages.hasMore) return null;
  return (
    <>
      {pages.moreError === undefined ? null : <ErrorNotice error={pages.moreError} />}
      <div>
        <Button busy={pages.isLoadingMore} onClick={() => void pages.more()}>
          Show older ones
        </Button>
      </div>
    </>
  );
}
