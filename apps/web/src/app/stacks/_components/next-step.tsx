import type { ClusterData } from '@ushadow/contracts';
import { LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

interface NextStepProps {
  readonly clusters: readonly ClusterData[];
  /** Null while it is not known. */
  readonly projects: number | null;
}

/** Nothing runs yet: the one thing that is to be done next. */
export function NextStep({ clusters, projects }: NextStepProps) {
  const isConnected = clusters.some(({ status }) => status === 'connected');
  if (clusters.length === 0) {
    return (
      <EmptyState
        icon="plus"
        title="First, add a cluster"
        testId="no-cluster-yet"
        actions={
          <LinkButton variant="primary" href="/clusters">
            Add a cluster
          </LinkButton>
        }
      >
        A stack is a Compose project that runs in a Kubernetes cluster. Register one with its kubeconfig.
      </EmptyState>
    );
  }
  if (!isConnected) {
    return (
      <EmptyState
        icon="alert"
        title="No cluster is connected"
        testId="no-cluster-connected"
        actions={
          <LinkButton variant="primary" href="/clusters">
            See why
          </LinkButton>
        }
      >
        The clusters page says what is wrong with each.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="rocket"
      title={projects === 0 ? 'Next, add a Compose project' : 'Next, deploy a project'}
      testId="no-stacks"
      actions={
        <LinkButton variant="primary" href={projects === 0 ? '/projects/new' : '/projects'}>
          {projects === 0 ? 'Add a project' : 'Choose a project'}
        </LinkButton>
      }
    >
      {projects === 0
        ? 'Paste a Compose file, upload a folder, or put files into the folder that COMPOSE_DIR names.'
        : 'Its services run as one stack, in a namespace of their own.'}
    </EmptyState>
  );
}
