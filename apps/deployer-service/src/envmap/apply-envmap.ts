import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { classifyError, KubernetesApiError, objectId, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import type { AuditDraft } from '../audit/audit-entry.ts';
import type { AuditStore } from '../audit/audit.store.ts';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import type { OutboxRelay } from '../outbox/outbox-relay.ts';
import { environmentObjects, holdsVariables } from './environment-objects.ts';

type Operation = typeof operations.applyEnvmap;

const MANAGER = 'ushadow';

interface Parts {
  readonly clusters: ClusterConnections;
  readonly caller: RpcCaller;
  readonly audit: AuditStore;
  readonly cipher: DesiredStateCipher;
  readonly relay: OutboxRelay;
}

/** Writes a service's ConfigMap and Secret without deploying it: exactly the given variables, none from before. */
export class ApplyEnvmap {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<Operation>, context: RequestContext): Promise<OutputOf<Operation>> {
    const { clusters, caller, audit, relay } = this.parts;
    const namespace =
      input.namespace ?? (await caller.call(operations.getCluster, { cluster_id: input.cluster_id })).namespace;
    const cluster = await clusters.to(input.cluster_id);
    const { service_name: service, env_vars: variables, env_secrets: marks } = input;
    const { configMap, secret } = environmentObjects(service, namespace, variables, marks);
    try {
      await inNamespace(cluster, namespace, () => write(cluster, [configMap, secret]));
    } catch (error) {
      throw toClusterError(error);
    }
    const digest = this.parts.cipher.digest(JSON.stringify([configMap, secret]));
    await audit.append(entry({ ...input, namespace }, digest, context));
    relay.nudge();
    return {
      success: true,
      configmap: holdsVariables(configMap) ? configMap.metadata.name : null,
      secret: holdsVariables(secret) ? secret.metadata.name : null,
      namespace,
    };
  }
}

/** The namespace is made only when it turns out to be missing: most credentials may not write namespaces. */
async function inNamespace(cluster: KubernetesTransport, name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isNamespaceMissing(error, name)) throw error;
    const labels = { 'app.kubernetes.io/managed-by': MANAGER };
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, { fieldManager: MANAGER });
    await work();
  }
}

function isNamespaceMissing(error: unknown, name: string): boolean {
  return (
    error instanceof KubernetesApiError && classifyError(error) === 'not-found' && error.message.includes(`"${name}"`)
  );
}

/** Both are accepted before either is written. One that has become empty stays, without keys: pods may name it. */
async function write(cluster: KubernetesTransport, objects: readonly KubeObject[]): Promise<void> {
  const wanted = await Promise.all(
    objects.map(async (object) => holdsVariables(object) || (await cluster.get(objectId(object))) !== undefined),
  );
  const written = objects.filter((_, index) => wanted[index]);
  await Promise.all(written.map((object) => cluster.apply(object, { fieldManager: MANAGER, dryRun: true })));
  await Promise.all(written.map((object) => cluster.apply(object, { fieldManager: MANAGER })));
}

function entry(
  { cluster_id, namespace, service_name }: { cluster_id: string; namespace: string; service_name: string },
  digest: string,
  { actor, requestId }: RequestContext,
): AuditDraft {
  const nothing = { kind: null, deployment_id: null, plan_id: null, plan_hash: null, verdict: null };
  return {
    ...nothing,
    audit_id: randomUUID(),
    time: new Date().toISOString(),
    action: 'envmap.applied',
    actor,
    request_id: requestId,
    ...{ cluster_id, namespace, service_id: null, service_name },
    desired_digest: digest,
    before_digest: null,
    after_digest: digest,
  };
}
