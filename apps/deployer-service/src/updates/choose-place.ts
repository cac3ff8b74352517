import { DomainError, type ClusterData, clusterTarget } from '@ushadow/contracts';
import { dnsLabel, KubernetesApiError, OWNER_ANNOTATION, readOwner, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import { isMadeByKubernetes } from '../clusters/made-by-kubernetes.ts';
import type { StackPlace } from '../stacks/stack.ts';
import type { StackStore } from '../stacks/stack.store.ts';

export interface ChoosePlaceParts {
  readonly stacks: StackStore;
  readonly clusters: ClusterConnections;
}

interface Wanted {
  readonly cluster: ClusterData;
  readonly project: string;
  readonly namespace: string | undefined;
  /** Yes to a namespace that exists and holds others' objects. */
  readonly intoExisting: boolean;
}

export interface ChosenPlace {
  readonly place: StackPlace;
  /** What should be said of the choice; null where it needs no word. */
  readonly note: string | null;
}

/** Used only when it is named. */
const RESERVED = /^(default|kube-.*|openshift-.*)$/;

/**
 * Where a project goes: where the request says, where its only stack is, or into a namespace of its name.
 * @throws DomainError `STACK_AMBIGUOUS`, `NAMESPACE_RESERVED`, `NAMESPACE_NOT_EMPTY`
 */
export async function choosePlace(wanted: Wanted, parts: ChoosePlaceParts): Promise<ChosenPlace> {
  const { cluster, project, namespace } = wanted;
  const target = clusterTarget(cluster.cluster_id);
  if (namespace !== undefined) return { place: { target, namespace, project }, note: null };
  const stacks = await parts.stacks.ofProject(target, project);
  const [only] = stacks;
  if (stacks.length > 1) throw ambiguous(project, cluster, stacks);
  if (only !== undefined) return { place: { target, namespace: only.namespace, project }, note: null };
  return chooseNew(wanted, parts);
}

async function chooseNew(
  { cluster, project, intoExisting }: Wanted,
  { clusters }: ChoosePlaceParts,
): Promise<ChosenPlace> {
  const target = clusterTarget(cluster.cluster_id);
  const own = dnsLabel(project);
  const transport = await clusters.to(cluster.cluster_id);
  try {
    const live = await lookUp(own, transport);
    if (live === undefined && !(await mayCreateNamespaces(transport))) {
      const note = `The cluster’s credential may not create namespaces: ${project} goes to ${cluster.namespace}, as everything there.`;
      return { place: { target, namespace: cluster.namespace, project }, note };
    }
    if (RESERVED.test(own)) throw reserved(own, project);
    if (live !== undefined && !intoExisting) await refuseForeign(own, project, transport);
    return { place: { target, namespace: own, project }, note: null };
  } catch (error) {
    throw error instanceof DomainError ? error : toClusterError(error);
  }
}

/** Undefined: it is not there, or may not be read. */
async function lookUp(name: string, transport: KubernetesTransport): Promise<KubeObject | undefined> {
  try {
    return await transport.get({ group: '', version: 'v1', kind: 'Namespace', name });
  } catch (error) {
    if (error instanceof KubernetesApiError && error.httpStatus === 403) return undefined;
    throw error;
  }
}

async function mayCreateNamespaces(transport: KubernetesTransport): Promise<boolean> {
  const { allowed } = await transport.selfSubjectAccessReview({ verb: 'create', group: '', resource: 'namespaces' });
  return allowed;
}

const LOOKED_AT: readonly { readonly group: string; readonly kind: string }[] = [
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ConfigMap' },
  { group: '', kind: 'Secret' },
  { group: '', kind: 'PersistentVolumeClaim' },
];

/** Objects in it that are not of this project make a namespace somebody else's. */
async function refuseForeign(namespace: string, project: string, transport: KubernetesTransport): Promise<void> {
  const lists = await Promise.all(
    LOOKED_AT.map(({ group, kind }) =>
      transport.list({ group, version: 'v1', kind, namespace }).then(
        ({ items }) =>
          items.filter((item) => !isMadeByKubernetes({ group, kind }, item)).map((item) => ({ ...item, kind })),
        (error: unknown) => {
          if (error instanceof KubernetesApiError && error.httpStatus === 403) return [];
          throw error;
        },
      ),
    ),
  );
  const foreign = lists.flat().filter((object) => !isOf(project, object));
  const [first] = foreign;
  if (first === undefined) return;
  const names = foreign.slice(0, 5).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  const message =
    `Namespace ${namespace} exists and holds what is not of ${project}: ${names.join(', ')}` +
    `${foreign.length > names.length ? ` and ${String(foreign.length - names.length)} more` : ''}. ` +
    `Name a namespace (-n ${namespace} for this one), or say yes to it.`;
  throw new DomainError('NAMESPACE_NOT_EMPTY', 'conflict', message, {
    details: { namespace, objects: foreign.map(({ kind, metadata }) => `${kind}/${metadata.name}`) },
  });
}

function isOf(project: string, { metadata }: KubeObject): boolean {
  const mark = metadata.annotations?.[OWNER_ANNOTATION];
  return mark !== undefined && readOwner(mark)?.project === project;
}

function ambiguous(
  project: string,
  cluster: ClusterData,
  stacks: readonly { readonly id: string; readonly namespace: string }[],
): DomainError {
  const names = stacks.map(({ namespace }) => namespace).join(', ');
  const message = `${project} has several stacks in ${cluster.name}, in the namespaces ${names}: name one with -n.`;
  return new DomainError('STACK_AMBIGUOUS', 'conflict', message, {
    details: { stacks: stacks.map(({ id, namespace }) => ({ stack_id: id, namespace })) },
  });
}

function reserved(namespace: string, project: string): DomainError {
  const message = `${project} would go to the namespace ${namespace}, which is only used when it is named: -n ${namespace}, or another one.`;
  return new DomainError('NAMESPACE_RESERVED', 'invalid', message, { details: { namespace } });
}
