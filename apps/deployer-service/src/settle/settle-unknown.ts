import { deploy, type DeployResult } from '@ushadow/deploy-engine';
import { DomainError, events } from '@ushadow/contracts';
import { systemClock } from '@ushadow/kubernetes/transport';
import type { EventBus } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toDesiredState, type CompiledObjects, type DesiredStateCipher } from '../deployments/desired-state.ts';
import { auditMessage } from '../outbox/outbox-message.ts';
import type { OutboxRelay } from '../outbox/outbox-relay.ts';
import { toVerdict } from '../worker/to-verdict.ts';
import type { SettleStore, Unsettled } from './settle.store.ts';

const AT_ONCE = 8;
/** A cluster that is away still is not worth more than this. */
const REACH_MS = 3_000;

interface Parts {
  readonly store: SettleStore;
  readonly cipher: DesiredStateCipher;
  readonly clusters: ClusterConnections;
  readonly bus: EventBus;
  readonly relay: OutboxRelay;
  readonly logger: Logger;
  /** Masks credentials in what the cluster says. */
  readonly redact: (text: string) => string;
}

/** Finds out how deployments ended that lost sight of their cluster. Writes nothing to any cluster. */
export class SettleUnknown {
  private readonly parts: Parts;
  private readonly stopping = new AbortController();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  stop(): void {
    this.stopping.abort();
  }

  async run(): Promise<void> {
    const unsettled = await this.parts.store.unsettled(AT_ONCE);
    await Promise.all(unsettled.map((deployment) => this.settle(deployment)));
  }

  private async settle(deployment: Unsettled): Promise<void> {
    const { logger } = this.parts;
    try {
      const result = await this.observe(deployment);
      if (result.verdict === 'succeeded' || result.verdict === 'failed') await this.note(deployment, result);
    } catch (error) {
      // Away still, or removed: there is a next time, or none is needed.
      const isExpected = error instanceof DomainError || this.stopping.signal.aborted;
      if (!isExpected) logger.warn({ err: error, deploymentId: deployment.id }, 'could not settle a deployment');
    }
  }

  private async observe({ id, clusterId, desired, deadlineSeconds }: Unsettled): Promise<DeployResult> {
    const { cipher, clusters, redact } = this.parts;
    const { signal } = this.stopping;
    const cluster = await clusters.to(clusterId);
    const away = await cluster.version({ deadlineMs: REACH_MS, signal }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (away !== undefined) throw new DomainError('CLUSTER_UNREACHABLE', 'unavailable', 'still away', { cause: away });
    const state = toDesiredState(JSON.parse(cipher.decrypt(id, desired)) as CompiledObjects);
    const options = { observeOnly: true, deadlineMs: deadlineSeconds * 1000, digestKey: cipher.digestKey };
    const run = deploy(state, cluster, options, { clock: systemClock, signal, redact });
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
    }
  }

  private async note(deployment: Unsettled, result: DeployResult): Promise<void> {
    const { store, bus, relay, logger } = this.parts;
    const { id, namespace, serviceName } = deployment;
    const verdict = toVerdict(result);
    const message = `It is known now: ${verdict.reason ?? `${serviceName} is running in ${namespace}`}`;
    const audit = auditMessage(
      {
        action: 'deployment.settled',
        actor: deployment.actor,
        request_id: deployment.requestId,
        deployment_id: id,
        cluster_id: deployment.clusterId,
        namespace,
        service_id: deployment.serviceId,
        desired_digest: deployment.desiredDigest,
        verdict,
      },
      new Date(),
    );
    const event = await store.settle(id, { verdict, message, inventory: result.inventory, messages: [audit] });
    if (event === undefined) return;
    bus.announce(events.deploymentProgressed, event, { key: id });
    relay.nudge();
    logger.info({ deploymentId: id, verdict }, `deployment of ${serviceName} settled`);
  }
}
