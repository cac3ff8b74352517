import { Injectable } from '@nestjs/common';
import { DomainError, operations, type InputOf, type OutputOf, clusterTarget, type Target } from '@ushadow/contracts';
import { objectId, objectKey, type KubeObject } from '@ushadow/kubernetes';
import { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { partOf } from '../content/merge-content.ts';
import { NO_CONTENT, type ServiceContent, type StackContent, type StackUpdate } from '../content/stack-content.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { isFinal } from '../deployments/transitions.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { environmentObjects, holdsVariables } from './environment-objects.ts';

type Operation = typeof operations.applyEnvmap;

/** Kept back of the caller's time, to say how far it is. */
const ANSWER_MS = 2_000;
const LOOK_MS = 50;

interface Home {
  readonly stack: Stack;
  readonly service: string;
  readonly content: StackContent;
}

/**
 * Writes a service's ConfigMap and Secret without deploying it: exactly the given variables, none from before. It is a
 * deployment of the stack that has the service; where there is none, of one that is named after the service.
 */
@Injectable()
export class ApplyEnvmap {
  constructor(
    private readonly caller: RpcCaller,
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
    private readonly begin: BeginDeployment,
  ) {}

  async run(input: InputOf<Operation>, context: RequestContext): Promise<OutputOf<Operation>> {
    const { caller, begin } = this;
    const cluster = await caller.call(operations.getCluster, { cluster_id: input.cluster_id });
    const namespace = input.namespace ?? cluster.namespace;
    const { service_name: name, env_vars: variables, env_secrets: marks } = input;
    const { configMap, secret } = environmentObjects(name, namespace, variables, marks);
    const objectName = configMap.metadata.name.replace(/-config$/, '');
    const home = await this.homeOf(clusterTarget(input.cluster_id), namespace, objectName);
    const { id: stackId, target, project } = home.stack;
    const deployment = await begin.run(
      {
        ...{ stackId, target, namespace, project },
        ...defaultOptions,
        ...{ kind: 'envmap', basedOn: null, planId: null, planHash: null, deleteNamespace: false },
        ...{ update: updateOf(home, [configMap, secret]), supersede: false, message: undefined },
      },
      context,
    );
    await this.ended(deployment, context);
    return {
      success: true,
      configmap: holdsVariables(configMap) ? configMap.metadata.name : null,
      secret: holdsVariables(secret) ? secret.metadata.name : null,
      namespace,
    };
  }

  private async homeOf(target: Target, namespace: string, objectName: string): Promise<Home> {
    const { stacks, contents } = this;
    const found = await stacks.inNamespace(target, namespace);
    // What an env map has made may have been taken in by a stack since.
    const ordered = found.toSorted((one, other) => Number(one.isEnvmap) - Number(other.isEnvmap));
    for (const stack of ordered) {
      const content = (await contents.lastGood(stack.id))?.content;
      const own = Object.entries(content?.services ?? {}).find(([, known]) => known.objectName === objectName);
      if (content !== undefined && own !== undefined) return { stack, service: own[0], content };
    }
    const stack = await stacks.ensure({ target, namespace, project: objectName }, true);
    return { stack, service: objectName, content: withService(NO_CONTENT, objectName) };
  }

  /** Whoever asks wants it written when the answer comes. */
  private async ended({ id }: Deployment, { deadline = Date.now() + 30_000 }: RequestContext): Promise<void> {
    for (;;) {
      const deployment = await this.deployments.find(id);
      if (deployment !== undefined && isFinal(deployment.status)) {
        if (deployment.status === 'succeeded') return;
        const { code, reason } = deployment.verdict ?? { code: null, reason: null };
        throw new DomainError(code ?? 'DEPLOYMENT_FAILED', 'conflict', reason ?? `It ended ${deployment.status}.`);
      }
      if (Date.now() > deadline - ANSWER_MS) {
        const text = 'Another deployment of the stack is under way; this one follows it. Look at it in its history.';
        throw new DomainError('DEPLOYMENT_IN_PROGRESS', 'conflict', text, { details: { deployment_id: id } });
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

/** The service's own part with these two objects in the place of those it had. */
function updateOf({ service, content }: Home, written: readonly KubeObject[]): StackUpdate {
  const keys = new Set(written.map((object) => objectKey(objectId(object))));
  const known = new Set(content.objects.map(({ object }) => objectKey(objectId(object))));
  const kept = content.objects.filter(({ object }) => !keys.has(objectKey(objectId(object))));
  // One that has become empty stays, without keys: pods may name it.
  const used = written.filter((object) => holdsVariables(object) || known.has(objectKey(objectId(object))));
  const objects = [...kept, ...used.map((object) => ({ object, services: [service] }))];
  return { content: partOf({ ...content, objects }, [service]), selected: [service], gone: [], change: {} };
}

function withService(content: StackContent, objectName: string): StackContent {
  const service: ServiceContent = {
    serviceId: objectName,
    objectName,
    image: null,
    dependsOn: [],
    published: [],
    isOneShot: false,
    environment: [],
  };
  return { ...content, services: { ...content.services, [objectName]: service } };
}
