import type { Pages } from '../api/use-pages.ts';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';

export function MoreButton({
  pages,
  label = 'Show older ones',
}: {
  readonly pages: Pages<unknown>;
  readonly label?: string;
}) {
  if (!pages.hasMore) return null;
  return (
    <>
      {pages.moreError === undefined ? null : <ErrorNotice error={pages.moreError} />}
      <div>
        <Button busy={pages.isLoadingMore} data-testid="more-btn" onClick={() => void pages.more()}>
          {label}
        </Button>
      </div>
    </>
  );
}
