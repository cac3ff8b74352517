import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import type { AuditDraft } from '../audit/audit-entry.ts';
import type { AuditStore } from '../audit/audit.store.ts';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import type { OutboxRelay } from '../outbox/outbox-relay.ts';
import { environmentObjects } from './environment-objects.ts';

type Operation = typeof operations.applyEnvmap;
const MANAGER = 'ushadow';

interface Parts {
  readonly clusters: ClusterConnections;
  readonly caller: RpcCaller;
  readonly audit: AuditStore;
  readonly cipher: DesiredStateCipher;
  readonly relay: OutboxRelay;
}

/** Writes a service's ConfigMap and Secret without deploying it. */
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
    const { configMap, secret } = environmentObjects(input.service_name, namespace, input.env_vars);
    try {
      await cluster.apply(
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace, labels: { 'app.kubernetes.io/managed-by': 'ushadow' } },
        },
        { fieldManager: MANAGER },
      );
      for (const object of [configMap, secret])
        if (object !== undefined) await cluster.apply(object, { fieldManager: MANAGER });
    } catch (error) {
      throw toClusterError(error);
    }
    const digest = this.parts.cipher.digest(JSON.stringify([configMap ?? null, secret ?? null]));
    await audit.append(entry({ ...input, namespace }, digest, context));
    relay.nudge();
    return {
      success: true,
      configmap: configMap?.metadata.name ?? null,
      secret: secret?.metadata.name ?? null,
      namespace,
    };
  }
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
