import { LinkButton } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { Field, FieldRow } from '../../../../../ui/field.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import type { Place } from '../_hooks/use-place.ts';

interface PlaceFieldsProps {
  readonly place: Place;
  /** Of the stack that is meant, as the address has it. */
  readonly namespace: string | null;
  readonly onCluster: (clusterId: string | null) => void;
  readonly onNamespace: (namespace: string | null) => void;
}

/** Which cluster, and where the project has several stacks there, which one. */
export function PlaceFields({ place, namespace, onCluster, onNamespace }: PlaceFieldsProps) {
  const { clusters, clusterId, stacks, stack } = place;
  if (clusters.every(({ status }) => status !== 'connected')) return <NoCluster isNone={clusters.length === 0} />;
  return (
    <>
      <FieldRow>
        <Field label="Cluster">
          {(control) => (
            <select
              {...control}
              value={clusterId ?? ''}
              data-testid="deploy-cluster"
              onChange={(event) => {
                onCluster(event.target.value === '' ? null : event.target.value);
              }}
            >
              <option value="">Choose a cluster</option>
              {clusters.map(({ cluster_id: id, name, status }) => (
                <option key={id} value={id} disabled={status !== 'connected'}>
                  {status === 'connected' ? name : `${name} (${status})`}
                </option>
              ))}
            </select>
          )}
        </Field>
        {stacks.length > 1 ? (
          <Field label="Stack" hint="The project has several in this cluster.">
            {(control) => (
              <select
                {...control}
                value={namespace ?? ''}
                data-testid="deploy-stack"
                onChange={(event) => {
                  onNamespace(event.target.value === '' ? null : event.target.value);
                }}
              >
                <option value="">Choose one</option>
                {stacks.map((each) => (
                  <option key={each.stack_id} value={each.namespace}>
                    {each.namespace}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ) : null}
      </FieldRow>
      {stack === null ? null : (
        <Notice
          tone="info"
          title={`The stack in ${stack.namespace} is changed`}
          testId="existing-stack"
          actions={
            <LinkButton small href={`/stacks/${stack.stack_id}`}>
              Look at it
            </LinkButton>
          }
        >
          <p>What it remembers is the start: profiles, settings of services, values.</p>
        </Notice>
      )}
    </>
  );
}

function NoCluster({ isNone }: { readonly isNone: boolean }) {
  return (
    <EmptyState
      icon="alert"
      title={isNone ? 'No cluster to deploy to' : 'No cluster is connected'}
      testId="no-cluster"
      actions={
        <LinkButton variant="primary" href="/clusters">
          {isNone ? 'Add a cluster' : 'See why'}
        </LinkButton>
      }
    >
      {isNone ? 'Register one with its kubeconfig first.' : 'The clusters page says what is wrong with each.'}
    </EmptyState>
  );
}
