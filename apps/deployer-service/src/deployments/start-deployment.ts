import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import type { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { findingToContract } from '../plans/plan.mapper.ts';
import type { PlanStore } from '../plans/plan.store.ts';
import type { StoredPlan } from '../plans/plan.ts';
import type { BeginDeployment, Wish } from './begin-deployment.ts';
import type { CompileDesired } from './compile-desired.ts';
import { optionsOf } from './deploy-options.ts';
import { parseDesired, wantedText, type DesiredStateCipher } from './desired-state.ts';

const operation = operations.startDeployment;
type Input = InputOf<typeof operation>;
type Diagnostics = OutputOf<typeof operation>['diagnostics'];

interface Parts {
  readonly desired: CompileDesired;
  readonly caller: RpcCaller;
  readonly plans: PlanStore;
  readonly begin: BeginDeployment;
  readonly cipher: DesiredStateCipher;
}

interface Prepared {
  readonly wish: Wish;
  readonly clusterName: string;
  readonly nodeName: string | null;
  readonly diagnostics: Diagnostics;
}

/** Deploys what is asked for: a stored plan exactly as it stands, or what the Compose files give now. */
export class StartDeployment {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: Input, context: RequestContext): Promise<OutputOf<typeof operation>> {
    const prepared =
      input.plan_id === undefined ? await this.compiled(input) : await this.planned(input, input.plan_id);
    const { wish, clusterName, nodeName, diagnostics } = prepared;
    const deployment = await this.parts.begin.run(wish, context);
    const { serviceName, namespace, objects, status } = deployment;
    return {
      success: true,
      message: `Deployment of ${serviceName} to namespace ${namespace} of ${clusterName}: ${String(objects.length)} objects`,
      deployment_id: deployment.id,
      service_id: deployment.serviceId,
      namespace,
      node_name: nodeName,
      status: status === 'queued' ? 'queued' : 'pending',
      revision: deployment.revision,
      diagnostics,
    };
  }

  private async compiled(input: Input): Promise<Prepared> {
    const { service_id: serviceId = '', ...rest } = input;
    const compiled = await this.parts.desired.run({ ...rest, service_id: serviceId });
    const { cluster, namespace, serviceName, text, objects, diagnostics } = compiled;
    const place = { clusterId: input.cluster_id, namespace, serviceName };
    const wish: Wish = {
      ...place,
      ...optionsOf(input),
      kind: 'deploy',
      serviceId,
      basedOn: null,
      objects: objects.map((object) => formatObjectId(objectId(object))),
      planId: null,
      planHash: null,
      text,
      supersede: input.supersede,
      message: input.message,
    };
    return { wish, clusterName: cluster.name, nodeName: input.node_name ?? null, diagnostics };
  }

  private async planned(input: Input, planId: string): Promise<Prepared> {
    const { caller, plans, cipher } = this.parts;
    const cluster = await caller.call(operations.getCluster, { cluster_id: input.cluster_id });
    const plan = await plans.find(planId);
    if (plan?.clusterId !== input.cluster_id)
      throw failure(operation, 'PLAN_NOT_FOUND', `No plan of this cluster has the id ${planId}.`);
    refuseUnfit(plan);
    const text = cipher.decrypt(planId, await plans.desired(planId));
    if (!cipher.isDigestOf(plan.desiredDigest, wantedText(text)))
      throw failure(operation, 'PLAN_EXPIRED', 'The plan was made under a key that is gone. Make another one.');
    const { clusterId, namespace, serviceName, serviceId, options, hash } = plan;
    const wish: Wish = {
      ...{ clusterId, namespace, serviceName, serviceId, ...options },
      kind: 'deploy',
      basedOn: null,
      objects: parseDesired(text).objects.map((object) => formatObjectId(objectId(object))),
      planId,
      planHash: hash,
      text,
      supersede: input.supersede,
      message: input.message,
    };
    return { wish, clusterName: cluster.name, nodeName: plan.nodeName, diagnostics: [...plan.diagnostics] };
  }
}

function refuseUnfit({ expiresAt, plan }: StoredPlan): void {
  if (expiresAt.getTime() < Date.now()) {
    const text = `The plan could be applied until ${expiresAt.toISOString()}. Make another one.`;
    throw failure(operation, 'PLAN_EXPIRED', text);
  }
  const [problem] = plan.problems;
  if (problem === undefined) return;
  const details = { problems: plan.problems.map(findingToContract) };
  throw failure(operation, 'PLAN_NOT_APPLICABLE', `The cluster refuses it: ${problem.message}`, { details });
}
