'use client';

import type { RevisionData, StackData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { Checkbox, FieldStack } from '../../../../ui/field.tsx';
import { absoluteTime } from '../../../../ui/format.ts';

interface RollbackDialogProps {
  readonly stack: StackData;
  readonly revision: RevisionData;
  readonly onClose: () => void;
}

/** Plans going back to a revision, whole or for some services; the plan's page opens, where it is approved. */
export function RollbackDialog({ stack, revision, onClose }: RollbackDialogProps) {
  const router = useRouter();
  const { stack_id, project } = stack;
  const [isWhole, setWhole] = useState(true);
  const [services, setServices] = useState<ReadonlySet<string>>(new Set());
  const rollback = useAction(async () => {
    const plan = await api.planRollback({
      stack_id,
      to_revision: revision.revision,
      ...(isWhole ? {} : { services: [...services] }),
    });
    router.push(`/plans/${plan.plan_id}`);
  });
  return (
    <ConfirmDialog
      name="rollback"
      title={`Roll ${project} back to revision ${String(revision.revision)}?`}
      confirm={isWhole ? 'See what would change' : `See what would change for ${String(services.size)} of its services`}
      dismiss="Leave it as it is"
      variant="primary"
      isBlocked={!isWhole && services.size === 0}
      action={rollback}
      onClose={onClose}
    >
      <FieldStack>
        <p>
          Revision {revision.revision} of {absoluteTime(revision.created_at)}
          {revision.message === null ? '' : `: ${revision.message}`}. A new deployment sets all objects as it had them,
          configuration and secrets included, and removes what came later. First you see what that would change, and
          what of the revision is gone.
        </p>
        <Checkbox label="The whole stack" checked={isWhole} testId="rollback-whole" onChange={setWhole} />
        {isWhole
          ? null
          : stack.services.map(({ service }) => (
              <Checkbox
                key={service}
                label={service}
                checked={services.has(service)}
                testId={`rollback-service-${service}`}
                onChange={(isChosen) => {
                  setServices((last) => new Set([...last, service].filter((each) => each !== service || isChosen)));
                }}
              />
            ))}
        <p>
          <strong>Data in volumes is not brought back</strong>: it stays as it is now. One-shot services do not run
          again.
        </p>
      </FieldStack>
    </ConfirmDialog>
  );
}
