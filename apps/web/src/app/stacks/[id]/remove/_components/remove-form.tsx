'use client';

import { clusterOf, type StackData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../api/client.ts';
import { useAction } from '../../../../../api/use-action.ts';
import { Breadcrumb } from '../../../../../ui/breadcrumb.tsx';
import { Button, LinkButton } from '../../../../../ui/button.tsx';
import { Card } from '../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { Checkbox, FieldStack } from '../../../../../ui/field.tsx';
import { PageHeader, PageStack } from '../../../../../ui/page-header.tsx';
import { TextInput } from '../../../../../ui/text-input.tsx';
import { ClusterName } from '../../../../clusters/_components/cluster-text.tsx';
import { RunningDeployment } from '../../../../deployments/_components/running-deployment.tsx';
import { isReady, losesData, toggled, toRemoveRequest, wholeStack, type Removal } from '../_remove/removal.ts';
import styles from './remove-form.module.css';

/** What goes and what stays; data goes only by name. */
export function RemoveForm({ stack }: { readonly stack: StackData }) {
  const router = useRouter();
  const [removal, setRemoval] = useState<Removal>(wholeStack);
  const { stack_id: id, project, namespace, volumes, services } = stack;
  const change = (part: Partial<Removal>) => {
    setRemoval((last) => ({ ...last, ...part }));
  };
  const remove = useAction(async () => {
    const begun = await api.removeStack(toRemoveRequest(id, removal));
    router.push(`/deployments/${begun.deployment_id}`);
  });
  const ready = isReady(removal, project);
  return (
    <PageStack testId="remove-page">
      <PageHeader
        above={<Breadcrumb href={`/stacks/${id}`} name={project} />}
        title={`Remove ${project}`}
        description={
          <>
            from <ClusterName clusterId={clusterOf(stack.target)} />, namespace <strong>{namespace}</strong>
          </>
        }
      />
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !remove.busy) void remove.run();
        }}
      >
        <Card title="What goes">
          <FieldStack>
            <Checkbox
              label="The whole stack"
              hint="All its objects; the files it was made from stay."
              checked={removal.services === null}
              testId="remove-whole"
              onChange={(isWhole) => {
                change({ services: isWhole ? null : new Set() });
              }}
            />
            {removal.services === null
              ? null
              : services.map(({ service }) => (
                  <Checkbox
                    key={service}
                    label={service}
                    checked={removal.services?.has(service) === true}
                    testId={`remove-service-${service}`}
                    onChange={(isIn) => {
                      change({ services: toggled(removal.services ?? new Set(), service, isIn) });
                    }}
                  />
                ))}
          </FieldStack>
        </Card>
        <Card title="Data">
          <FieldStack>
            {volumes.length === 0 ? (
              <p>It has no volumes.</p>
            ) : (
              <p>Claims stay unless they are ticked, each by name.</p>
            )}
            {volumes.map(({ claim, size }) => (
              <Checkbox
                key={claim}
                label={
                  <>
                    Delete <strong>{claim}</strong> and the data in it
                  </>
                }
                hint={size ?? undefined}
                checked={removal.claims.has(claim)}
                testId={`delete-claim-${claim}`}
                onChange={(isIn) => {
                  change({ claims: toggled(removal.claims, claim, isIn) });
                }}
              />
            ))}
            {removal.services === null ? (
              <Checkbox
                label={
                  <>
                    Delete the namespace <strong>{namespace}</strong> as well
                  </>
                }
                hint="Only if this stack made it and nothing else is in it."
                checked={removal.withNamespace}
                testId="delete-namespace"
                onChange={(withNamespace) => {
                  change({ withNamespace });
                }}
              />
            ) : null}
            {losesData(removal) ? (
              <TextInput
                label={`Type ${project} to confirm that this data is deleted`}
                value={removal.typed}
                testId="confirm-project-input"
                onChange={(typed) => {
                  change({ typed });
                }}
              />
            ) : null}
          </FieldStack>
        </Card>
        {remove.error === undefined ? null : (
          <ErrorNotice
            error={remove.error}
            testId="remove-error"
            actions={<RunningDeployment error={remove.error} />}
          />
        )}
        <div className={styles['buttons']}>
          <LinkButton href={`/stacks/${id}`}>Keep it</LinkButton>
          <Button
            type="submit"
            variant="danger"
            icon="trash"
            busy={remove.busy}
            disabled={!ready}
            data-testid="confirm-remove-btn"
          >
            {losesData(removal) ? 'Remove, with its data' : 'Remove'}
          </Button>
        </div>
      </form>
    </PageStack>
  );
}
