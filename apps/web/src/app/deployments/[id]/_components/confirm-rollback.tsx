'use client';

import type { RevisionData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { Field, FieldStack } from '../../../../ui/field.tsx';
import { absoluteTime } from '../../../../ui/format-time.ts';
import { RunningDeployment } from '../../_components/running-deployment.tsx';

interface ConfirmRollbackProps {
  /** Those that can be brought back, at least one. */
  readonly revisions: readonly RevisionData[];
  /** The one that is chosen at first. */
  readonly chosen: RevisionData;
  readonly onClose: () => void;
}

/** Brings an earlier revision back, as a new deployment whose page opens. */
export function ConfirmRollback({ revisions, chosen: first, onClose }: ConfirmRollbackProps) {
  const router = useRouter();
  const [id, setId] = useState(first.deployment_id);
  const chosen = revisions.find(({ deployment_id }) => deployment_id === id) ?? first;
  const { cluster_id, namespace, service_name } = chosen;
  const rollback = useAction(async () => {
    const place = { cluster_id, namespace, service_name };
    const begun = await api.rollbackService({ ...place, to_deployment_id: chosen.deployment_id });
    router.push(`/deployments/${begun.deployment_id}`);
  });
  return (
    <ConfirmDialog
      name="rollback"
      title={`Roll ${service_name} back?`}
      confirm={`Bring revision ${String(chosen.revision)} back`}
      dismiss="Leave it as it is"
      look="primary"
      action={rollback}
      errorActions={<RunningDeployment error={rollback.error} />}
      onClose={onClose}
    >
      <FieldStack>
        <Field label="Revision">
          {(control) => (
            <select
              {...control}
              value={id}
              data-testid="rollback-revision"
              onChange={(event) => {
                setId(event.target.value);
              }}
            >
              {revisions.map((revision) => (
                <option key={revision.deployment_id} value={revision.deployment_id}>
                  {optionText(revision)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <p>
          A new deployment sets all objects of {service_name} in {namespace} as that revision had them, configuration
          and secrets included, and removes what came later.
        </p>
        <p>
          <strong>Data in volumes is not brought back</strong>: it stays as it is now.
        </p>
      </FieldStack>
    </ConfirmDialog>
  );
}

function optionText({ revision, created_at, message }: RevisionData): string {
  return [`Revision ${String(revision)} of ${absoluteTime(created_at)}`, message].filter(Boolean).join(': ');
}
