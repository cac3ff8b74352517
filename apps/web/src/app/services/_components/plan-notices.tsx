import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';

interface EditedNoticeProps {
  /** Names of variables that are kept by making a plan. */
  readonly keepsFirst: readonly string[];
  readonly onMake: () => void;
}

/** Below it stands a plan of something else than the form says. */
export function EditedNotice({ keepsFirst, onMake }: EditedNoticeProps) {
  return (
    <Notice
      tone="warn"
      role="status"
      title="The form has been edited since this plan was made"
      testId="plan-edited"
      actions={
        <Button small look="primary" icon="refresh" data-testid="plan-again-btn" onClick={onMake}>
          Make it anew
        </Button>
      }
    >
      <p>It cannot be approved: it would do something else than the form says now.</p>
      <KeptFirst names={keepsFirst} />
    </Notice>
  );
}

interface NotPlannedProps extends EditedNoticeProps {
  readonly isReady: boolean;
}

export function NotPlanned({ isReady, keepsFirst, onMake }: NotPlannedProps) {
  return (
    <Notice
      tone="info"
      title="Not planned yet"
      testId="not-planned"
      actions={
        <Button small look="primary" disabled={!isReady} data-testid="make-plan-btn" onClick={onMake}>
          Ask the cluster what would change
        </Button>
      }
    >
      <p>Nothing is written to the cluster for it.</p>
      <KeptFirst names={keepsFirst} />
    </Notice>
  );
}

function KeptFirst({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p>
      <strong>{names.join(', ')}</strong>: this change takes effect only when it is kept. Planning keeps all changed
      variables first.
    </p>
  );
}
