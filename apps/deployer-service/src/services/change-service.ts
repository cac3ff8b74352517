import type { DomainError } from '@ushadow/contracts';
import { failure, operations, type DeploymentData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import type { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import type { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { Deployment, DeploymentKind, Place } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import type { CompiledObjects, DesiredStateCipher } from '../deployments/desired-state.ts';
import { notDeployed } from '../history/rollback.ts';
import { restartObjects } from './restart-objects.ts';
import { isScalable, isStopped, withReplicas } from './scale-objects.ts';

/** What all operations on a deployed service are asked with. */
export interface ServiceRequest {
  readonly cluster_id: string;
  readonly service_name: string;
  readonly namespace?: string | undefined;
  readonly supersede?: boolean | undefined;
  readonly message?: string | undefined;
}

interface Parts {
  readonly store: DeploymentStore;
  readonly begin: BeginDeployment;
  readonly cipher: DesiredStateCipher;
  readonly caller: RpcCaller;
}

interface Good {
  readonly deployment: Deployment;
  readonly compiled: CompiledObjects;
}

/** Changes a service from what it was last brought to, without its Compose files. */
export class ChangeService {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async stop(request: ServiceRequest, context: RequestContext): Promise<DeploymentData> {
    const good = await this.lastGood(request);
    return this.begin('stop', good, scaled(good.compiled, 0), request, context);
  }

  async scale(request: ServiceRequest, replicas: number, context: RequestContext): Promise<DeploymentData> {
    const good = await this.lastGood(request);
    return this.begin('scale', good, scaled(good.compiled, replicas), request, context);
  }

  /** As it was before it was stopped. */
  async resume(request: ServiceRequest, context: RequestContext): Promise<DeploymentData> {
    const stopped = await this.lastGood(request);
    const before = isStopped(stopped.compiled.objects) ? await this.beforeStop(stopped) : undefined;
    if (before === undefined)
      throw failure(operations.resumeService, 'NOT_STOPPED', `${request.service_name} is not stopped.`);
    return this.begin('start', before, before.compiled, request, context);
  }

  async restart(request: ServiceRequest, context: RequestContext): Promise<DeploymentData> {
    const good = await this.lastGood(request);
    if (restartObjects(good.compiled.objects, new Date()).length === 0) {
      const text = `Nothing of ${request.service_name} has pods that can be replaced.`;
      throw failure(operations.restartService, 'NOTHING_TO_RESTART', text);
    }
    return this.begin('restart', good, good.compiled, request, context);
  }

  private async lastGood(request: ServiceRequest): Promise<Good> {
    const { cluster_id: clusterId, service_name: serviceName } = request;
    const cluster = await this.parts.caller.call(operations.getCluster, { cluster_id: clusterId });
    const place: Place = { clusterId, namespace: request.namespace ?? cluster.namespace, serviceName };
    const deployment = await this.parts.store.lastGood(place);
    if (deployment === undefined || deployment.kind === 'remove') throw notDeployed(place);
    return this.open(deployment);
  }

  private async open(deployment: Deployment): Promise<Good> {
    const { store, cipher } = this.parts;
    const text = cipher.decrypt(deployment.id, await store.desired(deployment.id));
    return { deployment, compiled: JSON.parse(text) as CompiledObjects };
  }

  /** Follows what each revision was made from to the one that was not stopped. */
  private async beforeStop(stopped: Good): Promise<Good | undefined> {
    let at: Good | undefined = stopped;
    while (at !== undefined && isStopped(at.compiled.objects)) {
      const { basedOn }: Deployment = at.deployment;
      const earlier: Deployment | undefined = basedOn === null ? undefined : await this.parts.store.find(basedOn);
      at = earlier === undefined ? undefined : await this.open(earlier);
    }
    return at;
  }

  private async begin(
    kind: DeploymentKind,
    { deployment: base }: Good,
    compiled: CompiledObjects,
    request: ServiceRequest,
    context: RequestContext,
  ): Promise<DeploymentData> {
    const { clusterId, namespace, serviceName, serviceId, objects } = base;
    const wish = {
      ...{ clusterId, namespace, serviceName, serviceId, objects, kind },
      ...defaultOptions,
      basedOn: base.id,
      planId: null,
      planHash: null,
      text: JSON.stringify(compiled),
      supersede: request.supersede,
      message: request.message,
    };
    return toContract(await this.parts.begin.run(wish, context));
  }
}

function scaled(compiled: CompiledObjects, replicas: number): CompiledObjects {
  const objects: readonly KubeObject[] = compiled.objects;
  if (!objects.some(isScalable)) throw notScalable();
  return { ...compiled, objects: withReplicas(objects, replicas) };
}

function notScalable(): DomainError {
  const text = 'Nothing of this service has a number of replicas: it runs on every node, or once to its end.';
  return failure(operations.scaleService, 'NOT_SCALABLE', text);
}
