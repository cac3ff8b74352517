import { Injectable } from '@nestjs/common';
import { failure, operations, type DeploymentData, type OverrideData } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { partOf } from '../content/merge-content.ts';
import { isAutoscaled, podMates, replicasOf, withReplicas } from '../content/replicas.ts';
import type { StackObjects, StackUpdate } from '../content/stack-content.ts';
import { toDesiredState } from '../content/to-desired-state.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import type { DeploymentKind } from '../deployments/deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { findStack, revisionWith } from '../stacks/find-stack.ts';
import { refuseSharedWriters } from '../updates/refuse-shared-writers.ts';
import { StackContents, type GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { restartObjects } from './restart-objects.ts';

/** What all operations on a service of a stack are asked with. */
export interface ServiceRequest {
  readonly stack_id: string;
  readonly service: string;
  readonly supersede?: boolean | undefined;
  readonly message?: string | undefined;
}

interface Found {
  readonly stack: Stack;
  readonly good: GoodRevision;
}

/** Changes a service from what its stack was last brought to, without its Compose files. */
@Injectable()
export class ChangeService {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly begin: BeginDeployment,
  ) {}

  async stop(request: ServiceRequest, context: RequestContext): Promise<DeploymentData> {
    const found = await this.find(request);
    const { content } = found.good;
    const { service } = request;
    const replicas = content.configuration.stopped[service] ?? this.scalable(found, service);
    const stopped = Object.fromEntries(podMates(content, service).map((each) => [each, replicas]));
    const update = updateFor(service, withReplicas(content, service, 0), { stopped });
    return this.change('stop', found, update, request, context);
  }

  /** As it was before it was stopped. */
  async start(request: ServiceRequest, context: RequestContext): Promise<DeploymentData> {
    const found = await this.find(request);
    const { content } = found.good;
    const { service } = request;
    const replicas = content.configuration.stopped[service];
    if (replicas === undefined) throw failure(operations.startService, 'NOT_STOPPED', `${service} is not stopped.`);
    return this.change('start', found, updateFor(service, withReplicas(content, service, replicas)), request, context);
  }

  async scale(request: ServiceRequest, replicas: number, context: RequestContext): Promise<DeploymentData> {
    const found = await this.find(request);
    const { content } = found.good;
    const { service } = request;
    const now = this.scalable(found, service);
    if (isAutoscaled(content, service)) {
      const text = `How many of ${service} there are is decided by its autoscaler: say there how many it may be.`;
      throw failure(operations.scaleService, 'NOT_SCALABLE', text);
    }
    const mates = podMates(content, service);
    const kept = content.configuration.overrides.filter((each) => mates.includes(each.service));
    const before = kept.find(({ key }) => key === 'replicas');
    const override: OverrideData = {
      ...{ service, key: 'replicas', value: replicas },
      file_value: before?.file_value ?? content.configuration.stopped[service] ?? now,
    };
    const scaled = withReplicas(content, service, replicas);
    refuseSharedWriters(scaled, [service]);
    const others = kept.filter(({ key }) => key !== 'replicas');
    const update = updateFor(service, scaled, { overrides: [...others, override] });
    return this.change('scale', found, update, request, context);
  }

  async restart(request: ServiceRequest, context: RequestContext): Promise<DeploymentData> {
    const found = await this.find(request);
    const { service } = request;
    const part = partOf(found.good.content, [service]);
    if (restartObjects(toDesiredState(part).objects, new Date()).length === 0) {
      const text = `Nothing of ${service} has pods that can be replaced.`;
      throw failure(operations.restartService, 'NOTHING_TO_RESTART', text);
    }
    return this.change('restart', found, updateFor(service, found.good.content), request, context);
  }

  private async find({ stack_id: id, service }: ServiceRequest): Promise<Found> {
    const stack = await findStack(id, this.stacks);
    return { stack, good: await revisionWith(stack, [service], this.contents) };
  }

  private scalable({ good }: Found, service: string): number {
    const replicas = replicasOf(good.content, service);
    if (replicas !== undefined) return replicas;
    const text = `Nothing of ${service} has a number of replicas: it runs on every node, or once to its end.`;
    throw failure(operations.scaleService, 'NOT_SCALABLE', text);
  }

  private async change(
    kind: DeploymentKind,
    { stack, good }: Found,
    update: StackUpdate,
    { supersede, message }: ServiceRequest,
    context: RequestContext,
  ): Promise<DeploymentData> {
    const { id: stackId, target, namespace, project } = stack;
    const request = {
      ...{ stackId, target, namespace, project, kind, update, supersede, message },
      ...defaultOptions,
      basedOn: good.deployment.id,
      planId: null,
      planHash: null,
      deleteNamespace: false,
    };
    return toContract(await this.begin.run(request, context));
  }
}

/** What runs in one pod starts and ends together: it is about all of that. */
function updateFor(service: string, content: StackObjects, change: StackUpdate['change'] = {}): StackUpdate {
  const selected = podMates(content, service);
  return { content: partOf(content, selected), selected, gone: [], change };
}
