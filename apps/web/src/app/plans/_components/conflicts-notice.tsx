import type { PlanData } from '@ushadow/contracts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ObjectName } from '../../../ui/object-name.tsx';

interface ConflictsNoticeProps {
  readonly conflicts: PlanData['conflicts'];
  /** Makes the plan anew so that it claims these fields; absent where that cannot be asked for. */
  readonly onTakeOver?: (() => void) | undefined;
}

/** Fields that somebody else manages: taking them over is for the user to ask, never for us to do. */
export function ConflictsNotice({ conflicts, onTakeOver }: ConflictsNoticeProps) {
  if (conflicts.length === 0) return null;
  return (
    <Notice
      tone="bad"
      title="Somebody else manages fields that this would change"
      testId="plan-conflicts"
      actions={
        onTakeOver === undefined ? undefined : (
          <Button small data-testid="take-over-btn" onClick={onTakeOver}>
            Plan to take them over
          </Button>
        )
      }
    >
      <ul>
        {conflicts.map(({ object, field, manager }) => (
          <li key={`${object} ${field} ${manager}`}>
            <ObjectName of={object} />: <code>{field}</code> is managed by <strong>{manager}</strong>
          </li>
        ))}
      </ul>
      <p>
        Taken over, they are set by this deployment, and the other manager may set them back. To leave them, remove them
        here.
      </p>
    </Notice>
  );
}
