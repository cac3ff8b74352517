import { Notice } from '../../../../ui/notice.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import type { Ending } from '../_events/progress.ts';

/** While a deployment is on its way to an early end: who wants that, and what becomes of what it has made. */
export function EndingNotice({ ending }: { readonly ending: Ending }) {
  const { request, rollback, actor, time } = ending;
  const isCancel = request === 'cancel';
  return (
    <Notice
      tone="info"
      role="status"
      title={isCancel ? 'Cancelling…' : 'Making room for a newer deployment…'}
      testId="ending"
    >
      <p>
        Asked for by <strong>{actor}</strong> <TimeAgo at={time} />. It ends at its next step
        {rollback ? ', and the last good revision is brought back.' : '; what it has written stays as it is.'}
      </p>
    </Notice>
  );
}
