import { Inject, Injectable } from '@nestjs/common';
import { DomainError, events, failure, operations, type DriftData, clusterOf } from '@ushadow/contracts';
import { findDrift, type Drift } from '@ushadow/deploy-engine';
import { EventBus } from '@ushadow/messaging';
import { Redactor } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import type { DeployerConfig } from '../config.ts';
import { maskValues } from '../content/mask-values.ts';
import { stepTo } from '../content/step.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack, revisionWith } from '../stacks/find-stack.ts';
import { StackContents, type GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { EngineOptionsBuilder } from '../updates/engine-options.ts';
import { toDrift, toFound } from './drift.mapper.ts';
import { DriftStore, type KeptDrift } from './drift.store.ts';

/** A cluster that is well answers within a second or two. */
const LOOK_MS = 20_000;
const TOLD_MAX = 20;

/** Compares stacks with their last good content, keeps what is found, and tells who listens what is new of it. */
@Injectable()
export class CheckDrift {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
    private readonly engine: EngineOptionsBuilder,
    private readonly clusters: ClusterConnections,
    private readonly drifts: DriftStore,
    private readonly bus: EventBus,
    private readonly redactor: Redactor,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  /** @throws DomainError `STACK_NOT_FOUND`, `SERVICE_NOT_DEPLOYED`, `DEPLOYMENT_IN_PROGRESS`, and what a cluster answers */
  async run(stackId: string): Promise<DriftData> {
    const stack = await findStack(stackId, this.stacks);
    const good = await revisionWith(stack, undefined, this.contents);
    const kept = await this.keep(stack, good, await this.look(stack, good));
    if (kept === undefined) {
      const text = `${stack.project} in ${stack.namespace} is being deployed: what is there is on its way to something else.`;
      throw failure(operations.checkDrift, 'DEPLOYMENT_IN_PROGRESS', text);
    }
    return toDrift(stackId, kept.stored, good.deployment.revision);
  }

  async last(stackId: string): Promise<DriftData> {
    const { id } = await findStack(stackId, this.stacks);
    const [stored, good] = await Promise.all([this.drifts.find(id), this.deployments.lastGood(id)]);
    return toDrift(id, stored, good?.revision);
  }

  /** What others have made of it, with all values. */
  async look(stack: Stack, { content }: GoodRevision): Promise<Drift> {
    const inventory = (await this.deployments.inventory(stack.id)) ?? [];
    const update = { content, selected: Object.keys(content.services), gone: [], change: {} };
    const step = stepTo(content, update, inventory, { isRollback: true, deleteClaims: [] });
    const options = await this.engine.build({ ...stack, stackId: stack.id }, step, defaultOptions);
    // What runs to its end may be gone by its time to live.
    const wanted = step.desired.objects.filter(({ kind }) => kind !== 'Job');
    const signal = AbortSignal.timeout(LOOK_MS);
    try {
      const cluster = await this.clusters.to(clusterOf(stack.target));
      return await findDrift(wanted, cluster, options, { signal });
    } catch (error) {
      if (!signal.aborted) throw toClusterError(error);
      const text = `The cluster did not answer within ${String(LOOK_MS / 1000)} s.`;
      throw new DomainError('CLUSTER_UNREACHABLE', 'unavailable', text, { cause: error });
    }
  }

  /** Undefined: a deployment has begun or ended meanwhile. */
  async keep(stack: Stack, { content, deployment }: GoodRevision, drift: Drift): Promise<KeptDrift | undefined> {
    const { redactor, config, drifts } = this;
    const mask = maskValues(content, (text) => redactor.text(text));
    const found = toFound(drift, { content, revision: deployment.revision }, mask);
    const kept = await drifts.keep(stack.id, found, config.DRIFT_EVERY_MINUTES || 60);
    if (kept !== undefined) this.announce(stack, kept);
    return kept;
  }

  private announce({ id, target, namespace, project }: Stack, { change, stored, before }: KeptDrift): void {
    const place = { stack_id: id, target, namespace, project, revision: stored.revision };
    if (change === 'resolved')
      this.bus.announce(events.stackDriftResolved, { ...place, since: (before ?? stored.checkedAt).toISOString() });
    if (change !== 'drifted') return;
    const objects = stored.objects.slice(0, TOLD_MAX).map(({ object, state, fields }) => ({
      ...{ object, state },
      fields: fields.map(({ path }) => path),
      managers: [...new Set(fields.flatMap(({ manager }) => manager ?? []))],
    }));
    const since = (stored.since ?? stored.checkedAt).toISOString();
    this.bus.announce(events.stackDrifted, { ...place, since, count: stored.count, objects });
  }
}
